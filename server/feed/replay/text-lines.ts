// The lines of a file of any size, one at a time; a line that would not fit in memory is passed over.
import { createReadStream } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

export interface TextLine {
  /** Null when the line is longer than `maxLineChars`. */
  text: string | null
  /** From 1. */
  number: number
}

export const maxLineChars = 4 * 1024 * 1024

/**
 * Reads UTF-8 lines ended by LF or CRLF; a byte order mark is dropped. The file is read as far as lines are taken, in
 * chunks of 64 kB. Closing the iterator closes the file. Throws what the file system throws.
 */
export async function* textLines(file: string): AsyncGenerator<TextLine, void, undefined> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let tooLong = false
  let number = 0

  function line(text: string): TextLine {
    number++
    const skipped = tooLong
    tooLong = false
    const plain = number === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text
    return { text: skipped ? null : plain.endsWith('\r') ? plain.slice(0, -1) : plain, number }
  }

  for await (const chunk of createReadStream(file)) {
    const parts = decoder.write(chunk as Buffer).split('\n')
    const last = parts.pop() ?? ''
    for (const part of parts) {
      const text = rest + part
      rest = ''
      yield line(text)
    }
    rest += last
    if (rest.length > maxLineChars) {
      tooLong = true
      rest = ''
    }
  }
  rest += decoder.end()
  if (rest !== '' || tooLong) yield line(rest)
}

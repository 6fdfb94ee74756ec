// Reads a password without showing it, from a terminal or from a pipe.
import type { Readable } from 'node:stream'

/** The first line that comes through a pipe, without its end. */
export async function readPipedLine(input: Readable): Promise<string> {
  let text = ''
  for await (const chunk of input) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  return text.split(/\r?\n/, 1)[0] ?? ''
}

/** A line typed at the terminal, which shows nothing of it. Ctrl-C ends the process. */
export function readHidden(question: string): Promise<string> {
  const { stdin, stdout } = process
  stdout.write(question)
  stdin.setRawMode(true)
  stdin.resume()
  stdin.setEncoding('utf8')
  return new Promise((resolve) => {
    let typed = ''
    const finish = () => {
      stdin.setRawMode(false)
      stdin.pause()
      stdin.off('data', onData)
      stdout.write('\n')
    }
    const onData = (chunk: string) => {
      for (const sign of chunk) {
        if (sign === '\r' || sign === '\n') {
          finish()
          return resolve(typed)
        }
        if (sign === '\u0003') {
          finish()
          process.exit(130)
        }
        if (sign === '\u007f' || sign === '\b') typed = typed.slice(0, -1)
        else typed += sign
      }
    }
    stdin.on('data', onData)
  })
}

// A statement with long texts as one message of PostgreSQL's protocol, written once: what the embedded engine's own client does
// with such parameters takes ten times their size in buffers, and the collector stops the engine for them.
import { LongText } from '#server/db/long-text.ts'

type Value = string | number | LongText

const isValue = (param: unknown): param is Value =>
  typeof param === 'string' || typeof param === 'number' || param instanceof LongText

const textOf = (value: Value): string => (value instanceof LongText ? value.text : String(value))

/** Parse, bind, describe, execute and sync: what stands around the query and its values, in bytes. */
const around = {
  parse: 1 + 4 + 1 + 1 + 2,
  bind: 1 + 4 + 1 + 1 + 2 + 2 + 2,
  describe: 7,
  execute: 10,
  sync: 5,
}

/** Writes one message after the other into bytes of the right size. */
class Writer {
  readonly bytes: Buffer<ArrayBuffer>
  #at = 0

  constructor(bytes: Buffer<ArrayBuffer>) {
    this.bytes = bytes
  }

  /** Begins a message that is `size` bytes long, its letter included. */
  begin(letter: string, size: number): this {
    this.bytes[this.#at++] = letter.charCodeAt(0)
    return this.int32(size - 1)
  }

  int16(value: number): this {
    this.#at = this.bytes.writeUInt16BE(value, this.#at)
    return this
  }

  int32(value: number): this {
    this.#at = this.bytes.writeInt32BE(value, this.#at)
    return this
  }

  text(value: string): this {
    this.#at += this.bytes.write(value, this.#at)
    return this
  }

  /** The end of a name. */
  zero(): this {
    this.bytes[this.#at++] = 0
    return this
  }
}

/**
 * The statement as bytes in a buffer of their own, which `take` gives: one of at least so many bytes. Null where it has no
 * long text or a value that is neither text nor number. Types of the parameters are left to the engine.
 */
export function wireMessage(
  sql: string,
  params: readonly unknown[],
  take: (size: number) => ArrayBuffer,
): Uint8Array<ArrayBuffer> | null {
  if (!params.some((param) => param instanceof LongText) || !params.every(isValue)) return null
  const texts = params.map(textOf)
  const sizes = texts.map((text) => Buffer.byteLength(text))
  const parse = around.parse + Buffer.byteLength(sql)
  const bind = sizes.reduce((sum, size) => sum + 4 + size, around.bind)
  const size = parse + bind + around.describe + around.execute + around.sync
  const writer = new Writer(Buffer.from(take(size), 0, size))
  writer.begin('P', parse).zero().text(sql).zero().int16(0)
  writer.begin('B', bind).zero().zero().int16(0).int16(texts.length)
  for (const [index, text] of texts.entries()) writer.int32(sizes[index] as number).text(text)
  writer.int16(0)
  writer.begin('D', around.describe).text('P').zero()
  writer.begin('E', around.execute).zero().int32(0)
  writer.begin('S', around.sync)
  return writer.bytes
}

// A parameter of hundreds of kilobytes: where it can, a driver has it written straight into the message it sends.
import type { ByteWriter } from '#server/db/byte-writer.ts'

export abstract class LongValue {
  /** The whole of it as one text. */
  abstract get text(): string

  /** The same as bytes. */
  abstract writeTo(out: ByteWriter): void

  /** The PostgreSQL client asks for this where it writes a statement by itself. */
  toPostgres(): string {
    return this.text
  }
}

/** A long text that is there already. */
export class LongText extends LongValue {
  readonly text: string

  constructor(text: string) {
    super()
    this.text = text
  }

  writeTo(out: ByteWriter): void {
    out.text(this.text)
  }
}

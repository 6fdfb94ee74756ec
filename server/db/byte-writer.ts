// Bytes of one message, written once: into a buffer that was used before, and that grows where it is too small.

/** Where buffers come from and go back to. */
export interface BufferStore {
  /** One of at least `size` bytes, whatever is in it. */
  take(size: number): ArrayBuffer
  keep(buffer: ArrayBuffer): void
}

/** A text this short is written letter by letter: that costs less than the call that would write it. */
const shortText = 24
/** Of longer ones the bytes are counted, where room for the worst case would be a waste. */
const longText = 4096

export class ByteWriter {
  readonly #store: BufferStore
  #bytes: Buffer<ArrayBuffer>
  #at = 0

  /** Begins in a buffer of at least `size` bytes. */
  constructor(store: BufferStore, size: number) {
    this.#store = store
    this.#bytes = Buffer.from(store.take(size))
  }

  /** What was written, in a buffer that is the caller's now. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#at)
  }

  byte(value: number): this {
    this.#reserve(1)
    this.#bytes[this.#at++] = value
    return this
  }

  int16(value: number): this {
    this.#reserve(2)
    this.#at = this.#bytes.writeUInt16BE(value, this.#at)
    return this
  }

  int32(value: number): this {
    this.#reserve(4)
    this.#at = this.#bytes.writeInt32BE(value, this.#at)
    return this
  }

  /** The text as UTF-8. */
  text(value: string): this {
    const { length } = value
    if (length <= shortText) {
      this.#reserve(length * 3)
      if (this.#plain(value, length)) return this
    } else this.#reserve(length <= longText ? length * 3 : Buffer.byteLength(value))
    this.#at += this.#bytes.write(value, this.#at)
    return this
  }

  /** Writes letters below 128; false where there is another one, and nothing is written. */
  #plain(value: string, length: number): boolean {
    const bytes = this.#bytes
    let at = this.#at
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index)
      if (code > 127) return false
      bytes[at++] = code
    }
    this.#at = at
    return true
  }

  /** What `write` writes, after its length in bytes; with `own` that counts the four bytes of the length as well. */
  sized(write: (out: this) => void, own = false): this {
    const begin = this.#at
    this.int32(0)
    write(this)
    this.#bytes.writeInt32BE(this.#at - begin - (own ? 0 : 4), begin)
    return this
  }

  #reserve(size: number): void {
    if (this.#at + size <= this.#bytes.length) return
    const before = this.#bytes
    this.#bytes = Buffer.from(this.#store.take(2 * before.length + size))
    before.copy(this.#bytes, 0, 0, this.#at)
    this.#store.keep(before.buffer)
  }
}

// Buffers that go to another thread and come back: made anew for each message, they would wait there for a collector that
// has nothing else to do.

const most = 3
/** A message that was larger than this is not typical, bytes. */
const largest = 16 * 1024 * 1024
const smallest = 64 * 1024

export class SpareBuffers {
  #buffers: ArrayBuffer[] = []

  /** One of at least `size` bytes, whatever is in it. */
  readonly take = (size: number): ArrayBuffer => {
    const found = this.#buffers.findIndex(({ byteLength }) => byteLength >= size)
    const [spare] = found < 0 ? [] : this.#buffers.splice(found, 1)
    return spare ?? new ArrayBuffer(Math.max(smallest, 2 ** Math.ceil(Math.log2(size))))
  }

  /** It came back; the largest are kept, for they fit whatever comes. */
  keep(buffer: ArrayBuffer): void {
    if (buffer.byteLength > largest) return
    this.#buffers.push(buffer)
    this.#buffers.sort((a, b) => a.byteLength - b.byteLength)
    if (this.#buffers.length > most) this.#buffers.shift()
  }
}

// Buffers that go away with a message and come back: made anew for each one, they would wait for the collector, in another
// thread for one that has nothing else to do, and the system would hand out their pages again and again.
import type { BufferStore } from '#server/db/byte-writer.ts'

const most = 3
/** A message that was larger than this is not typical, bytes. */
const largest = 16 * 1024 * 1024
const smallest = 64 * 1024

export class SpareBuffers implements BufferStore {
  #buffers: ArrayBuffer[] = []

  /** One of at least `size` bytes, whatever is in it: the largest, for the next message is as long as the last ones. */
  take(size: number): ArrayBuffer {
    const spare = this.#buffers.at(-1)
    if (spare && spare.byteLength >= size) return this.#buffers.pop() as ArrayBuffer
    return new ArrayBuffer(Math.max(smallest, 2 ** Math.ceil(Math.log2(size))))
  }

  /** It came back; the largest are kept, for they fit whatever comes. */
  keep(buffer: ArrayBuffer): void {
    if (buffer.byteLength > largest) return
    this.#buffers.push(buffer)
    this.#buffers.sort((a, b) => a.byteLength - b.byteLength)
    if (this.#buffers.length > most) this.#buffers.shift()
  }
}

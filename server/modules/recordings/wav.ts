// WAV files: what their head says, two mono ones as the two channels of one, and the waveform. Only 16-bit PCM is read.
import type { FileHandle } from 'node:fs/promises'

/** Where the samples of a file are. */
export interface WavFile {
  channels: number
  /** Samples a second, for each channel. */
  rate: number
  /** Byte at which the samples begin. */
  dataAt: number
  /** One sample of every channel. */
  frames: number
}

/** Bytes of the head that is written before the samples. */
export const wavHeadBytes = 44
const sampleBytes = 2
const blockFrames = 16_384

/** Reads the head; null when the file is none that is understood. */
export async function readWav(file: FileHandle): Promise<WavFile | null> {
  const { size } = await file.stat()
  const riff = await readAt(file, 0, 12)
  if (riff.toString('latin1', 0, 4) !== 'RIFF' || riff.toString('latin1', 8, 12) !== 'WAVE') return null
  let form: { channels: number; rate: number } | null = null
  for (let at = 12; at + 8 <= size; ) {
    const head = await readAt(file, at, 8)
    const name = head.toString('latin1', 0, 4)
    const length = head.readUInt32LE(4)
    if (name === 'fmt ') {
      const fmt = await readAt(file, at + 8, 16)
      if (fmt.length < 16 || fmt.readUInt16LE(0) !== 1 || fmt.readUInt16LE(14) !== 16) return null
      form = { channels: fmt.readUInt16LE(2), rate: fmt.readUInt32LE(4) }
    }
    if (name === 'data') {
      if (!form || form.channels < 1 || form.rate < 1) return null
      // A recorder that was cut off leaves a length that is not true.
      const bytes = Math.min(length, size - at - 8)
      return { ...form, dataAt: at + 8, frames: Math.floor(bytes / (sampleBytes * form.channels)) }
    }
    at += 8 + length + (length % 2)
  }
  return null
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, at)
  return buffer.subarray(0, bytesRead)
}

/** The head of a 16-bit WAV file of so many frames. */
export function wavHead({ channels, rate, frames }: Pick<WavFile, 'channels' | 'rate' | 'frames'>): Buffer {
  const bytes = frames * channels * sampleBytes
  const head = Buffer.alloc(wavHeadBytes)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + bytes, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(channels, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * channels * sampleBytes, 28)
  head.writeUInt16LE(channels * sampleBytes, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(bytes, 40)
  return head
}

/** One channel each: an opened file and its head. */
export interface WavPart {
  file: FileHandle
  wav: WavFile
}

/** Samples of all parts side by side, frame by frame; a part that is over is silent. */
async function readFrames(parts: readonly WavPart[], from: number, count: number): Promise<Int16Array> {
  const width = parts.reduce((sum, { wav }) => sum + wav.channels, 0)
  const joined = new Int16Array(count * width)
  let offset = 0
  for (const { file, wav } of parts) {
    const held = Math.max(0, Math.min(count, wav.frames - from))
    const bytes = await readAt(
      file,
      wav.dataAt + from * wav.channels * sampleBytes,
      held * wav.channels * sampleBytes,
    )
    const samples = Math.floor(bytes.length / sampleBytes)
    for (let i = 0; i < samples; i++) {
      const frame = Math.floor(i / wav.channels)
      joined[frame * width + offset + (i % wav.channels)] = bytes.readInt16LE(i * sampleBytes)
    }
    offset += wav.channels
  }
  return joined
}

/** Bytes `from`–`to` (both included) of the file that the parts would be as channels of one. */
export async function* joinedBytes(
  parts: readonly WavPart[],
  from: number,
  to: number,
): AsyncGenerator<Buffer> {
  const shape = joinedShape(parts)
  const frameBytes = shape.channels * sampleBytes
  if (from < wavHeadBytes) yield wavHead(shape).subarray(from, Math.min(wavHeadBytes, to + 1))
  let at = Math.max(from, wavHeadBytes)
  while (at <= to) {
    const frame = Math.floor((at - wavHeadBytes) / frameBytes)
    const samples = await readFrames(parts, frame, Math.min(blockFrames, shape.frames - frame))
    const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
    const begin = at - wavHeadBytes - frame * frameBytes
    const piece = bytes.subarray(begin, begin + to - at + 1)
    if (piece.length === 0) return
    yield piece
    at += piece.length
  }
}

/** Channels, rate and length of the parts together. */
export function joinedShape(parts: readonly WavPart[]): Pick<WavFile, 'channels' | 'rate' | 'frames'> {
  return {
    channels: parts.reduce((sum, { wav }) => sum + wav.channels, 0),
    rate: parts[0]?.wav.rate ?? 1,
    frames: Math.max(...parts.map(({ wav }) => wav.frames)),
  }
}

/** For each channel the loudest sample of each of at most `points` equal spans, 0–1. */
export async function wavPeaks(parts: readonly WavPart[], points: number): Promise<number[][]> {
  const { channels, frames } = joinedShape(parts)
  const count = Math.max(1, Math.min(points, frames))
  const peaks = Array.from({ length: channels }, () => Array.from({ length: count }, () => 0))
  for (let from = 0; from < frames; from += blockFrames) {
    const samples = await readFrames(parts, from, Math.min(blockFrames, frames - from))
    for (let i = 0; i < samples.length; i++) {
      const point = Math.min(count - 1, Math.floor(((from + Math.floor(i / channels)) / frames) * count))
      const loud = Math.abs(samples[i] ?? 0) / 32_768
      const channel = peaks[i % channels] as number[]
      if (loud > (channel[point] ?? 0)) channel[point] = Math.round(loud * 1000) / 1000
    }
  }
  return peaks
}

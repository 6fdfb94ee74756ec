// Recordings in a folder: found by the call, read as one file even where each side of the call has its own.
import { createReadStream } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Call } from '#contract/call.ts'
import { type Recording, waveformPoints } from '#contract/recording.ts'
import {
  type WavPart,
  joinedBytes,
  joinedShape,
  readWav,
  wavHeadBytes,
  wavPeaks,
} from '#server/modules/recordings/wav.ts'

const contentTypes = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  webm: 'audio/webm',
  flac: 'audio/flac',
} as const
type Ending = keyof typeof contentTypes

/** A recording that is there. */
export interface FoundRecording {
  contentType: string
  bytes: number
  /** Files with the sides of the call, the caller first; one where both are in it. */
  paths: readonly string[]
  /** Changes when the files do. */
  version: string
}

/** Names become parts of a path: nothing that could lead out of the folder. */
const safeName = /^[\w%][\w%.-]{0,240}$/

/** Names a recording may have: the call's id, and what the feed calls it (`metadata.recording`). */
function namesOf(call: Call): string[] {
  const { recording } = call.metadata
  const names = [encodeURIComponent(call.id), ...(typeof recording === 'string' ? [recording] : [])]
  return names.filter((name) => safeName.test(name))
}

/** Looks for the recording of a call in the folder of its company; null when there is none. */
export async function findRecording(folder: string, call: Call): Promise<FoundRecording | null> {
  for (const name of namesOf(call)) {
    for (const ending of Object.keys(contentTypes) as Ending[]) {
      const path = join(folder, `${name}.${ending}`)
      const size = await sizeOf(path)
      if (size !== null)
        return { contentType: contentTypes[ending], bytes: size.bytes, paths: [path], version: size.version }
    }
    const sides = ['caller', 'agent'].map((side) => join(folder, `${name}-${side}.wav`))
    const sizes = await Promise.all(sides.map(sizeOf))
    if (sizes.every((size) => size !== null)) {
      const version = sizes.map((size) => size?.version).join(' ')
      const shape = await withParts(sides, async (parts) => (fits(parts) ? joinedShape(parts) : null))
      const bytes = shape ? wavHeadBytes + shape.frames * shape.channels * 2 : 0
      if (shape) return { contentType: contentTypes.wav, bytes, paths: sides, version }
    }
  }
  return null
}

async function sizeOf(path: string): Promise<{ bytes: number; version: string } | null> {
  try {
    const file = await stat(path)
    return file.isFile() ? { bytes: file.size, version: `${path} ${file.size} ${file.mtimeMs}` } : null
  } catch {
    return null
  }
}

/** Two sides become one file only where their samples mean the same. */
const fits = (parts: readonly WavPart[]) =>
  parts.every(({ wav }) => wav.channels === 1 && wav.rate === parts[0]?.wav.rate)

/** Opens the files, which the caller closes by `files`; null parts when one is no WAV that is understood. */
async function openParts(paths: readonly string[], files: FileHandle[]): Promise<readonly WavPart[] | null> {
  const parts: WavPart[] = []
  for (const path of paths) {
    const file = await open(path)
    files.push(file)
    const wav = await readWav(file)
    if (!wav) return null
    parts.push({ file, wav })
  }
  return parts
}

async function withParts<T>(
  paths: readonly string[],
  use: (parts: readonly WavPart[]) => Promise<T>,
): Promise<T | null> {
  const files: FileHandle[] = []
  try {
    const parts = await openParts(paths, files)
    return parts ? await use(parts) : null
  } finally {
    for (const file of files) await file.close()
  }
}

/** The bytes `from`–`to`, both included. */
export function readRecording({ paths }: FoundRecording, from: number, to: number): Readable {
  const [only, ...others] = paths
  if (only !== undefined && others.length === 0) return createReadStream(only, { start: from, end: to })
  return Readable.from(joined(paths, from, to), { objectMode: false })
}

async function* joined(paths: readonly string[], from: number, to: number): AsyncGenerator<Buffer> {
  const files: FileHandle[] = []
  try {
    const parts = await openParts(paths, files)
    if (!parts) throw new Error('A recording changed while it was read.')
    yield* joinedBytes(parts, from, to)
  } finally {
    for (const file of files) await file.close()
  }
}

/** What a player needs before it has the bytes. */
export async function describeRecording(found: FoundRecording): Promise<Recording> {
  const { contentType: content_type, bytes, paths } = found
  const read =
    content_type === contentTypes.wav
      ? await withParts(paths, async (parts) => ({
          shape: joinedShape(parts),
          peaks: await wavPeaks(parts, waveformPoints),
        }))
      : null
  if (!read) return { content_type, bytes, channels: ['all'] }
  const { shape, peaks } = read
  return {
    content_type,
    bytes,
    channels: shape.channels === 2 ? ['caller', 'agent'] : ['all'],
    duration_seconds: shape.frames / shape.rate,
    peaks,
  }
}

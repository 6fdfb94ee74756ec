// Where the player gets its next recording: the file from its begin, again from its begin when it loops, faults told once.
import { stat } from 'node:fs/promises'
import type { Recording, ReplayFault } from '#server/feed/replay/recording.ts'
import { readRecordings } from '#server/feed/replay/read-recordings.ts'

/** Files up to this size are read through once before playing, so that all their faults are told at the start. */
export const surveyBytes = 64 * 1024 * 1024
const keptFaults = 1000

/** The file cannot be played; the message says why in words for whoever started the replay. */
export class ReplayFileError extends Error {
  override name = 'ReplayFileError'
}

export interface RecordingSource {
  /** Opens the file. Rejects with `ReplayFileError` when it holds no conversation that can be read. */
  open(): Promise<void>
  /** The next recording; null when the file is over and does not loop. */
  next(): Promise<Recording | null>
  close(): Promise<void>
  /** The first 1,000 faults, by line of the file. */
  readonly faults: readonly ReplayFault[]
  /** All faults so far. */
  faultCount(): number
  /** Recordings in the file; null until it was read to its end once. */
  size(): number | null
}

/** A source over `file`; `onFault` is told each fault once, however often the file is played. */
export function recordingSource(options: {
  file: string
  loop: boolean
  onFault: (fault: ReplayFault) => void
}): RecordingSource {
  const { file, loop, onFault } = options
  const faults: ReplayFault[] = []
  let faultCount = 0
  let toldUpTo = 0
  let size: number | null = null
  let read = 0
  let recordings: AsyncGenerator<Recording, void, undefined> | null = null
  let first: Recording | null = null

  /** Lines come in rising order, so a fault at or before the last one told was told in an earlier pass. */
  function report(fault: ReplayFault): void {
    if (size !== null || fault.line < toldUpTo) return
    toldUpTo = fault.line
    faultCount++
    if (faults.length < keptFaults) faults.push(fault)
    onFault(fault)
  }

  async function survey(): Promise<void> {
    let found = 0
    for await (const _ of readRecordings(file, report)) found++
    size = found
  }

  async function step(): Promise<Recording | null> {
    recordings ??= readRecordings(file, report)
    const { done, value } = await recordings.next()
    if (!done) {
      read++
      return value
    }
    size ??= read
    recordings = null
    const empty = read === 0
    read = 0
    // A file that was emptied while it played must not be read round and round.
    return loop && !empty ? step() : null
  }

  return {
    faults,
    faultCount: () => faultCount,
    size: () => size,
    async open() {
      try {
        const { size: bytes } = await stat(file)
        if (bytes <= surveyBytes) await survey()
        first = size === 0 ? null : await step()
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        throw new ReplayFileError(`The recordings in ${file} cannot be read (${code ?? 'unknown fault'}).`)
      }
      if (first !== null) return
      const why = faults[0]
        ? ` The first fault is in line ${faults[0].line}: ${faults[0].message}`
        : ' It is empty.'
      throw new ReplayFileError(`There is no conversation in ${file} that can be read.${why}`)
    },
    async next() {
      const ready = first
      first = null
      return ready ?? step()
    },
    async close() {
      await recordings?.return()
      recordings = null
    },
  }
}

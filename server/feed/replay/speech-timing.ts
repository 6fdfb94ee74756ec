// When each line of a recording is said: at human speed, nobody speaking over anybody.
import type { RecordedLine, Recording } from '#server/feed/replay/recording.ts'

export const wordsPerSecond = 2.6
/** Ringing before the call is answered. */
const ringMs = { least: 1500, most: 4500 }
/** Between two speakers, and between two lines of one. */
const turnMs = { least: 350, most: 1500 }
const breathMs = { least: 200, most: 700 }
/** From the last line to the end of the call. */
const hangUpMs = { least: 800, most: 2500 }

export interface Timetable {
  /** Milliseconds after the start at which the call is answered. */
  answeredMs: number
  /** For each line, in order, milliseconds after the start at which it is over and its text is known. */
  saidMs: number[]
  /** Milliseconds after the start at which the call ends. */
  endedMs: number
}

/** Milliseconds it takes to say `text`; scripts without spaces count by their characters. */
export function speechMs(text: string): number {
  const words = text.split(/\s+/).filter(Boolean).length
  return (Math.max(words, text.length / 14, 1) / wordsPerSecond) * 1000
}

/**
 * The timetable of a recording. `random` gives 0–1 and colours the pauses. A line with a time of its own keeps it, unless
 * that lies before the line above; lines of the system take no time to say.
 */
export function timetable(recording: Recording, random: () => number): Timetable {
  const between = ({ least, most }: { least: number; most: number }) => least + (most - least) * random()
  const given = recording.lines[0]?.atMs
  const answeredMs = given === undefined ? between(ringMs) : Math.min(given, between(ringMs))
  const saidMs: number[] = []
  let now = answeredMs
  let before: RecordedLine | undefined
  for (const line of recording.lines) {
    if (line.atMs !== undefined) now = Math.max(now, line.atMs)
    else {
      const pause = before === undefined || before.speaker === line.speaker ? breathMs : turnMs
      now += between(pause) + (line.speaker === 'system' ? 0 : speechMs(line.text))
    }
    saidMs.push(Math.round(now))
    before = line
  }
  return { answeredMs: Math.round(answeredMs), saidMs, endedMs: Math.round(now + between(hangUpMs)) }
}

// A recorded conversation as the player takes it, whatever file format it came from.
import type { CallDirection, Speaker } from '#contract/call.ts'

export interface RecordedLine {
  speaker: Speaker
  text: string
  /** Milliseconds after the call's start at which the line is said, when the recording tells. */
  atMs?: number | undefined
  /** 0–1, when the recording tells. */
  sentiment?: number | undefined
}

export interface Recording {
  /** Name of the recording in its file. */
  id?: string | undefined
  direction: CallDirection
  from?: string | undefined
  to?: string | undefined
  /** Id or name of the business it belongs to. */
  business?: string | undefined
  /** At least one. */
  lines: RecordedLine[]
}

/** A row that could not be read: it was left out. Never repeats the row's text. */
export interface ReplayFault {
  /** Line of the file, from 1. */
  line: number
  message: string
}

/** Takes a file's lines one by one and gives a recording whenever one is complete. */
export interface RecordingParser {
  /** `number` is the line's number in the file, from 1. */
  push(text: string, number: number): Recording | null
  /** A line that was too long to hold stood here. */
  skip(number: number): void
  /** The file is over: the last recording, if one was open. */
  end(): Recording | null
}

/** Lines of one conversation that are kept; what follows is left out and reported. */
export const maxRecordingLines = 5000
/** Longest text of one line, as the telephony contract has it. */
export const maxTextChars = 20_000

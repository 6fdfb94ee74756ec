// Which line a recording speaks at an instant, and where in it a line begins. Pure; seconds of the call.
import type { CallInteraction } from '#contract/transcript.ts'

/** Words a second, where nobody says when a line began. */
const wordsPerSecond = 2.6

/** A line and the part of the recording in which it is spoken. */
export interface SpokenSpan {
  lineId: number
  from: number
  to: number
}

/**
 * Spans in the order of the lines. A platform that knows says where a line begins (`metadata.audio_start`, seconds); else it
 * ends when it was written down, after as many seconds as its words take, and not before the line before it.
 */
export function spokenSpans(lines: readonly CallInteraction[], startedAt: number): SpokenSpan[] {
  const spans: SpokenSpan[] = []
  for (const { id, speaker, text, timestamp, metadata } of lines) {
    if (speaker === 'system') continue
    const to = Math.max(0, (Date.parse(timestamp) - startedAt) / 1000)
    const begins = metadata['audio_start']
    const takes = text.split(/\s+/).filter(Boolean).length / wordsPerSecond
    const before = spans.at(-1)
    if (typeof begins === 'number' && begins >= 0) {
      if (before && before.to > begins) before.to = Math.max(before.from, begins)
      spans.push({ lineId: id, from: begins, to: begins + takes })
    } else spans.push({ lineId: id, from: Math.max(before?.to ?? 0, to - takes, 0), to })
  }
  return spans
}

/** The line spoken at `at`, or the last one before it; null before the first. */
export function spokenAt(spans: readonly SpokenSpan[], at: number): number | null {
  return spans.findLast(({ from }) => from <= at + 0.05)?.lineId ?? null
}

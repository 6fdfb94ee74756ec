// When which part of a call changed last, so that a client that holds the floor is told only what it lacks (P5).
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { CallChange } from '#contract/protocol.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'

/** Positions of the log at which something of a call changed last. */
export interface Changed {
  /** Anything that is not named below. */
  whole: number
  line: number
  mood: number
  score: number
  /** Attention is in no log: whoever was told a frame of this position or of a later one was told the attention before. */
  attention: number
}

/** A call of which nothing is known but that it stood so at this position. */
export function changedAt(position: number): Changed {
  return { whole: position, line: 0, mood: 0, score: 0, attention: 0 }
}

/** Notes what an entry may have changed of its call. What happens often is told apart, everything else is the whole call. */
export function noteChange(changed: Changed, { event, seq, ownersBefore }: LogEntry): void {
  // Who sees it from now on has never had it.
  if (ownersBefore) changed.whole = seq
  switch (event) {
    case 'interaction.added':
      changed.line = seq
      break
    case 'sentiment.changed':
      changed.mood = seq
      break
    case 'qa.score.updated':
      changed.score = seq
      break
    case 'note.added':
    case 'note.removed':
      break
    default:
      changed.whole = seq
  }
}

/**
 * What changed of the call since the position, for JSON, which leaves out what is undefined; null when it has to be told whole.
 * Attention and presence are in no log, so nobody knows which of them a client was told: they are always named, but for the attention
 * of one who `heard` it from here.
 */
export function changeSince(
  call: Call,
  changed: Changed,
  { since, heard }: { since: number; heard: boolean },
): CallChange | null {
  if (changed.whole > since) return null
  const { line, mood, score } = changed
  return {
    id: call.id,
    // Clients let ended calls go by their own clocks: one that has done so already is to know that nothing is missing.
    status: isLive(call.status) ? undefined : call.status,
    attention: !heard || changed.attention > since ? call.attention : undefined,
    presence: call.presence,
    last_line: line > since ? call.last_line : undefined,
    mood: mood > since ? call.mood : undefined,
    mood_at: mood > since ? call.mood_at : undefined,
    sentiment: mood > since ? call.sentiment : undefined,
    sentiment_score: mood > since ? call.sentiment_score : undefined,
    qa_score: score > since ? call.qa_score : undefined,
  }
}

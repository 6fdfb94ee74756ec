// A call's state as two texts: what screens read, and what only the rules remember, which the database need not understand.
import type { CallState } from '#server/domain/call-state.ts'
import { type QaTrack, startQa } from '#server/domain/qa-rules.ts'
import { keptWords } from '#server/domain/said-again.ts'
import { isSameJson } from '#server/domain/same-json.ts'
import type { ScoreText } from '#server/ingest/score-text.ts'

/** What the rules remember of earlier lines; about half of a state. */
type Remembered = Pick<CallState, 'mood' | 'history' | 'qa'>

/**
 * The same in the row. Without `qa` where the platform scores by itself: its rules are not asked any more. Without what is
 * said of recent lines where the history says it already.
 */
interface Written extends Pick<CallState, 'mood' | 'history'> {
  qa?: Omit<QaTrack, 'recent'> & Partial<Pick<QaTrack, 'recent'>>
}

/** What screens read beside the call and its score. All of it is named, or the compiler says what is missing. */
type Shown = Omit<CallState, keyof Remembered | 'call' | 'qaScore'>
type Listed = { [K in keyof Required<Shown>]: Shown[K] }

/** The state without what only the rules remember, as pieces of JSON that make one text together. */
export function shownPieces(state: CallState, scoreText: ScoreText): readonly string[] {
  const { call, qaScore } = state
  const score = qaScore === null ? 'null' : scoreText.of(qaScore)
  return ['{"call":', JSON.stringify(call), ',"qaScore":', score, ',', othersText(state)]
}

function othersText(state: CallState): string {
  const { owners, lines, qaReported, escalation, earlierRequests, triggersFired, openActs, alertsSettled } =
    state
  const hasMore = escalation || earlierRequests || alertsSettled
  // Most calls have none of it.
  if (!hasMore && owners.length + triggersFired.length + openActs.length === 0)
    return `"owners":[],"lines":${lines},"qaReported":${qaReported},"escalation":null,"triggersFired":[],"openActs":[]}`
  const others: Listed = {
    owners,
    lines,
    qaReported,
    escalation,
    earlierRequests,
    triggersFired,
    openActs,
    alertsSettled,
  }
  return JSON.stringify(others).slice(1)
}

/** What only the rules remember, as JSON. */
export function rulesText(state: CallState): string {
  return JSON.stringify(asWritten(state))
}

/** Whether the rules remember the same of both; the earlier one is the later one some facts ago. */
export function isSameRules(earlier: CallState, later: CallState): boolean {
  return (
    earlier.mood === later.mood &&
    earlier.history === later.history &&
    earlier.qaReported === later.qaReported &&
    (later.qaReported || earlier.qa === later.qa)
  )
}

function asWritten({ mood, history, qa, qaReported }: CallState): Written {
  if (qaReported) return { mood, history }
  if (qa.recent.length === 0 || !isSameJson(qa.recent, history.customer)) return { mood, history, qa }
  const { recent: _, ...others } = qa
  return { mood, history, qa: others }
}

/**
 * The whole state again. Rows of earlier versions hold it in one piece, without `rules`, and earlier ones have the words of a
 * line as a list.
 */
export function wholeState(shown: Omit<CallState, keyof Remembered>, rules: string | null): CallState {
  const { mood, history, qa } = rules === null ? (shown as CallState) : (JSON.parse(rules) as Written)
  const customer = asKept(history.customer)
  return {
    ...shown,
    mood,
    history: { ...history, customer },
    qa: qa ? { ...qa, recent: qa.recent ? asKept(qa.recent) : customer } : startQa(),
  }
}

const asKept = (lines: readonly (string | readonly string[])[]): string[] =>
  lines.map((words) => (typeof words === 'string' ? words : keptWords(words)))

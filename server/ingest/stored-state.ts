// A call's state as two texts: what screens read, and what only the rules remember, which the database need not understand.
import type { CallState } from '#server/domain/call-state.ts'

/** What the rules remember of earlier lines; about half of a state. */
type Remembered = Pick<CallState, 'mood' | 'history' | 'qa'>

/** The state without what only the rules remember, as JSON. */
export function shownText(state: CallState): string {
  const { mood: _mood, history: _history, qa: _qa, ...shown } = state
  return JSON.stringify(shown)
}

/** What only the rules remember, as JSON. */
export function rulesText({ mood, history, qa }: CallState): string {
  return JSON.stringify({ mood, history, qa } satisfies Remembered)
}

/** The whole state again. Rows of earlier versions hold it in one piece, without `rules`. */
export function wholeState(shown: Omit<CallState, keyof Remembered>, rules: string | null): CallState {
  if (rules === null) return shown as CallState
  return { ...shown, ...(JSON.parse(rules) as Remembered) }
}

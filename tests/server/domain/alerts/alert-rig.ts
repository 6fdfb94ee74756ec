// A rule, a call and instants of it, for the engine of the alerts.
import type { AlertCondition } from '#contract/alert.ts'
import type { Call } from '#contract/call.ts'
import type { WatchedRule } from '#server/domain/alerts/alert-signals.ts'
import { madeAt, makeCall } from '#tests/support/factories.ts'

export const start = Date.parse(madeAt)
export const at = (seconds: number) => new Date(start + seconds * 1000).toISOString()
export const call = (over: Partial<Call> = {}) => makeCall({ id: 'c1', ...over })
export const rule = (condition: AlertCondition, over: Partial<WatchedRule> = {}): WatchedRule => ({
  condition,
  min_duration_s: 0,
  hysteresis: 0,
  business_id: null,
  ...over,
})
/** A call on which somebody spoke so long after it began. */
export const spoke = (seconds: number, over: object = {}) => ({
  last_line: { id: 7, speaker: 'customer' as const, text: 'Hello', at: at(seconds), ...over },
})

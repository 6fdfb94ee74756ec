// The one engine of alert rules, for the live floor and for looking back: minimum duration, hysteresis, once per occurrence.
import type { AlertSignals, WatchedRule } from '#server/domain/alerts/alert-signals.ts'
import { readCondition } from '#server/domain/alerts/read-condition.ts'

/** What is remembered of one rule on one call between two looks. Replaced, never changed. */
export interface RuleMemory {
  /** Since when the condition holds without a break, epoch ms; null while it does not. */
  since: number | null
  /** The occurrence that was told already, by its `since`; it is not told again before the condition went away. */
  told: number | null
}

export const noMemory: RuleMemory = { since: null, told: null }

export interface Verdict {
  memory: RuleMemory
  /** `raise`: somebody is to be told. `clear`: the open alert is over. */
  step: 'none' | 'raise' | 'clear'
  reason: string
  lineId?: number | undefined
  /** When to look again although nothing happened, epoch ms; infinite when there is no such time. */
  due: number
}

/**
 * Looks at one rule on one call at `now` (epoch ms). `isOpen`: an alert of the rule is open on the call. After a restart an
 * empty memory ends in the same verdicts, for most conditions say themselves since when they hold.
 */
export function evaluate(
  rule: WatchedRule,
  signals: AlertSignals,
  memory: RuleMemory,
  isOpen: boolean,
  now: number,
): Verdict {
  const { holds, since: told, atLeastSince, due, reason, lineId } = readCondition(rule, signals, isOpen, now)
  if (!holds)
    return {
      memory: memory === noMemory ? memory : noMemory,
      step: isOpen ? 'clear' : 'none',
      reason: '',
      due,
    }
  const since = told ?? memory.since ?? atLeastSince ?? now
  const ready = since + rule.min_duration_s * 1000
  const kept = since === memory.since ? memory : { since, told: memory.told }
  if (isOpen || memory.told === since) return { memory: kept, step: 'none', reason, lineId, due }
  if (now < ready) return { memory: kept, step: 'none', reason, lineId, due: Math.min(due, ready) }
  return { memory: { since, told: since }, step: 'raise', reason, lineId, due }
}

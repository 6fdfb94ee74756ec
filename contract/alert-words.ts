// What alerts mean and how they are said; pure, and free of the schema library so that the console can carry it.
import type { Alert, AlertCondition } from '#contract/alert.ts'
import type { Role } from '#contract/permissions.ts'

/** A critical alert never stands behind a warning. */
export const severityRank: Record<Alert['severity'], number> = { info: 0, warning: 1, critical: 2 }

/** True when the rule tells this role. Who sees the call sees its alerts; who is told is the rule's choice. */
export function tells(alert: Pick<Alert, 'recipients'>, role: Role): boolean {
  return alert.recipients.includes(role)
}

/** True of an alert that somebody has and that asks again, for its condition still holds. */
export function asksAgain(alert: Pick<Alert, 'state' | 'reminded_at'>): boolean {
  return alert.state === 'acknowledged' && alert.reminded_at !== undefined
}

/** What the order of alerts goes by: rank of the severity, since when it is active (epoch ms), id. */
export interface Urgency {
  readonly rank: number
  readonly since: number
  readonly id: string
}

/** Read once an alert where there are thousands: a comparison is made a dozen times for each. */
export function urgencyOf({ severity, active_at, id }: Alert): Urgency {
  return { rank: severityRank[severity], since: Date.parse(active_at), id }
}

/** Worst first, then the one that waits longest. */
export function byUrgency(a: Urgency, b: Urgency): number {
  return b.rank - a.rank || a.since - b.since || (a.id < b.id ? -1 : 1)
}

/**
 * Since when the alerts are one storm, epoch ms; null while they are none. The server stamps it on each alert that is
 * raised in a storm (`storm_since`); one stamp makes everything from then on part of the same card.
 */
export function stormSince(alerts: readonly Pick<Alert, 'storm_since'>[]): number | null {
  let since: number | null = null
  for (const { storm_since } of alerts) {
    if (storm_since === undefined) continue
    const at = Date.parse(storm_since)
    if (since === null || at < since) since = at
  }
  return since
}

/** True of an alert that the storm's card stands for. */
export function isInStorm(alert: Pick<Alert, 'severity' | 'active_at'>, since: number | null): boolean {
  return since !== null && alert.severity !== 'info' && Date.parse(alert.active_at) >= since
}

const spoken = { customer: 'the caller', ai: 'the AI', agent: 'the agent', anyone: 'anybody' } as const

/** A score of 0–1 as a mood of −1.0 to +1.0. */
export function moodNumber(score: number): string {
  const mood = Math.round((score * 2 - 1) * 10) / 10
  return mood === 0 ? '0.0' : `${mood < 0 ? '−' : '+'}${Math.abs(mood).toFixed(1)}`
}

/** Seconds as a supervisor says them: `45 s`, `3 min`, `1 h 30 min`. */
export function spanWords(seconds: number): string {
  if (seconds < 120 && seconds % 60 !== 0) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`
}

const quoted = (words: readonly string[]) => words.map((word) => `“${word}”`).join(' or ')

/** The condition as a sentence without its subject, e.g. "Nobody speaks for 45 s". */
export function conditionWords(condition: AlertCondition): string {
  switch (condition.type) {
    case 'sentiment_below':
      return `Mood is below ${moodNumber(condition.score)}`
    case 'silence':
      return `Nobody speaks for ${spanWords(condition.seconds)}`
    case 'duration':
      return `The call lasts longer than ${spanWords(condition.seconds)}`
    case 'keyword':
      return `${quoted(condition.words)} is said by ${spoken[condition.by]}`
    case 'not_said':
      return `${quoted(condition.phrases)} is not said by ${spoken[condition.by]} within ${spanWords(condition.within_minutes * 60)}`
    case 'escalation_waiting':
      return `The caller waits for a person longer than ${spanWords(condition.seconds)}`
    case 'qa_below':
      return `QA is below ${Math.round(condition.score * 100)}`
    case 'failed_command':
      return 'A command to the call fails or stays without an answer'
    case 'attention':
      return condition.level === 'act' ? 'The call is Act now' : 'The call is Watch or worse'
  }
}

// Which cue is due: new alerts once, critical ones again every 30 s until somebody has them, a storm as one. Pure.
import type { AlertSeverity } from '#contract/alert.ts'
import { asksAgain, isInStorm, severityRank, stormSince } from '#contract/alert-words.ts'
import { isAsking } from '#src/features/alerts/alerts-context.ts'
import type { FloorAlert } from '#src/floor/open-alerts.ts'

/** A critical alert nobody has sounds again after this long, ms. */
export const repeatMs = 30_000

export interface CueMemory {
  /** Alerts, and reminders of them, that were told; null before the first look: what was open when the page came is not news. */
  told: ReadonlySet<string> | null
  /** When a critical cue was last due, epoch ms. */
  criticalAt: number
  /** The storm that was told, by its beginning. */
  storm: number | null
}

export const noCues: CueMemory = { told: null, criticalAt: Number.NEGATIVE_INFINITY, storm: null }

export interface CueVerdict {
  memory: CueMemory
  /** The cue that is due, of the worst of them. */
  cue: AlertSeverity | null
  /** Alerts to tell in words, worst first; a storm gives one. */
  fresh: readonly FloorAlert[]
  /** The storm has just begun: how many alerts it has. */
  stormOf: number | null
}

/** What is told once: the alert, and each reminder of it. */
const telling = ({ alert }: FloorAlert) => `${alert.id} ${alert.reminded_at ?? ''}`

/** `looksAt` is the call that is open before the person's eyes: its alerts need no cue. `now` in epoch ms. */
export function nextCue(
  memory: CueMemory,
  mine: readonly FloorAlert[],
  looksAt: string | null,
  now: number,
): CueVerdict {
  const asking = mine.filter(isAsking)
  const told = new Set(asking.map(telling))
  const storm = stormSince(mine.map(({ alert }) => alert))
  const heard = asking.filter(({ alert }) => alert.call_id !== looksAt)
  const isFirst = memory.told === null
  const isNewStorm = storm !== null && memory.storm === null && !isFirst
  const fresh = heard.filter((item) => !isFirst && !memory.told?.has(telling(item)))
  const single = fresh.filter(({ alert }) => !isInStorm(alert, storm))
  let worst: AlertSeverity | null = null
  for (const { alert } of single)
    if (worst === null || severityRank[alert.severity] > severityRank[worst]) worst = alert.severity
  if (isNewStorm && worst === null) worst = 'warning'
  // Whoever has it was told once; the others need not hear it every half minute.
  const isCritical = heard.some(({ alert }) => alert.severity === 'critical' && !asksAgain(alert))
  const isDueAgain = isCritical && now - memory.criticalAt >= repeatMs
  if (isDueAgain || (isNewStorm && isCritical)) worst = 'critical'
  return {
    memory: { told, criticalAt: worst === 'critical' ? now : memory.criticalAt, storm },
    cue: worst,
    fresh: single,
    stormOf: isNewStorm ? mine.filter(({ alert }) => isInStorm(alert, storm)).length : null,
  }
}

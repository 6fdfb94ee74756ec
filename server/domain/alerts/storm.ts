// When alerts are a storm: the one place that counts them.
import { stormRule } from '#contract/alert-rules.ts'

/** The loud alerts (warning or worse) of the last ten minutes of one company, by the alert's id. */
export class StormGauge {
  readonly #times = new Map<string, number>()

  /**
   * Counts an alert that became active at `at` (epoch ms); the same one once. Returns since when there is a storm, or null:
   * more than ten within ten minutes are one, and it began with the oldest of them.
   */
  count(id: string, at: number): number | null {
    if (!this.#times.has(id)) this.#times.set(id, at)
    let oldest = Number.POSITIVE_INFINITY
    for (const [other, time] of this.#times)
      if (time <= at - stormRule.withinMs) this.#times.delete(other)
      else if (time < oldest) oldest = time
    return this.#times.size > stormRule.alerts ? oldest : null
  }
}

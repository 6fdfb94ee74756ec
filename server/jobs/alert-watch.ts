// Watches one company's live floor by its alert rules: looks at calls that changed or are due, and says what became true.
import { randomUUID } from 'node:crypto'
import type { Alert, AlertRule } from '#contract/alert.ts'
import type { Call } from '#contract/call.ts'
import type { EventData } from '#contract/events.ts'
import { type Heard, type SpokenLine, hear, listens } from '#server/domain/alerts/alert-signals.ts'
import { type RuleMemory, evaluate, noMemory } from '#server/domain/alerts/evaluate.ts'
import { reminderDue } from '#server/domain/alerts/reminder.ts'
import { StormGauge } from '#server/domain/alerts/storm.ts'
import type { Fact } from '#server/domain/fact.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'

interface WatchedCall {
  /** As it was at the last look. */
  call: Call | null
  /** When to look again without news, epoch ms. */
  due: number
  /** All its lines so far were listened to. */
  isHeard: boolean
  heard: Map<string, Heard>
  memory: Map<string, RuleMemory>
  /** The last look that saw it. */
  seen: number
}

const iso = (ms: number) => new Date(ms).toISOString()
/** Rules read this long after an alert was last changed know about its rule, ms. */
const rulesLagMs = 5000

export class AlertWatch {
  readonly #calls = new Map<string, WatchedCall>()
  readonly #gauge = new StormGauge()
  #rules: readonly AlertRule[] = []
  #listening: readonly AlertRule[] = []
  #rulesReadAt = 0
  #look = 0
  /** An alert is open whose rule is not known here: rules were changed elsewhere. */
  wantsRules = false

  /** The enabled rules as of `readAt` (epoch ms). New words are listened for in what was said already. */
  setRules(rules: readonly AlertRule[], readAt: number): void {
    const before = JSON.stringify(this.#rules)
    this.#rulesReadAt = readAt
    this.wantsRules = false
    if (JSON.stringify(rules) === before) return
    const known = new Map(this.#rules.map((rule) => [rule.id, JSON.stringify(rule)]))
    const changed = rules.filter((rule) => known.get(rule.id) !== JSON.stringify(rule))
    this.#rules = rules
    this.#listening = rules.filter(({ condition }) => listens(condition))
    const hears = changed.some(({ condition }) => listens(condition))
    for (const watched of this.#calls.values()) {
      watched.due = 0
      if (hears) watched.isHeard = false
      for (const { id } of changed) {
        watched.memory.delete(id)
        watched.heard.delete(id)
      }
    }
  }

  /** An alert that became active, here or elsewhere; it counts for the storm. */
  noteActive({ severity, rule_id, call_id, active_at }: Alert): void {
    if (severity !== 'info') this.#gauge.count(`${rule_id}\n${call_id}`, Date.parse(active_at))
  }

  /** What was committed to the log, in order. */
  note(entry: LogEntry): void {
    if (entry.event === 'call.started' && !this.#calls.has(entry.callId))
      this.#calls.set(entry.callId, newCall(this.#look, true))
    else if (entry.event === 'interaction.added' && this.#listening.length > 0) {
      const data = (entry.value ?? JSON.parse(entry.data)) as EventData['interaction.added']
      const { id, speaker, text, timestamp: at } = data.interaction
      this.#hear(entry.callId, { id, speaker, text, at })
    } else if (entry.event === 'alert.updated') {
      const { alert } = (entry.value ?? JSON.parse(entry.data)) as EventData['alert.updated']
      if (alert.state === 'active') this.noteActive(alert)
    }
  }

  #hear(callId: string, line: SpokenLine): void {
    const found = hear(this.#listening, line)
    if (found.size === 0) return
    const watched = this.#calls.get(callId) ?? newCall(this.#look, false)
    this.#calls.set(callId, watched)
    for (const [ruleId, heard] of found) {
      const earlier = watched.heard.get(ruleId)
      if (!earlier || earlier.line_id < heard.line_id) watched.heard.set(ruleId, heard)
    }
    watched.due = 0
  }

  /** Calls whose earlier lines have to be read, at most `count`; answer with `heardAll`. */
  unheard(count: number): string[] {
    if (this.#listening.length === 0) return []
    const ids: string[] = []
    for (const [id, { isHeard, call }] of this.#calls) {
      if (ids.length >= count) break
      if (!isHeard && call) ids.push(id)
    }
    return ids
  }

  /** All lines the calls had so far. */
  heardAll(callIds: readonly string[], lines: readonly (SpokenLine & { call_id: string })[]): void {
    for (const line of lines) this.#hear(line.call_id, line)
    for (const id of callIds) {
      const watched = this.#calls.get(id)
      if (!watched) continue
      watched.isHeard = true
      watched.due = 0
    }
  }

  /** Begins a look over the whole floor; `next` takes a slice of it. */
  begin(calls: Iterator<Call>): { next(now: number, count: number): { facts: Fact[]; done: boolean } } {
    const look = ++this.#look
    return {
      next: (now, count) => {
        const facts: Fact[] = []
        for (let seen = 0; seen < count; seen++) {
          const { value: call, done } = calls.next()
          if (done) {
            for (const [id, { seen: last }] of this.#calls) if (last < look - 1) this.#calls.delete(id)
            return { facts, done: true }
          }
          this.#lookAt(call, look, now, facts)
        }
        return { facts, done: false }
      },
    }
  }

  #lookAt(call: Call, look: number, now: number, facts: Fact[]): void {
    let watched = this.#calls.get(call.id)
    if (!watched) {
      watched = newCall(look, call.last_line === undefined)
      this.#calls.set(call.id, watched)
    }
    watched.seen = look
    // The most calls end here: nothing changed and nothing is due.
    if (watched.call === call && now < watched.due) return
    watched.call = call
    watched.due = Number.POSITIVE_INFINITY
    for (const rule of this.#rules) this.#judge(rule, watched, call, now, facts)
    for (const alert of call.alerts ?? [])
      if (!this.#rules.some(({ id }) => id === alert.rule_id)) this.#orphan(alert, watched, facts)
  }

  #judge(rule: AlertRule, watched: WatchedCall, call: Call, now: number, facts: Fact[]): void {
    const open = call.alerts?.find(({ rule_id }) => rule_id === rule.id)
    // What was not said is known only once all was heard: until then nothing is missed, and nothing is over.
    if (!watched.isHeard && listens(rule.condition) && (open || rule.condition.type === 'not_said')) return
    const signals = { call, heard: watched.heard.get(rule.id) }
    const verdict = evaluate(rule, signals, watched.memory.get(rule.id) ?? noMemory, open !== undefined, now)
    if (verdict.memory === noMemory) watched.memory.delete(rule.id)
    else watched.memory.set(rule.id, verdict.memory)
    if (verdict.due < watched.due) watched.due = verdict.due
    if (verdict.step === 'clear' && open)
      facts.push({
        event: 'desk.alert_change',
        data: { call_id: call.id, alert_id: open.id, change: 'clear' },
      })
    if (verdict.step !== 'clear' && open) this.#remind(rule, watched, open, now, facts)
    if (verdict.step !== 'raise') return
    const storm = rule.severity === 'info' ? null : this.#gauge.count(`${rule.id}\n${call.id}`, now)
    const alert: Extract<Fact, { event: 'desk.alert' }>['data']['alert'] = {
      id: randomUUID(),
      rule_id: rule.id,
      rule_name: rule.name,
      severity: rule.severity,
      recipients: rule.recipients,
      reason: verdict.reason,
      triggered_at: iso(verdict.memory.since ?? now),
    }
    if (verdict.lineId !== undefined) alert.line_id = verdict.lineId
    if (storm !== null) alert.storm_since = iso(storm)
    facts.push({ event: 'desk.alert', data: { call_id: call.id, alert } })
  }

  /** Somebody has it, and it is still true: it asks again when its time has come. */
  #remind(rule: AlertRule, watched: WatchedCall, alert: Alert, now: number, facts: Fact[]): void {
    const due = reminderDue(rule, alert)
    if (due === null) return
    if (now < due) watched.due = Math.min(watched.due, due)
    else
      facts.push({
        event: 'desk.alert_change',
        data: { call_id: alert.call_id, alert_id: alert.id, change: 'remind', due: iso(due) },
      })
  }

  /** Its rule is switched off, unless the rules known here are older than the alert. */
  #orphan(alert: Alert, watched: WatchedCall, facts: Fact[]): void {
    if (this.#rulesReadAt < Date.parse(alert.updated_at) + rulesLagMs) {
      this.wantsRules = true
      watched.due = 0
      return
    }
    facts.push({
      event: 'desk.alert_change',
      data: { call_id: alert.call_id, alert_id: alert.id, change: 'clear', resolution: 'rule_off' },
    })
  }

  /** The facts could not be stored: what they told is told again at the next look. */
  untell(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.event !== 'desk.alert' && fact.event !== 'desk.alert_change') continue
      const watched = this.#calls.get(fact.data.call_id)
      if (!watched) continue
      watched.due = 0
      if (fact.event !== 'desk.alert') continue
      const { rule_id } = fact.data.alert
      const memory = watched.memory.get(rule_id)
      if (memory) watched.memory.set(rule_id, { since: memory.since, told: null })
    }
  }
}

function newCall(seen: number, isHeard: boolean): WatchedCall {
  return { call: null, due: 0, isHeard, heard: new Map(), memory: new Map(), seen }
}

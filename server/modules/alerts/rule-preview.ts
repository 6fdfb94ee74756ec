// What a rule would have raised: the recorded log is folded again and judged by the engine that judges the live floor.
import { sql } from 'kysely'
import { applyToCall, type RowEvent } from '#contract/apply-event.ts'
import type { AlertPreview } from '#contract/alert.ts'
import { attention } from '#contract/attention.ts'
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { Db } from '#server/db/database.ts'
import { type Heard, type WatchedRule, hear, listens } from '#server/domain/alerts/alert-signals.ts'
import { type RuleMemory, evaluate, noMemory } from '#server/domain/alerts/evaluate.ts'

export interface PreviewOptions {
  db: Db
  companyId: string
  rule: WatchedRule
  /** Epoch ms. */
  now: number
  /** Most entries of the log that are looked through. */
  mostEntries?: number
}

const day = 24 * 3600_000
const defaultMostEntries = 200_000
/** Positions in one query: a few milliseconds, so that no live commit waits behind it. */
const slice = 1000
const shownCalls = 50
/** Attention moves with the clock: it is scored as often as this, ms. */
const attentionStepMs = 5000
/** The live floor is looked at this often, ms. */
const lookMs = 1000
const never = Number.POSITIVE_INFINITY
/** A line that came so much later than it was said is the past, ms. */
const lateMs = 5000
/** A call that is not spoken of any more is followed no longer than this, ms. */
const silentMs = 30 * 60_000

/** Events that can change what each kind of rule sees; the others are not even read. */
const alwaysRead = [
  'call.started',
  'call.updated',
  'call.ended',
  'escalation.triggered',
  'escalation.updated',
  'escalation.completed',
]
const alsoRead: Partial<Record<WatchedRule['condition']['type'], string[]>> = {
  sentiment_below: ['sentiment.changed'],
  silence: ['interaction.added'],
  keyword: ['interaction.added'],
  not_said: ['interaction.added'],
  qa_below: ['qa.score.updated'],
  failed_command: ['intervention.updated'],
  attention: ['interaction.added', 'sentiment.changed', 'qa.score.updated'],
}

interface Replayed {
  call: Call
  memory: RuleMemory
  heard: Heard | undefined
  isOpen: boolean
  due: number
  lastAt: number
}

/** Folds one company's log and judges the rule at every change, and at every instant in between at which it could turn. */
class Lookback {
  readonly #rule: WatchedRule
  readonly #from: number
  readonly #calls = new Map<string, Replayed>()
  readonly hits: AlertPreview['calls'] = []
  count = 0
  seen = 0

  constructor(rule: WatchedRule, from: number) {
    this.#rule = rule
    this.#from = from
  }

  take(callId: string, event: RowEvent): void {
    const at = Date.parse(event.at)
    let known = this.#calls.get(callId)
    if (!known) {
      if (event.event !== 'call.started' && event.event !== 'call.updated') return
      // Of a call that began before, it is not known what was said on it.
      if (listens(this.#rule.condition) && Date.parse(event.data.call.started_at) < this.#from) return
      const { call } = event.data
      known = { call, memory: noMemory, heard: undefined, isOpen: false, due: never, lastAt: at }
      this.#calls.set(callId, known)
      this.seen += 1
    } else {
      this.#settle(known, at)
      const next = applyToCall(known.call, event)
      // Its last moment counts as well.
      if (!isLive(next.status) && known.due < never) this.#judge(known, at)
      known.call = next
      // Silence counts from when the line was there to be seen: a feed may bring the past of a call along.
      if (
        event.event === 'interaction.added' &&
        next.last_line &&
        at - Date.parse(next.last_line.at) > lateMs
      )
        known.call = { ...next, last_line: { ...next.last_line, at: event.at } }
      known.lastAt = at
    }
    if (event.event === 'interaction.added') {
      const { id, speaker, text, timestamp } = event.data.interaction
      const rule = { id: 'rule', condition: this.#rule.condition }
      known.heard = hear([rule], { id, speaker, text, at: timestamp }).get('rule') ?? known.heard
    }
    // As on the live floor: what came together is looked at together, a moment later.
    known.due = Math.min(known.due, at + lookMs)
    if (!isLive(known.call.status)) this.#calls.delete(callId)
  }

  /** Every instant before `upTo` (epoch ms) at which something was due. */
  #settle(known: Replayed, upTo: number): void {
    const end = Math.min(upTo, known.lastAt + silentMs)
    while (known.due < end) this.#judge(known, known.due)
  }

  #judge(known: Replayed, at: number): void {
    const isScored = this.#rule.condition.type === 'attention'
    if (isScored)
      known.call = { ...known.call, attention: attention(known.call, at, known.call.attention?.level) }
    const { call, heard, memory, isOpen } = known
    const verdict = evaluate(this.#rule, { call, heard }, memory, isOpen, at)
    known.memory = verdict.memory
    // A time that has come is not waited for again.
    const due = verdict.due > at ? verdict.due : never
    known.due = isScored ? Math.min(due, at + attentionStepMs) : due
    if (verdict.step === 'clear') known.isOpen = false
    if (verdict.step !== 'raise') return
    known.isOpen = true
    this.count += 1
    this.hits.push({
      call_id: call.id,
      name: call.contact_name || (call.direction === 'inbound' ? call.from_number : call.to_number),
      ...(call.business_name === undefined ? {} : { business_name: call.business_name }),
      at: new Date(at).toISOString(),
      reason: verdict.reason,
      ...(verdict.lineId === undefined ? {} : { line_id: verdict.lineId }),
    })
    if (this.hits.length > shownCalls) this.hits.shift()
  }

  finish(to: number): void {
    for (const known of this.#calls.values()) this.#settle(known, to)
  }
}

/** Looks through the last 24 hours of the log, in slices, newest positions kept when the day holds too many. */
export async function previewRule(options: PreviewOptions): Promise<AlertPreview> {
  const { db, companyId, rule, now } = options
  const bounds = await sql<{ first: number | null; last: number | null }>`
    select min(seq) as first, max(seq) as last from log where company_id = ${companyId}`.execute(db)
  const { first, last } = bounds.rows[0] ?? { first: null, last: null }
  const nothing = { count: 0, calls: [], calls_seen: 0, complete: true }
  if (first === null || last === null)
    return { ...nothing, from: new Date(now - day).toISOString(), to: new Date(now).toISOString() }
  const begin = await firstSince(db, companyId, now - day, Number(first), Number(last))
  const start = Math.max(begin, Number(last) - (options.mostEntries ?? defaultMostEntries) + 1)
  const from = start > begin ? await timeAt(db, companyId, start) : now - day
  const lookback = new Lookback(rule, from)
  const wanted = [...alwaysRead, ...(alsoRead[rule.condition.type] ?? [])]
  for (let after = start - 1; after < Number(last); after += slice) {
    const upTo = Math.min(after + slice, Number(last))
    const rows = await sql<{ call_id: string; event: string; at: Date; data: string }>`
      select call_id, event, at, data from log
      where company_id = ${companyId} and seq > ${after} and seq <= ${upTo} and event = any(${wanted}::text[])
      order by seq`.execute(db)
    for (const { call_id, event, at, data } of rows.rows)
      lookback.take(call_id, { event, data: JSON.parse(data), at: at.toISOString() } as RowEvent)
  }
  lookback.finish(now)
  return {
    count: lookback.count,
    calls: lookback.hits.toReversed(),
    from: new Date(from).toISOString(),
    to: new Date(now).toISOString(),
    complete: start === begin,
    calls_seen: lookback.seen,
  }
}

/** The first position at or after an instant: positions and instants rise together, so it is searched by halves. */
async function firstSince(
  db: Db,
  companyId: string,
  at: number,
  first: number,
  last: number,
): Promise<number> {
  let [low, high] = [first, last]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((await timeAt(db, companyId, middle)) < at) low = middle + 1
    else high = middle
  }
  return low
}

async function timeAt(db: Db, companyId: string, seq: number): Promise<number> {
  const found = await sql<{ at: Date }>`select at from log
    where company_id = ${companyId} and seq >= ${seq} order by seq limit 1`.execute(db)
  return found.rows[0]?.at.getTime() ?? Number.POSITIVE_INFINITY
}

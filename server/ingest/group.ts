// Batches of facts on their way into one transaction: applied to the memory in order, what has to be stored kept together.
import { barredBy } from '#contract/claim-rules.ts'
import { applyFact } from '#server/domain/apply-fact.ts'
import { type CallState, type Draft, type Entry, type FactContext, isoOf } from '#server/domain/call-state.ts'
import { type Fact, callIdOf } from '#server/domain/fact.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import type { SentimentScorer } from '#server/domain/sentiment.ts'
import type { Company } from '#server/ingest/company-directory.ts'
import type { CompanyMemory, KnownCall } from '#server/ingest/company-memory.ts'
import { onceKey } from '#server/ingest/look-up.ts'
import type { CommittedEntry, FactBatch, IngestResult } from '#server/ingest/port.ts'
import { ScoreText } from '#server/ingest/score-text.ts'
import { isSameRules } from '#server/ingest/stored-state.ts'
import type { GroupRows } from '#server/ingest/write-rows.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer R)[] ? R[] : T[K] }

/** A batch that waits for its commit. */
export interface Waiting {
  batch: FactBatch
  /** The epoch of the memory in which all its calls were found to be known. */
  knownIn?: number
  resolve(result: IngestResult): void
  reject(error: Error): void
}

/** One group. What it applies is in the memory at once; when its commit fails the memory must be emptied. */
export class Group {
  readonly #rulesStay = new Set<string>()
  readonly #supposed = new Set<string>()
  readonly rows: Mutable<Omit<GroupRows, 'calls'>> = {
    lines: [],
    escalations: [],
    notes: [],
    interventions: [],
    alerts: [],
    followUps: [],
    log: [],
    kept: [],
    scoreText: (callId) => this.#scoreText(callId),
    rulesStay: this.#rulesStay,
    supposed: this.#supposed,
  }
  readonly members: { waiting: Waiting; result: IngestResult }[] = []
  /** Names of the facts that were applied. */
  readonly applied: string[] = []
  /** Ids of the deliveries that are new. */
  readonly deliveries: string[] = []
  /** Position of the log before the group. */
  readonly headBefore: number
  readonly lastIdBefore: number
  /** Position and counter after it, for they go on with the next group while this one commits. */
  head: number
  lastId: number
  facts = 0
  readonly #memory: CompanyMemory
  readonly #context: FactContext
  readonly #changed = new Map<string, CallState>()

  constructor(memory: CompanyMemory, company: Company, scorer: SentimentScorer) {
    this.#memory = memory
    this.head = this.headBefore = memory.head
    this.lastId = this.lastIdBefore = memory.lastId
    this.#context = {
      now: 0,
      nextId: () => ++this.lastId,
      scorer,
      business: (id) => (id === undefined ? undefined : company.businesses.get(id)),
      agent: (id) => company.agents.get(id),
    }
  }

  /** States of the calls that changed, each as it is after the group. */
  get calls(): CallState[] {
    return [...this.#changed.values()]
  }

  /**
   * To be called once, when nothing is added any more and the group is sent, in the order of the groups. What the rules
   * remember need not be written again where it is what the group before wrote: either both are stored or neither is, and a
   * memory that was wrong is emptied.
   */
  seal(): void {
    for (const [id, state] of this.#changed) {
      const known = this.#memory.calls.get(id)
      if (!known) continue
      if (known.sent && isSameRules(known.sent, state)) this.#rulesStay.add(id)
      known.sent = state
    }
  }

  /**
   * Applies a batch as of `now` (epoch ms); every call it names must be in the memory. `seen` has the keys of what is stored
   * already where the memory does not know; `isNew` is what the database said of the delivery, if it was asked.
   */
  add(waiting: Waiting, now: number, seen: Set<string>, isNew?: boolean): void {
    const { deliveryId, facts } = waiting.batch
    this.facts += facts.length
    this.#context.now = now
    const known = deliveryId !== undefined && this.#memory.deliveries.has(deliveryId)
    const duplicate = isNew === undefined ? known : !isNew
    const entries: CommittedEntry[] = []
    if (!duplicate) {
      if (deliveryId !== undefined) {
        this.deliveries.push(deliveryId)
        this.#memory.noteDelivery(deliveryId)
      }
      this.#apply(facts, seen, entries)
    }
    this.members.push({ waiting, result: { duplicate, entries } })
    this.#memory.head = this.head
    this.#memory.lastId = this.lastId
  }

  #apply(facts: readonly Fact[], seen: Set<string>, entries: CommittedEntry[]): void {
    // An act and the facts beside it are one: of a command that is known already nothing happens again.
    if (facts.some((fact) => fact.event === 'desk.intervention' && seen.has(fact.data.command_id))) return
    if (facts.some((fact) => this.#isBarred(fact))) return
    for (const fact of facts) {
      const known = this.#memory.calls.get(callIdOf(fact))
      if (!known) throw new Error('A call was not looked up before its facts.')
      if (isRepeated(fact, known, seen)) continue
      this.applied.push(fact.event)
      const before = known.state
      const draft = applyFact(before, fact, this.#context)
      if (before === null && this.#memory.settle(draft.state.call.id)) this.#supposed.add(draft.state.call.id)
      if (draft.state !== before) {
        known.state = draft.state
        this.#changed.set(draft.state.call.id, draft.state)
      }
      this.#collect(draft, before, entries)
    }
  }

  /** An act on a call that somebody else has in hand by now: nothing of its batch happens. */
  #isBarred(fact: Fact): boolean {
    const act =
      fact.event === 'desk.intervention'
        ? fact.data
        : fact.event === 'desk.transfer'
          ? fact.data.act
          : undefined
    if (act?.claim !== 'respect') return false
    const call = this.#memory.calls.get(callIdOf(fact))?.state?.call
    return call !== undefined && barredBy(call, act.by.id, this.#context.now) !== null
  }

  /** After the commit. Ended calls are let go; a late line reads them again. */
  letGo(): void {
    for (const [id, state] of this.#changed)
      if (state.call.ended_at !== undefined && this.#memory.calls.get(id)?.state === state)
        this.#memory.calls.delete(id)
  }

  #scoreText(callId: string): ScoreText {
    const known = this.#memory.calls.get(callId)
    if (!known) return new ScoreText()
    known.scoreText ??= new ScoreText()
    return known.scoreText
  }

  /** A score stands in the call's state as well, and it is the longest of what is said again and again. */
  #textOf({ event, data }: Entry): string {
    if (event !== 'qa.score.updated') return JSON.stringify(data)
    const { call_id, qa_score } = data
    return `{"call_id":${JSON.stringify(call_id)},"qa_score":${this.#scoreText(call_id).of(qa_score)}}`
  }

  #collect(draft: Draft, before: CallState | null, entries: CommittedEntry[]): void {
    const { rows, state } = draft
    for (const [index, line] of rows.interactions.entries())
      this.rows.lines.push({ line, factId: rows.factIds[index] ?? String(line.id) })
    this.rows.escalations.push(...rows.escalations)
    this.rows.notes.push(...rows.notes)
    this.rows.interventions.push(...rows.interventions)
    this.rows.alerts.push(...rows.alerts)
    this.rows.followUps.push(...rows.followUps)
    // Only the first entry of a fact carries the change of owners: coming and going is told once (P13).
    let ownersBefore = before && before.owners !== state.owners ? before.owners : null
    const at = isoOf(this.#context.now)
    for (const entry of draft.entries) {
      const data = this.#textOf(entry)
      const row: LogEntry = {
        seq: ++this.head,
        callId: state.call.id,
        event: entry.event,
        at,
        data,
        value: entry.data,
        owners: state.owners,
        ownersBefore,
        statusChanged: entry.statusChanged ?? false,
      }
      ownersBefore = null
      this.rows.log.push(row)
      if (entry.kept) this.rows.kept.push({ entry: row, by: entry.kept.by })
      entries.push(row)
    }
  }
}

/** True of a line or a command that came before; notes it otherwise. */
function isRepeated(fact: Fact, known: KnownCall, seen: Set<string>): boolean {
  if (fact.event === 'interaction.added' && known.spoken) {
    const { id } = fact.data.interaction
    if (known.spoken.has(id)) return true
    known.spoken.add(id)
    return false
  }
  const key = onceKey(fact)
  if (key === null) return false
  if (seen.has(key)) return true
  seen.add(key)
  return false
}

// One group of batches inside its transaction: what is known, what the facts make of it, what is stored.
import { type Transaction, sql } from 'kysely'
import type { Database } from '#server/db/schema.ts'
import { applyFact } from '#server/domain/apply-fact.ts'
import type { CallState, Draft, FactContext } from '#server/domain/call-state.ts'
import { type Fact, callIdOf } from '#server/domain/fact.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import type { SentimentScorer } from '#server/domain/sentiment.ts'
import type { Company } from '#server/ingest/company-directory.ts'
import type { CommittedEntry, FactBatch, IngestResult } from '#server/ingest/port.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'
import { type GroupRows, writeRows } from '#server/ingest/write-rows.ts'

/** What is remembered of a company between groups. */
export interface Remembered {
  /** States as of `head`; valid only while nobody else moved the head. */
  states: Map<string, CallState>
  head: number
}

interface WorkOptions {
  companyId: string
  remembered: Remembered
  company: Company
  scorer: SentimentScorer
  /** Epoch ms. */
  now: number
}

type Tx = Transaction<Database>

/** Use once: `run` inside the transaction, `keep` after its commit. */
export class GroupWork {
  readonly rows: {
    -readonly [K in keyof GroupRows]: GroupRows[K] extends readonly (infer R)[] ? R[] : never
  } = {
    calls: [],
    lines: [],
    escalations: [],
    notes: [],
    interventions: [],
    log: [],
  }
  /** Names of the facts that were applied. */
  readonly applied: string[] = []
  readonly #options: WorkOptions
  readonly #next = new Map<string, CallState>()
  #known = new Map<string, CallState>()
  #head = 0
  #lastId = 0

  constructor(options: WorkOptions) {
    this.#options = options
  }

  async run(tx: Tx, group: readonly FactBatch[]): Promise<IngestResult[]> {
    const head = await tx
      .selectFrom('company_heads')
      .select(['head', 'last_id'])
      .where('company_id', '=', this.#options.companyId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    this.#head = head.head
    this.#lastId = head.last_id
    if (this.#options.remembered.head !== head.head) this.#options.remembered.states.clear()
    const isNew = await this.#claimDeliveries(tx, group)
    const batches = group.map((batch, index) => (isNew[index] ? batch.facts.map(wellFormed) : []))
    const facts = batches.flat()
    await this.#loadStates(tx, facts)
    const seen = await this.#seenIds(tx, facts)
    const results = batches.map((batch, index) => this.#applyBatch(batch, seen, isNew[index] === true))
    this.rows.calls.push(...this.#next.values())
    await writeRows(tx, this.#options.companyId, this.rows)
    if (this.#head !== head.head || this.#lastId !== head.last_id)
      await tx
        .updateTable('company_heads')
        .set({ head: this.#head, last_id: this.#lastId })
        .where('company_id', '=', this.#options.companyId)
        .execute()
    return results
  }

  /** After the commit: what was computed is now what is known. Ended calls are let go; a late line reads them again. */
  keep(): void {
    this.#options.remembered.head = this.#head
    for (const [id, state] of this.#known) this.#options.remembered.states.set(id, state)
    for (const [id, state] of this.#next)
      if (state.call.ended_at === undefined) this.#options.remembered.states.set(id, state)
      else this.#options.remembered.states.delete(id)
  }

  async #claimDeliveries(tx: Tx, group: readonly FactBatch[]): Promise<boolean[]> {
    const ids = [...new Set(group.flatMap((batch) => batch.deliveryId ?? []))]
    if (ids.length === 0) return group.map(() => true)
    const at = new Date(this.#options.now).toISOString()
    const claimed = await sql<{ id: string }>`insert into deliveries (company_id, id, at)
      select ${this.#options.companyId}, r.id, ${at}::timestamptz from unnest(${ids}::text[]) as r(id)
      on conflict do nothing returning id`.execute(tx)
    const free = new Set(claimed.rows.map(({ id }) => id))
    return group.map((batch) => batch.deliveryId === undefined || free.delete(batch.deliveryId))
  }

  async #loadStates(tx: Tx, facts: readonly Fact[]): Promise<void> {
    const missing = [...new Set(facts.map(callIdOf))].filter((id) => !this.#options.remembered.states.has(id))
    if (missing.length === 0) return
    const found = await sql<{ id: string; state: CallState }>`select id, state from calls
      where company_id = ${this.#options.companyId} and id = any(${missing}::text[])`.execute(tx)
    this.#known = new Map(found.rows.map(({ id, state }) => [id, state]))
  }

  /** Lines and commands that are stored already: `call line` and `command` keys. */
  async #seenIds(tx: Tx, facts: readonly Fact[]): Promise<Set<string>> {
    const seen = new Set<string>()
    const lines = facts.filter((fact) => fact.event === 'interaction.added')
    if (lines.length > 0) {
      const found = await sql<{
        call_id: string
        fact_id: string
      }>`select i.call_id, i.fact_id from interactions i
        join unnest(${lines.map((fact) => fact.data.call_id)}::text[],
                    ${lines.map((fact) => fact.data.interaction.id)}::text[]) as r(call_id, fact_id)
          on i.call_id = r.call_id and i.fact_id = r.fact_id
        where i.company_id = ${this.#options.companyId}`.execute(tx)
      for (const { call_id, fact_id } of found.rows) seen.add(`${call_id}\n${fact_id}`)
    }
    const commands = facts.filter((fact) => fact.event === 'desk.intervention')
    if (commands.length > 0) {
      const found = await sql<{ command_id: string }>`select command_id from interventions
        where company_id = ${this.#options.companyId}
          and command_id = any(${commands.map((fact) => fact.data.command_id)}::text[])`.execute(tx)
      for (const { command_id } of found.rows) seen.add(command_id)
    }
    return seen
  }

  #applyBatch(facts: readonly Fact[], seen: Set<string>, isNew: boolean): IngestResult {
    const entries: CommittedEntry[] = []
    // An act and the facts beside it are one: of a command that is known already nothing happens again.
    if (facts.some((fact) => fact.event === 'desk.intervention' && seen.has(fact.data.command_id)))
      return { duplicate: !isNew, entries }
    for (const fact of facts) {
      const key =
        fact.event === 'interaction.added'
          ? `${fact.data.call_id}\n${fact.data.interaction.id}`
          : fact.event === 'desk.intervention'
            ? fact.data.command_id
            : null
      if (key !== null) {
        if (seen.has(key)) continue
        seen.add(key)
      }
      this.#applyOne(fact, entries)
    }
    return { duplicate: !isNew, entries }
  }

  #applyOne(fact: Fact, entries: CommittedEntry[]): void {
    this.applied.push(fact.event)
    const id = callIdOf(fact)
    const before =
      this.#next.get(id) ?? this.#options.remembered.states.get(id) ?? this.#known.get(id) ?? null
    const draft = applyFact(before, fact, this.#context())
    if (draft.state !== before) this.#next.set(id, draft.state)
    this.#collect(draft, before, entries)
  }

  #context(): FactContext {
    return {
      now: this.#options.now,
      nextId: () => ++this.#lastId,
      scorer: this.#options.scorer,
      business: (id) => (id === undefined ? undefined : this.#options.company.businesses.get(id)),
      agent: (id) => this.#options.company.agents.get(id),
    }
  }

  #collect(draft: Draft, before: CallState | null, entries: CommittedEntry[]): void {
    const { rows, state } = draft
    for (const [index, line] of rows.interactions.entries())
      this.rows.lines.push({ line, factId: rows.factIds[index] ?? String(line.id) })
    this.rows.escalations.push(...rows.escalations)
    this.rows.notes.push(...rows.notes)
    this.rows.interventions.push(...rows.interventions)
    // Only the first entry of a fact carries the change of owners: coming and going is told once (P13).
    let ownersBefore = before && before.owners !== state.owners ? before.owners : null
    for (const entry of draft.entries) {
      const data = JSON.stringify(entry.data)
      const row: LogEntry = {
        seq: ++this.#head,
        callId: state.call.id,
        event: entry.event,
        at: new Date(this.#options.now).toISOString(),
        data,
        owners: state.owners,
        ownersBefore,
        statusChanged: entry.statusChanged ?? false,
      }
      ownersBefore = null
      this.rows.log.push(row)
      entries.push({ seq: row.seq, event: row.event, callId: row.callId, data })
    }
  }
}

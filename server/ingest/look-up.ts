// Asks the database what the memory does not know: states of calls, ids of lines, deliveries and commands that came before.
import { type Kysely, sql } from 'kysely'
import type { Database } from '#server/db/schema.ts'
import type { CallState } from '#server/domain/call-state.ts'
import type { Fact } from '#server/domain/fact.ts'
import type { KnownCall } from '#server/ingest/company-memory.ts'
import { wholeState } from '#server/ingest/stored-state.ts'

/** A transaction, or the database outside of one. */
type Source = Kysely<Database>

/** Every id gets an answer; with `lines` the ids of all lines of the calls that exist come along. */
export async function readCalls(
  source: Source,
  companyId: string,
  ids: readonly string[],
  lines: boolean,
): Promise<Map<string, KnownCall>> {
  const known = new Map<string, KnownCall>(ids.map((id) => [id, { state: null, spoken: new Set() }]))
  const found = await sql<{
    id: string
    state: CallState
    rules: string | null
  }>`select id, state, rules from calls
    where company_id = ${companyId} and id = any(${ids}::text[])`.execute(source)
  for (const { id, state, rules } of found.rows)
    known.set(id, { state: wholeState(state, rules), spoken: lines ? new Set() : null })
  if (!lines || found.rows.length === 0) return known
  const said = await sql<{ call_id: string; fact_id: string }>`select call_id, fact_id from interactions
    where company_id = ${companyId} and call_id = any(${found.rows.map(({ id }) => id)}::text[])`.execute(
    source,
  )
  for (const { call_id, fact_id } of said.rows) known.get(call_id)?.spoken?.add(fact_id)
  return known
}

/** Stores the deliveries' ids and returns those that were not stored before. */
export async function claimDeliveries(
  source: Source,
  companyId: string,
  ids: readonly string[],
  now: number,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const at = new Date(now).toISOString()
  const claimed = await sql<{ id: string }>`insert into deliveries (company_id, id, at)
    select ${companyId}, r.id, ${at}::timestamptz from unnest(${ids}::text[]) as r(id)
    on conflict do nothing returning id`.execute(source)
  return new Set(claimed.rows.map(({ id }) => id))
}

/** The key by which a fact is taken once: its line on its call, or its command; null of facts that may repeat. */
export function onceKey(fact: Fact): string | null {
  if (fact.event === 'interaction.added') return `${fact.data.call_id}\n${fact.data.interaction.id}`
  return fact.event === 'desk.intervention' ? fact.data.command_id : null
}

/** Keys of the lines and commands among the facts that are stored already. */
export async function readSeen(
  source: Source,
  companyId: string,
  facts: readonly Fact[],
): Promise<Set<string>> {
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
      where i.company_id = ${companyId}`.execute(source)
    for (const { call_id, fact_id } of found.rows) seen.add(`${call_id}\n${fact_id}`)
  }
  const commands = facts.filter((fact) => fact.event === 'desk.intervention')
  if (commands.length > 0) {
    const found = await sql<{ command_id: string }>`select command_id from interventions
      where company_id = ${companyId}
        and command_id = any(${commands.map((fact) => fact.data.command_id)}::text[])`.execute(source)
    for (const { command_id } of found.rows) seen.add(command_id)
  }
  return seen
}

// The two ways into the log: a group made beforehand from memory, or one made inside its transaction from what is stored.
import { sql } from 'kysely'
import type { Db } from '#server/db/database.ts'
import type { SentimentScorer } from '#server/domain/sentiment.ts'
import { again } from '#server/db/wire-message.ts'
import { type BulkColumn, bulkInsert } from '#server/ingest/bulk.ts'
import type { Company } from '#server/ingest/company-directory.ts'
import type { CompanyMemory } from '#server/ingest/company-memory.ts'
import { Group, type Waiting } from '#server/ingest/group.ts'
import { claimDeliveries, readCalls, readSeen } from '#server/ingest/look-up.ts'
import { rowInserts } from '#server/ingest/write-rows.ts'

/** The memory a group was made from is not what is stored; nothing was committed. */
export class MemoryOutdated extends Error {
  override name = 'MemoryOutdated'
  /** A row that was taken to be new was there already. */
  readonly wasThere: boolean

  constructor(wasThere = false) {
    super('The memory is not what is stored.')
    this.wasThere = wasThere
  }
}

/** SQLSTATE of a row that is there already. */
const uniqueViolation = '23505'

/**
 * Commits a group that was made from memory, in one statement: it takes the head, which orders all writers (P2), and only
 * where the head still stands as remembered do the rows go in. Otherwise nothing happens and `MemoryOutdated` is thrown; a
 * delivery, a call or a line that is known after all breaks a unique index, and nothing happens either. The head is locked
 * before it is compared: a statement that begins while another group commits sees the head as it was before, and would not
 * wait for what it need not lock.
 */
export async function commitPrepared(db: Db, companyId: string, group: Group, now: number): Promise<void> {
  const company = { from: 'taken' }
  const deliveries =
    group.deliveries.length > 0
      ? [bulkInsert('deliveries', company, deliveryColumns(now), group.deliveries)]
      : []
  const inserts = [...deliveries, ...rowInserts(company, { ...group.rows, calls: group.calls })]
  const parts = inserts.map((insert, index) => sql`, ${sql.raw(`part${index}`)} as (${insert})`)
  const { rows } = await sql<{ company_id: string }>`${sql.raw(again)} with held as (
      select head, last_id from company_heads where company_id = ${companyId} for update),
    taken as (
      update company_heads set head = ${group.head}, last_id = ${group.lastId} from held
      where company_id = ${companyId} and held.head = ${group.headBefore} and held.last_id = ${group.lastIdBefore}
      returning company_id)
    ${sql.join(parts, sql` `)}
    select company_id from taken`
    .execute(db)
    .catch((error: unknown) => {
      throw (error as { code?: unknown }).code === uniqueViolation ? new MemoryOutdated(true) : error
    })
  if (rows.length === 0) throw new MemoryOutdated()
}

const deliveryColumns = (now: number): BulkColumn<string>[] => {
  const at = new Date(now).toISOString()
  return [
    { name: 'id', type: 'text', value: (id) => id },
    { name: 'at', type: 'timestamptz', value: () => at },
  ]
}

export interface CarefulOptions {
  db: Db
  companyId: string
  memory: CompanyMemory
  company: Company
  scorer: SentimentScorer
  /** Epoch ms. */
  now: number
}

/**
 * Makes and commits a group while the head is held, reading what the memory does not know: right whoever else writes.
 * Also tells whether somebody else did.
 */
export async function commitCarefully(
  options: CarefulOptions,
  members: readonly Waiting[],
): Promise<{ group: Group; moved: boolean }> {
  const { db, companyId, memory, company, scorer, now } = options
  return db.transaction().execute(async (tx) => {
    const stored = await tx
      .selectFrom('company_heads')
      .select(['head', 'last_id'])
      .where('company_id', '=', companyId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const moved = memory.head >= 0 && memory.head !== stored.head
    if (memory.head !== stored.head) memory.forget()
    memory.head = stored.head
    memory.lastId = stored.last_id
    const ids = new Set(members.flatMap(({ batch }) => batch.deliveryId ?? []))
    const free = await claimDeliveries(tx, companyId, [...ids], now)
    // Of the same id twice in a group only the first is new.
    const isNew = members.map(({ batch }) => batch.deliveryId === undefined || free.delete(batch.deliveryId))
    const facts = members.flatMap(({ batch }, index) => (isNew[index] ? batch.facts : []))
    const missing = memory.unknown(facts, false)
    if (missing.length > 0) memory.learn(await readCalls(tx, companyId, missing, false))
    const seen = await readSeen(tx, companyId, facts)
    const group = new Group(memory, company, scorer)
    for (const [index, waiting] of members.entries()) group.add(waiting, now, seen, isNew[index])
    group.seal()
    for (const insert of rowInserts(companyId, { ...group.rows, calls: group.calls }))
      await insert.execute(tx)
    if (group.head !== stored.head || group.lastId !== stored.last_id)
      await tx
        .updateTable('company_heads')
        .set({ head: group.head, last_id: group.lastId })
        .where('company_id', '=', companyId)
        .execute()
    return { group, moved }
  })
}

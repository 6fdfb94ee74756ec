// Reads the log in order.
import { sql } from 'kysely'
import type { Db } from '#server/db/database.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'

interface Range {
  after: number
  upTo?: number
  limit: number
  /** Only entries of this call. */
  callId?: string | undefined
}

interface Row {
  seq: number
  call_id: string
  event: string
  at: Date
  data: string
  owners: string[]
  owners_before: string[] | null
  status_changed: boolean
}

/** Entries after a position, in order. */
export async function readEntries(db: Db, companyId: string, range: Range): Promise<LogEntry[]> {
  const { after, upTo, limit, callId } = range
  const found =
    await sql<Row>`select seq, call_id, event, at, data, owners, owners_before, status_changed from log
    where company_id = ${companyId} and seq > ${after}
      ${upTo === undefined ? sql`` : sql`and seq <= ${upTo}`}
      ${callId === undefined ? sql`` : sql`and call_id = ${callId}`}
    order by seq limit ${limit}`.execute(db)
  return found.rows.map((row) => ({
    seq: row.seq,
    callId: row.call_id,
    event: row.event,
    at: row.at.toISOString(),
    data: row.data,
    owners: row.owners,
    ownersBefore: row.owners_before,
    statusChanged: row.status_changed,
  }))
}

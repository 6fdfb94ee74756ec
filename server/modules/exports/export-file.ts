// The pieces of an export's file: written compressed as they are made, read back one after the other.
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { sql } from 'kysely'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { LinkTarget } from '#server/modules/exports/download-link.ts'
import type { ExportRow } from '#server/modules/exports/export-row.ts'

const pack = promisify(gzip)
const unpack = promisify(gunzip)

/** How long a worker is believed to be at it after its last sign of life, ms. */
export const leaseMs = 30_000

/** Somebody else has the export now, or nobody: it was cancelled. */
export class ExportLost extends Error {
  override name = 'ExportLost'
}

/** What changes with a piece. */
export interface PieceNews {
  /** Place of the piece; 0 is the head, which is written last. */
  place: number
  bytes: Buffer
  /** Calls written, its own included. */
  done: number
  progress: unknown
}

/** Stores a piece and how far the export is, together. Throws `ExportLost` when the export is another's. */
export async function storePiece(
  db: Db,
  { company_id, id, holder }: Pick<ExportRow, 'company_id' | 'id' | 'holder'>,
  news: PieceNews,
  now: number,
): Promise<void> {
  const data = await pack(news.bytes, { level: 5 })
  await db.transaction().execute(async (tx) => {
    const result = await sql`update exports set done = ${news.done}, size = size + ${news.bytes.length},
        pieces = greatest(pieces, ${news.place}::int + 1), progress = ${JSON.stringify(news.progress)}::jsonb,
        held_until = ${new Date(now + leaseMs).toISOString()}::timestamptz
      where company_id = ${company_id} and id = ${id} and holder = ${holder} and state = 'running'`.execute(
      tx,
    )
    if (Number(result.numAffectedRows ?? 0) === 0) throw new ExportLost()
    await tx
      .insertInto('export_pieces')
      .values({ company_id, export_id: id, place: news.place, data })
      .execute()
  })
}

/** The finished file and what to call it. Throws EXPORT_NOT_FOUND when it is not there, or not any more. */
export async function openFile(db: Db, { companyId, exportId }: LinkTarget, now: number) {
  const row = await db
    .selectFrom('exports')
    .select(['file_name', 'format', 'size', 'pieces', 'state', 'expires_at'])
    .where('company_id', '=', companyId)
    .where('id', '=', exportId)
    .executeTakeFirst()
  if (row?.state !== 'done' || (row.expires_at?.getTime() ?? 0) <= now)
    throw new ApiError('EXPORT_NOT_FOUND', 'This file is no longer kept. Make a new export.')
  const at = new Date(now).toISOString()
  await sql`update exports set fetched_at = coalesce(fetched_at, ${at}::timestamptz)
    where company_id = ${companyId} and id = ${exportId}`.execute(db)
  return { ...row, stream: Readable.from(pieces(db, companyId, exportId, row.pieces), { objectMode: false }) }
}

async function* pieces(db: Db, companyId: string, exportId: string, count: number): AsyncGenerator<Buffer> {
  for (let place = 0; place < count; place++) {
    const row = await db
      .selectFrom('export_pieces')
      .select('data')
      .where('company_id', '=', companyId)
      .where('export_id', '=', exportId)
      .where('place', '=', place)
      .executeTakeFirst()
    // Taken away while it was read: a file that ends early must not look whole.
    if (!row) throw new ExportLost('The file was taken away.')
    yield await unpack(row.data)
  }
}

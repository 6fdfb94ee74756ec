// Makes the file of one export: reads calls slice by slice, writes a piece now and then, and remembers how far it is with each.
import { sql } from 'kysely'
import type { Call } from '#contract/call.ts'
import { pdfCallsAtMost } from '#contract/export-columns.ts'
import { type Role, roles } from '#contract/permissions.ts'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Principal } from '#server/domain/principal.ts'
import { CallsWalk, type WalkProgress } from '#server/modules/calls/walk-calls-service.ts'
import { callColumns } from '#server/modules/exports/call-cells.ts'
import { byteOrderMark, csvRecord, delimiters } from '#server/modules/exports/csv-text.ts'
import { storePiece } from '#server/modules/exports/export-file.ts'
import { type HeadFacts, exportHead, formatLine } from '#server/modules/exports/export-head.ts'
import { type ExportRow, wishOf } from '#server/modules/exports/export-row.ts'
import { tooManyForPdf } from '#server/modules/exports/exports-service.ts'
import { renderPdf } from '#server/modules/exports/pdf/render-pdf.ts'
import { exportLifeHours } from '#contract/export-columns.ts'

/** The server stops; the export goes on after its next start. */
export class ExportStopped extends Error {
  override name = 'ExportStopped'
}

interface MakeOptions {
  db: Db
  clock: Clock
}

/** Calls read at once: as many as fit into this time, ms, so that live commits never wait longer. */
const sliceMs = 15
const [fewest, most] = [25, 500]
/** A piece is written after so many calls, or so long, ms. */
const pieceCalls = 2500
const pieceMs = 2000
const countForMs = 5000
const pdfPieceBytes = 512 * 1024

interface Progress {
  walk: WalkProgress
  notSearched: number
}

const principalOf = (row: ExportRow): Principal => ({
  userId: row.owner_id,
  companyId: row.company_id,
  role: roles.find((role) => role === row.role) ?? ('viewer' satisfies Role),
  name: row.owner_name,
  sessionId: null,
  expiresAt: Number.MAX_SAFE_INTEGER,
})

/** Slices of calls whose size follows the time they take. */
async function* slices({ clock }: MakeOptions, walk: CallsWalk, signal: AbortSignal): AsyncGenerator<Call[]> {
  let size = 100
  for (;;) {
    if (signal.aborted) throw new ExportStopped()
    const begun = clock.now()
    const calls = await walk.next(size)
    const took = clock.now() - begun
    if (took > sliceMs * 2) size = Math.max(fewest, Math.floor(size / 2))
    else if (took < sliceMs) size = Math.min(most, size * 2)
    if (calls.length === 0) return
    yield calls
  }
}

/** Makes the file. Throws `ExportStopped` when told to stop, `ExportLost` when somebody cancelled it. */
export async function makeExport(options: MakeOptions, row: ExportRow, signal: AbortSignal): Promise<void> {
  const { db, clock } = options
  const wish = wishOf(row)
  const before = wish.format === 'csv' ? (row.progress as Progress | null) : null
  const walk = await CallsWalk.open({ db, clock }, principalOf(row), wish.filters, before?.walk)
  const notSearched = before?.notSearched ?? walk.notSearched
  if (row.total === null) {
    const { count, exact } = await walk.count(countForMs)
    await sql`update exports set total = ${count}, total_exact = ${exact}
      where company_id = ${row.company_id} and id = ${row.id} and holder = ${row.holder}`.execute(db)
  }
  const facts =
    wish.format === 'csv'
      ? await writeCsv(options, row, walk, notSearched, signal)
      : await writePdf(options, row, walk, notSearched, signal)
  await finish(options, row, facts)
}

async function writeCsv(
  options: MakeOptions,
  row: ExportRow,
  walk: CallsWalk,
  notSearched: number,
  signal: AbortSignal,
): Promise<HeadFacts> {
  const { db, clock } = options
  const wish = wishOf(row)
  const delimiter = delimiters[wish.delimiter]
  const columns = callColumns(wish.columns, wish.zone)
  let { done } = row
  // The head is piece 0; it says how many calls there are, so it is written last.
  let place = Math.max(1, row.pieces)
  let text = ''
  let held = 0
  let since = clock.now()
  const flush = async () => {
    if (held === 0) return
    done += held
    const progress: Progress = { walk: walk.progress, notSearched }
    await storePiece(db, row, { place: place++, bytes: Buffer.from(text), done, progress }, clock.now())
    text = ''
    held = 0
    since = clock.now()
  }
  for await (const calls of slices(options, walk, signal)) {
    for (const call of calls)
      text += csvRecord(
        columns.flatMap(({ cells }) => cells(call)),
        delimiter,
      )
    held += calls.length
    if (held >= pieceCalls || clock.now() - since >= pieceMs) await flush()
  }
  await flush()
  const facts = { calls: done, notSearched }
  const titles = csvRecord(
    columns.flatMap((column) => column.titles),
    delimiter,
  )
  const lines = wish.head ? [...(await exportHead(db, row, facts)), formatLine(wish.delimiter)] : []
  const head = lines.map((line) => csvRecord(line, delimiter)).join('') + (wish.head ? '\r\n' : '')
  const bytes = Buffer.from(byteOrderMark + head + titles)
  await storePiece(db, row, { place: 0, bytes, done, progress: null }, clock.now())
  return facts
}

async function writePdf(
  options: MakeOptions,
  row: ExportRow,
  walk: CallsWalk,
  notSearched: number,
  signal: AbortSignal,
): Promise<HeadFacts> {
  const { db, clock } = options
  const wish = wishOf(row)
  const columns = callColumns(wish.columns, wish.zone)
  const rows: string[][] = []
  for await (const calls of slices(options, walk, signal)) {
    // Beside each instant and duration nothing stands a second time: paper is narrow.
    for (const call of calls) rows.push(columns.map(({ cells }) => String(cells(call)[0] ?? '')))
    if (rows.length > pdfCallsAtMost) throw tooManyForPdf()
  }
  const facts = { calls: rows.length, notSearched }
  const bytes = await renderPdf({
    title: 'Calls',
    head: (await exportHead(db, row, facts)).map(([name, value]) => [name, String(value)]),
    sections: [{ table: { titles: columns.map(({ titles }) => titles[0] ?? ''), rows } }],
  })
  if (signal.aborted) throw new ExportStopped()
  await sql`delete from export_pieces where company_id = ${row.company_id} and export_id = ${row.id}`.execute(
    db,
  )
  for (let place = 0; place * pdfPieceBytes < bytes.length; place++) {
    const piece = bytes.subarray(place * pdfPieceBytes, (place + 1) * pdfPieceBytes)
    await storePiece(
      db,
      row,
      { place, bytes: Buffer.from(piece), done: rows.length, progress: null },
      clock.now(),
    )
  }
  return facts
}

async function finish({ db, clock }: MakeOptions, row: ExportRow, { calls }: HeadFacts): Promise<void> {
  const now = clock.now()
  const until = new Date(now + exportLifeHours * 3600_000).toISOString()
  await sql`update exports set state = 'done', done = ${calls}, total = ${calls}, total_exact = true, holder = null,
      finished_at = ${new Date(now).toISOString()}::timestamptz, expires_at = ${until}::timestamptz
    where company_id = ${row.company_id} and id = ${row.id} and holder = ${row.holder} and state = 'running'`.execute(
    db,
  )
}

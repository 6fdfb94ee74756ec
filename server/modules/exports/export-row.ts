// An export as it is stored, and as its owner sees it.
import type { Selectable } from 'kysely'
import { type CallsExportBody, type ExportJob, exportStates } from '#contract/export.ts'
import { sortWords } from '#contract/filter-words.ts'
import type { ExportTable } from '#server/db/export-tables.ts'
import { writeLink } from '#server/modules/exports/download-link.ts'

export type ExportRow = Selectable<ExportTable>

/** Calls written in a second, before it is known how fast this one goes. */
const usualPerSecond = 5000

const statusOf = { queued: 'processing', running: 'processing', done: 'ready' } as const

/** The request with what was left out filled in. */
export type ExportWish = CallsExportBody & { zone: string }

/** The request of the row. */
export const wishOf = (row: ExportRow): ExportWish => row.wish as ExportWish

function stateOf(row: ExportRow, now: number): ExportJob['state'] {
  const state = exportStates.find((one) => one === row.state) ?? 'failed'
  return state === 'done' && row.expires_at !== null && row.expires_at.getTime() <= now ? 'expired' : state
}

function secondsLeft({ done, total, started_at }: ExportRow, now: number): number | undefined {
  if (total === null) return undefined
  const left = Math.max(0, total - done)
  const elapsed = started_at ? (now - started_at.getTime()) / 1000 : 0
  const perSecond = done > 0 && elapsed > 0 ? done / elapsed : usualPerSecond
  return Math.ceil(left / perSecond)
}

/** What the owner is told; `waiting` is how many come before, `now` in epoch ms. */
export function presentExport(row: ExportRow, secret: string, now: number, waiting?: number): ExportJob {
  const wish = wishOf(row)
  const state = stateOf(row, now)
  const status = state === 'queued' || state === 'running' || state === 'done' ? statusOf[state] : 'failed'
  const left = status === 'processing' ? secondsLeft(row, now) : undefined
  return {
    jobId: row.id,
    status,
    ...(status === 'ready'
      ? { downloadUrl: writeLink(secret, { companyId: row.company_id, exportId: row.id }, now) }
      : {}),
    state,
    format: wish.format,
    fileName: row.file_name,
    words: row.words,
    sort: sortWords(wish.filters),
    zone: wish.zone,
    columns: wish.columns,
    rowCount: row.done,
    ...(row.total === null ? {} : { totalRows: row.total }),
    ...(row.total_exact ? {} : { totalExact: false as const }),
    ...(left === undefined ? {} : { estimatedTime: left }),
    ...(waiting === undefined || state !== 'queued' ? {} : { waiting }),
    ...(status === 'ready' ? { size: row.size } : {}),
    ...(row.error === null ? {} : { error: row.error }),
    createdAt: row.created_at.toISOString(),
    ...(row.finished_at ? { finishedAt: row.finished_at.toISOString() } : {}),
    ...(row.fetched_at ? { fetchedAt: row.fetched_at.toISOString() } : {}),
    ...(row.expires_at ? { expiresAt: row.expires_at.toISOString() } : {}),
  }
}

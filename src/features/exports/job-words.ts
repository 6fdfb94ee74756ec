// How an export is told about in a line: how far it is, how long it takes, what it weighs.
import type { ExportJob } from '#contract/export.ts'
import { countWords } from '#src/lib/count-words.ts'
import { describeDuration } from '#src/lib/duration.ts'
import { formatCount } from '#src/lib/format.ts'

/** 0–1 while it can be known, else null. */
export function shareDone({ rowCount, totalRows, totalExact }: ExportJob): number | null {
  if (totalRows === undefined || totalRows === 0 || totalExact === false) return null
  return Math.min(1, rowCount / totalRows)
}

/** Bytes as people say them: `3.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const unit = bytes < 1e6 ? 'kB' : bytes < 1e9 ? 'MB' : 'GB'
  const value = bytes / { kB: 1e3, MB: 1e6, GB: 1e9 }[unit]
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`
}

const calls = (count: number) => countWords({ count, noun: 'call' })

function progress({ rowCount, totalRows, totalExact, estimatedTime }: ExportJob): string {
  const all =
    totalRows === undefined ? '' : ` of ${totalExact === false ? 'more than ' : ''}${formatCount(totalRows)}`
  const left =
    estimatedTime === undefined || rowCount === 0
      ? ''
      : ` · about ${describeDuration(estimatedTime * 1000)} left`
  return `${formatCount(rowCount)}${all} calls${left}`
}

/** Where it stands, in words. */
export function jobWords(job: ExportJob): string {
  switch (job.state) {
    case 'queued':
      return job.waiting
        ? `Waits for ${job.waiting} other ${job.waiting === 1 ? 'export' : 'exports'}`
        : 'Begins at once'
    case 'running':
      return progress(job)
    case 'done':
      return `${calls(job.rowCount)} · ${formatBytes(job.size ?? 0)} · ${job.fetchedAt ? 'downloaded' : 'ready'}`
    case 'failed':
      return job.error ?? 'It failed.'
    case 'cancelled':
      return `Cancelled after ${calls(job.rowCount)}`
    case 'expired':
      return 'The file is no longer kept. Make a new export.'
  }
}

/** What is exported, in a line. */
export const filterLine = ({ words }: Pick<ExportJob, 'words'>): string => words.join(', ') || 'All calls'

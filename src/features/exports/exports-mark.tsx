// The mark in the header for files that are being made or wait to be fetched; it opens the list of them.
import { Popover } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { ExportJob } from '#contract/export.ts'
import { exportsOf, useExports } from '#src/features/exports/exports-store.ts'
import { JobRow } from '#src/features/exports/job-row.tsx'
import { shareDone } from '#src/features/exports/job-words.ts'
import type { Api } from '#src/lib/api.ts'
import { problemWords } from '#src/ui/problem-words.ts'
import './exports.css'

const isWaiting = ({ state, fetchedAt }: ExportJob) =>
  state === 'queued' ||
  state === 'running' ||
  state === 'failed' ||
  (state === 'done' && fetchedAt === undefined)

function markWords(jobs: readonly ExportJob[]): string {
  const working = jobs.filter(({ status }) => status === 'processing')
  const [first] = working
  if (first) {
    const share = shareDone(first)
    const rest = working.length > 1 ? ` +${working.length - 1}` : ''
    return share === null ? `Exporting…${rest}` : `Exporting ${Math.floor(share * 100)} %${rest}`
  }
  if (jobs.some(({ state }) => state === 'failed')) return 'Export failed'
  return jobs.length === 1 ? 'Export ready' : `${jobs.length} exports ready`
}

/** Nothing while no file is made or waits; a file that was fetched stays until the list is closed. */
export function ExportsMark({ api, origin }: { api: Api; origin: string }) {
  const store = exportsOf(api, origin)
  const { jobs, problem } = useExports(store)
  const [open, setOpen] = useState(false)
  const waiting = (jobs ?? []).filter(isWaiting)
  const said = useNews(waiting)
  const shown = open ? (jobs ?? []) : waiting
  if (waiting.length === 0 && !open)
    return (
      <span className="sr-only" role="status">
        {said}
      </span>
    )
  return (
    <>
      <Popover opened={open} onChange={setOpen} position="bottom-end" width={420} trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className="exports-mark" onClick={() => setOpen(!open)}>
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11" />
            </svg>
            {waiting.length > 0 ? markWords(waiting) : 'Exports'}
          </button>
        </Popover.Target>
        <Popover.Dropdown className="exports-list">
          <h2>Exports</h2>
          {problem && <p className="tx-act">{problemWords(problem)}</p>}
          {shown.length === 0 && <p className="t3">No exports. Files are kept for 24 hours.</p>}
          {shown.map((job) => (
            <JobRow key={job.jobId} job={job} store={store} />
          ))}
        </Popover.Dropdown>
      </Popover>
      <span className="sr-only" role="status">
        {said}
      </span>
    </>
  )
}

/** What to say when one of them has come to an end. */
function useNews(waiting: readonly ExportJob[]): string {
  const before = useRef<ReadonlyMap<string, string> | null>(null)
  const [said, setSaid] = useState('')
  useEffect(() => {
    for (const { jobId, state, fileName } of waiting) {
      const was = before.current?.get(jobId)
      if (was === undefined || was === state) continue
      if (state === 'done') setSaid(`${fileName} is ready to download.`)
      if (state === 'failed') setSaid(`${fileName} failed.`)
    }
    before.current = new Map(waiting.map(({ jobId, state }) => [jobId, state]))
  }, [waiting])
  return said
}

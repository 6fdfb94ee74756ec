// One export: what it is, how far, and what can be done with it.
import { useState } from 'react'
import type { ExportJob } from '#contract/export.ts'
import type { ExportsStore } from '#src/features/exports/exports-store.ts'
import { filterLine, jobWords, shareDone } from '#src/features/exports/job-words.ts'
import { Button } from '#src/ui/button.tsx'
import { problemWords } from '#src/ui/problem-words.ts'

interface JobRowProps {
  job: ExportJob
  store: ExportsStore
}

/** The browser fetches the file by itself: it may be larger than a page can hold. */
function save(url: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = ''
  link.rel = 'noopener'
  link.click()
}

/** A line of the list of exports, and the inside of the dialog once an export is under way. */
export function JobRow({ job, store }: JobRowProps) {
  const [busy, setBusy] = useState<'link' | 'cancel' | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const share = shareDone(job)
  const isWorking = job.status === 'processing'
  const during = async (what: 'link' | 'cancel', work: () => Promise<string | null>) => {
    setBusy(what)
    setProblem(await work())
    setBusy(null)
  }
  const handleDownload = () =>
    during('link', async () => {
      const answer = await store.link(job.jobId)
      if (!answer.ok) return problemWords(answer.problem)
      save(answer.value)
      return null
    })
  const handleCancel = () =>
    during('cancel', async () => {
      const answer = await store.cancel(job.jobId)
      return answer.ok ? null : problemWords(answer.problem)
    })
  return (
    <div className="export-job" data-state={job.state}>
      <div className="export-job-words">
        <b className="clip" title={job.fileName}>
          {job.fileName}
        </b>
        <span className="export-filter clip" title={filterLine(job)}>
          {filterLine(job)}
        </span>
        {isWorking && (
          <progress
            aria-label={`Progress of ${job.fileName}`}
            {...(share === null ? {} : { value: share })}
            max={1}
          />
        )}
        <span className="export-state" data-bad={job.state === 'failed' || undefined}>
          {jobWords(job)}
        </span>
        {problem && (
          <span className="tx-act" role="alert">
            {problem}
          </span>
        )}
      </div>
      <div className="export-job-acts">
        {job.state === 'done' && (
          <Button kind="primary" busy={busy === 'link'} onClick={() => void handleDownload()}>
            Download
          </Button>
        )}
        <Button
          busy={busy === 'cancel'}
          aria-label={isWorking ? `Cancel ${job.fileName}` : `Remove ${job.fileName} from the list`}
          onClick={() => void handleCancel()}
        >
          {isWorking ? 'Cancel' : 'Remove'}
        </Button>
      </div>
    </div>
  )
}

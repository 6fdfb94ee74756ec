// The dialog that exports calls: what will be in the file, in words, then how far it is. Whoever closes it loses nothing.
import { Checkbox, Select } from '@mantine/core'
import { useState } from 'react'
import { type ExportColumnId, exportColumnNames, pdfCallsAtMost } from '#contract/export-columns.ts'
import { type ExportFormat, ExportForm, ExportFrame } from '#src/features/exports/export-form.tsx'
import { type ExportWish, type ExportsStore, useExports } from '#src/features/exports/exports-store.ts'
import { JobRow } from '#src/features/exports/job-row.tsx'
import { countWords } from '#src/lib/count-words.ts'
import { Button } from '#src/ui/button.tsx'
import { problemWords } from '#src/ui/problem-words.ts'

/** What is on screen, as the page that shows it knows it. */
export interface ExportOffer {
  /** The query of the list, without its page. */
  filters: ExportWish['filters']
  /** The same in words, e.g. `['mood negative', 'last 7 days']`; empty: all calls. */
  words: readonly string[]
  /** Its order in words, e.g. `start, newest first`. */
  sort: string
  /** How many calls, and whether that is all. Null until it is known. */
  count: number | null
  countExact: boolean
  /** As they stand on the screen. */
  columns: readonly ExportColumnId[]
  /** IANA zone of the page. */
  zone: string
}

const delimiters = [
  { value: 'comma', label: 'Comma ,' },
  { value: 'semicolon', label: 'Semicolon ;' },
  { value: 'tab', label: 'Tab' },
]

function whatWords({ count, countExact }: ExportOffer): string {
  if (count === null) return 'Calls'
  const words = countWords({ count, noun: 'call', exact: countExact })
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const leftWords = (left: number): string =>
  left === 0
    ? 'You have used your exports for today.'
    : `${countWords({ count: left, noun: 'more export' })} today. Files are kept for 24 hours.`

interface ExportDialogProps {
  offer: ExportOffer
  store: ExportsStore
  onClose: () => void
}

/** The dialog behind the key of `export.open`. */
export function ExportDialog({ offer, store, onClose }: ExportDialogProps) {
  const { jobs, left } = useExports(store)
  const [format, setFormat] = useState<ExportFormat>('csv')
  const [delimiter, setDelimiter] = useState<string>('comma')
  const [head, setHead] = useState(true)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [jobId, setJobId] = useState<string | null>(null)
  const job = jobs?.find((one) => one.jobId === jobId)
  const tooMany = format === 'pdf' && (offer.count ?? 0) > pdfCallsAtMost

  const handleSubmit = async () => {
    setBusy(true)
    setProblem(null)
    const answer = await store.order({
      filters: offer.filters,
      format,
      columns: [...offer.columns],
      zone: offer.zone,
      delimiter: delimiter === 'semicolon' || delimiter === 'tab' ? delimiter : 'comma',
      head,
    })
    setBusy(false)
    if (answer.ok) setJobId(answer.value.jobId)
    else setProblem(problemWords(answer.problem))
  }
  if (job)
    return (
      <ExportFrame title="Export" onClose={onClose}>
        <JobRow job={job} store={store} />
        <div className="export-foot">
          {job.status === 'processing' && (
            <p className="t3">It goes on while you work. The mark in the header tells when it is ready.</p>
          )}
          <Button data-autofocus onClick={onClose}>
            {job.status === 'processing' ? 'Keep working' : 'Close'}
          </Button>
        </div>
      </ExportFrame>
    )
  return (
    <ExportFrame title="Export calls" onClose={onClose}>
      <ExportForm
        facts={[
          [
            'What',
            <>
              <b>{whatWords(offer)}</b>
              {offer.words.length > 0 ? `: ${offer.words.join(', ')}` : ', all there are'}
            </>,
          ],
          ['Order', offer.sort],
          ['Columns', `${offer.columns.map((id) => exportColumnNames[id]).join(', ')}; as on the screen`],
          ['Times', `${offer.zone}, with UTC beside; lengths as hh:mm:ss and in seconds`],
        ]}
        formats={['csv', 'pdf']}
        format={format}
        onFormat={setFormat}
        problems={[
          tooMany &&
            `A PDF holds at most ${countWords({ count: pdfCallsAtMost, noun: 'call' })}. Choose CSV, or filter more.`,
          problem,
        ]}
        note={left === null ? null : leftWords(left)}
        refused={tooMany || left === 0}
        busy={busy}
        busyWords="Asking…"
        onSubmit={handleSubmit}
        onClose={onClose}
      >
        {format === 'csv' && (
          <div className="export-options">
            <Select
              label="Between the cells"
              data={delimiters}
              value={delimiter}
              onChange={(value) => setDelimiter(value ?? 'comma')}
              allowDeselect={false}
            />
            <Checkbox
              label="Lines above the table: filter, zone, time, by whom"
              checked={head}
              onChange={(event) => setHead(event.currentTarget.checked)}
            />
          </div>
        )}
      </ExportForm>
    </ExportFrame>
  )
}

// The dialog that exports calls: what will be in the file, in words, then how far it is. Whoever closes it loses nothing.
import { Checkbox, Modal, SegmentedControl, Select } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type ExportColumnId, exportColumnNames, pdfCallsAtMost } from '#contract/export-columns.ts'
import { type ExportWish, type ExportsStore, useExports } from '#src/features/exports/exports-store.ts'
import { JobRow } from '#src/features/exports/job-row.tsx'
import { formatCount } from '#src/lib/format.ts'
import { Button } from '#src/ui/button.tsx'
import { problemWords } from '#src/ui/problem-words.ts'
import './exports.css'

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

function countWords({ count, countExact }: ExportOffer): string {
  if (count === null) return 'Calls'
  return `${countExact ? '' : 'More than '}${formatCount(count)} ${count === 1 ? 'call' : 'calls'}`
}

interface ExportDialogProps {
  offer: ExportOffer
  store: ExportsStore
  onClose: () => void
}

/** The dialog behind the key of `export.open`. */
export function ExportDialog({ offer, store, onClose }: ExportDialogProps) {
  const { jobs, left } = useExports(store)
  const [format, setFormat] = useState<'csv' | 'pdf'>('csv')
  const [delimiter, setDelimiter] = useState<string>('comma')
  const [head, setHead] = useState(true)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [jobId, setJobId] = useState<string | null>(null)
  const job = jobs?.find((one) => one.jobId === jobId)
  const tooMany = format === 'pdf' && (offer.count ?? 0) > pdfCallsAtMost

  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || tooMany || left === 0) return
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
      <Modal opened onClose={onClose} title="Export" closeButtonProps={{ 'aria-label': 'Close' }} size="lg">
        <JobRow job={job} store={store} />
        <div className="export-foot">
          {job.status === 'processing' && (
            <p className="t3">It goes on while you work. The mark in the header tells when it is ready.</p>
          )}
          <Button data-autofocus onClick={onClose}>
            {job.status === 'processing' ? 'Keep working' : 'Close'}
          </Button>
        </div>
      </Modal>
    )
  return (
    <Modal
      opened
      onClose={onClose}
      title="Export calls"
      closeButtonProps={{ 'aria-label': 'Close' }}
      size="lg"
    >
      <form className="export-form" onSubmit={handleSubmit}>
        <dl>
          <dt>What</dt>
          <dd>
            <b>{countWords(offer)}</b>
            {offer.words.length > 0 ? `: ${offer.words.join(', ')}` : ', all there are'}
          </dd>
          <dt>Order</dt>
          <dd>{offer.sort}</dd>
          <dt>Columns</dt>
          <dd>{offer.columns.map((id) => exportColumnNames[id]).join(', ')}; as on the screen</dd>
          <dt>Times</dt>
          <dd>{offer.zone}, with UTC beside; lengths as hh:mm:ss and in seconds</dd>
        </dl>
        <SegmentedControl
          aria-label="Format"
          data={[
            { value: 'csv', label: 'CSV, for spreadsheets' },
            { value: 'pdf', label: 'PDF, to read and print' },
          ]}
          value={format}
          onChange={(value) => setFormat(value === 'pdf' ? 'pdf' : 'csv')}
        />
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
        {tooMany && (
          <p className="tx-act" role="alert">
            A PDF holds at most {formatCount(pdfCallsAtMost)} calls. Choose CSV, or filter more.
          </p>
        )}
        {problem && (
          <p className="tx-act" role="alert">
            {problem}
          </p>
        )}
        <div className="export-foot">
          {left !== null && (
            <p className="t3">
              {left === 0
                ? 'You have used your exports for today.'
                : `${left} more ${left === 1 ? 'export' : 'exports'} today. Files are kept for 24 hours.`}
            </p>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            type="submit"
            data-autofocus
            busy={busy}
            aria-disabled={tooMany || left === 0 || undefined}
          >
            {busy ? 'Asking…' : 'Export'}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

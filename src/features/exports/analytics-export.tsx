// The button that exports a page of analytics: the file is made at once and saved by the browser.
import { Checkbox, Modal, SegmentedControl } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { AnalyticsExportBody } from '#contract/export.ts'
import type { Api } from '#src/lib/api.ts'
import { useAction, useKeys } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { problemWords } from '#src/ui/problem-words.ts'
import './exports.css'

/** What the page shows: the question of its address. */
export interface AnalyticsOffer {
  report: AnalyticsExportBody['report_type']
  /** The page's name. */
  name: string
  question: Partial<
    Pick<
      AnalyticsExportBody,
      'from_date' | 'to_date' | 'zone' | 'interval' | 'business_id' | 'direction' | 'compare'
    >
  >
  /** Period and filters, as the page says them. */
  words: readonly string[]
}

/** How long a report may take: the full one with charts is laid out in seconds, ms. */
const patienceMs = 60_000

function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), patienceMs)
}

interface AnalyticsExportProps {
  offer: () => AnalyticsOffer
  api: Api
}

/** For a page whose reader has `exports.make`. */
export function AnalyticsExport({ offer, api }: AnalyticsExportProps) {
  const [wanted, setWanted] = useState<AnalyticsOffer | null>(null)
  const { cap, shortcuts } = useKeys()
  useAction('export.open', () => setWanted(offer()))
  return (
    <>
      <Button
        cap={cap('export.open')}
        aria-keyshortcuts={shortcuts('export.open')}
        aria-haspopup="dialog"
        onClick={() => setWanted(offer())}
      >
        Export
      </Button>
      {wanted && <AnalyticsDialog offer={wanted} api={api} onClose={() => setWanted(null)} />}
    </>
  )
}

function AnalyticsDialog({ offer, api, onClose }: { offer: AnalyticsOffer; api: Api; onClose: () => void }) {
  const [format, setFormat] = useState<'csv' | 'pdf'>('pdf')
  const [isFull, setFull] = useState(false)
  const [charts, setCharts] = useState(true)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setProblem(null)
    const report_type = isFull ? 'full' : offer.report
    const answer = await api.request('POST /api/v1/analytics/export', {
      body: { ...offer.question, format, report_type, include_charts: charts },
      timeoutMs: patienceMs,
    })
    setBusy(false)
    if (!answer.ok) return setProblem(problemWords(answer.problem))
    save(answer.value as Blob, `analytics-${report_type}-${new Date().toISOString().slice(0, 10)}.${format}`)
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title="Export analytics"
      closeButtonProps={{ 'aria-label': 'Close' }}
      size="lg"
    >
      <form className="export-form" onSubmit={handleSubmit}>
        <dl>
          <dt>What</dt>
          <dd>
            <b>{isFull ? 'All pages' : offer.name}</b>
            {offer.words.length > 0 && `: ${offer.words.join(', ')}`}
          </dd>
          <dt>Times</dt>
          <dd>{offer.question.zone ?? 'the company’s zone'}</dd>
        </dl>
        <SegmentedControl
          aria-label="Format"
          data={[
            { value: 'pdf', label: 'PDF, to read and print' },
            { value: 'csv', label: 'CSV, for spreadsheets' },
          ]}
          value={format}
          onChange={(value) => setFormat(value === 'pdf' ? 'pdf' : 'csv')}
        />
        <Checkbox
          label="All pages of analytics, not this one alone"
          checked={isFull}
          onChange={(event) => setFull(event.currentTarget.checked)}
        />
        {format === 'pdf' && (
          <Checkbox
            label="With charts; the tables behind them are there either way"
            checked={charts}
            onChange={(event) => setCharts(event.currentTarget.checked)}
          />
        )}
        {problem && (
          <p className="tx-act" role="alert">
            {problem}
          </p>
        )}
        <div className="export-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" data-autofocus busy={busy}>
            {busy ? 'Making the file…' : 'Export'}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

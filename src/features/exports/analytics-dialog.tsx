// The dialog that exports a page of analytics: the file is made at once and saved by the browser.
import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { AnalyticsExportBody } from '#contract/export.ts'
import { type ExportFormat, ExportForm, ExportFrame } from '#src/features/exports/export-form.tsx'
import type { Api } from '#src/lib/api.ts'
import { problemWords } from '#src/ui/problem-words.ts'

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

interface AnalyticsDialogProps {
  offer: AnalyticsOffer
  api: Api
  onClose: () => void
}

/** The dialog behind the key of `export.open`. */
export function AnalyticsDialog({ offer, api, onClose }: AnalyticsDialogProps) {
  const [format, setFormat] = useState<ExportFormat>('pdf')
  const [isFull, setFull] = useState(false)
  const [charts, setCharts] = useState(true)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const handleSubmit = async () => {
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
    <ExportFrame title="Export analytics" onClose={onClose}>
      <ExportForm
        facts={[
          [
            'What',
            <>
              <b>{isFull ? 'All pages' : offer.name}</b>
              {offer.words.length > 0 && `: ${offer.words.join(', ')}`}
            </>,
          ],
          ['Times', offer.question.zone ?? 'the company’s zone'],
        ]}
        formats={['pdf', 'csv']}
        format={format}
        onFormat={setFormat}
        problems={[problem]}
        busy={busy}
        busyWords="Making the file…"
        onSubmit={handleSubmit}
        onClose={onClose}
      >
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
      </ExportForm>
    </ExportFrame>
  )
}

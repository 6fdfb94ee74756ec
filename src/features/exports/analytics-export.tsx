// The button that exports a page of analytics; the dialog comes when it is asked for.
import type { AnalyticsOffer } from '#src/features/exports/analytics-dialog.tsx'
import { ExportTrigger } from '#src/features/exports/export-trigger.tsx'
import type { Api } from '#src/lib/api.ts'
import { later } from '#src/ui/later.tsx'

const AnalyticsDialog = later(
  () => import('#src/features/exports/analytics-dialog.tsx').then((module) => module.AnalyticsDialog),
  'The export',
)

interface AnalyticsExportProps {
  /** What is shown at the moment of the wish. */
  offer: () => AnalyticsOffer
  api: Api
}

/** For a page whose reader has `exports.make`. */
export function AnalyticsExport({ offer, api }: AnalyticsExportProps) {
  return (
    <ExportTrigger offer={offer}>
      {(wanted, onClose) => <AnalyticsDialog offer={wanted} api={api} onClose={onClose} />}
    </ExportTrigger>
  )
}

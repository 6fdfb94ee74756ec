// The button that exports the calls a page shows; the dialog comes when it is asked for.
import type { ExportOffer } from '#src/features/exports/export-dialog.tsx'
import { ExportTrigger } from '#src/features/exports/export-trigger.tsx'
import { exportsOf } from '#src/features/exports/exports-store.ts'
import type { Api } from '#src/lib/api.ts'
import { later } from '#src/ui/later.tsx'

const ExportDialog = later(
  () => import('#src/features/exports/export-dialog.tsx').then((module) => module.ExportDialog),
  'The export',
)

interface ExportButtonProps {
  /** What is shown at the moment of the wish. */
  offer: () => ExportOffer
  api: Api
  /** Of the server; empty for the page's own. */
  origin: string
}

/** For a page whose reader has `exports.make`. */
export function ExportButton({ offer, api, origin }: ExportButtonProps) {
  return (
    <ExportTrigger offer={offer}>
      {(wanted, onClose) => <ExportDialog offer={wanted} store={exportsOf(api, origin)} onClose={onClose} />}
    </ExportTrigger>
  )
}

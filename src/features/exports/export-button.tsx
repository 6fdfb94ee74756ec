// The button that exports what a page shows, with its key; the dialog comes when it is asked for.
import { useState } from 'react'
import type { ExportOffer } from '#src/features/exports/export-dialog.tsx'
import { exportsOf } from '#src/features/exports/exports-store.ts'
import type { Api } from '#src/lib/api.ts'
import { useAction, useKeys } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
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
  const [wanted, setWanted] = useState<ExportOffer | null>(null)
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
      {wanted && (
        <ExportDialog offer={wanted} store={exportsOf(api, origin)} onClose={() => setWanted(null)} />
      )}
    </>
  )
}

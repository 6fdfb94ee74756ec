// The button that exports what a page shows, with its key. What was shown at the moment of the wish is what is exported.
import { type ReactNode, useState } from 'react'
import { useAction, useKeys } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'

interface ExportTriggerProps<Offer> {
  /** What is shown at the moment of the wish. */
  offer: () => Offer
  /** The dialog for it. */
  children: (offer: Offer, onClose: () => void) => ReactNode
}

/** For a page whose reader has `exports.make`. */
export function ExportTrigger<Offer extends object>({ offer, children }: ExportTriggerProps<Offer>) {
  const [wanted, setWanted] = useState<Offer | null>(null)
  const { cap, shortcuts } = useKeys()
  const ask = () => setWanted(offer())
  useAction('export.open', ask)
  return (
    <>
      <Button
        cap={cap('export.open')}
        aria-keyshortcuts={shortcuts('export.open')}
        aria-haspopup="dialog"
        onClick={ask}
      >
        Export
      </Button>
      {wanted && children(wanted, () => setWanted(null))}
    </>
  )
}

// What can still be taken back: a line for each, with the key beside the newest.
import type { Offered } from '#src/actions/undo-list.ts'
import { useKeys, useRegistry } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'

/** The offers at the foot of the page, newest below, nearest to the hand. */
export function UndoToast({ offers }: { offers: readonly Offered[] }) {
  const { undo } = useRegistry()
  const { cap, shortcuts } = useKeys()
  const newest = offers.find(({ outcome }) => outcome === undefined)?.key
  return (
    <div className="foot-note undo-toast" role="status">
      {offers.toReversed().map(({ key, text, failed, outcome }) => {
        const isNewest = key === newest
        return (
          <div key={key} className="undo-line">
            <span>{outcome ?? (failed ? `Could not be taken back: ${text}` : text)}</span>
            {outcome === undefined && (
              <Button
                kind="quiet"
                cap={isNewest ? cap('undo.last') : undefined}
                aria-keyshortcuts={isNewest ? shortcuts('undo.last') : undefined}
                aria-label={failed ? `Try again to undo: ${text}` : `Undo: ${text}`}
                onClick={() => undo.take(key)}
              >
                {failed ? 'Try again' : 'Undo'}
              </Button>
            )}
            <Button kind="quiet" aria-label={`Dismiss: ${text}`} onClick={() => undo.dismiss(key)}>
              ×
            </Button>
          </div>
        )
      })}
    </div>
  )
}

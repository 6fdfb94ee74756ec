// Over a call on its own page: the neighbours in the list it was opened from, its link, its paper, the way back.
import { useEffect, useState } from 'react'
import type { Session } from '#contract/auth.ts'
import { can } from '#contract/permissions.ts'
import { neighboursIn, readWalk } from '#src/lib/call-walk.ts'
import { useWayBack } from '#src/app/pages/use-way-back.ts'
import { useAction, useKeys } from '#src/ui/actions.tsx'
import { go } from '#src/ui/address.ts'
import { Button } from '#src/ui/button.tsx'

const saidMs = 4000

/** The tools of one call. */
export function CallTools({ callId, user }: { callId: string; user: Session }) {
  const { back, name, state } = useWayBack(callId)
  const [walk] = useState(readWalk)
  const near = neighboursIn(walk, callId)
  const [said, setSaid] = useState<string | null>(null)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), saidMs)
    return () => clearTimeout(timer)
  }, [said])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`${location.origin}/calls/${encodeURIComponent(callId)}`)
      setSaid('Copied a link to the call')
    } catch {
      setSaid('The browser did not allow copying.')
    }
  }
  const goTo = (id: string | null | undefined) => {
    // The way back leads to the list, not through every call that was looked at.
    if (id) go(`/calls/${encodeURIComponent(id)}`, { replace: true, state })
  }
  const print = () => window.print()
  const noWalk = 'This call was not opened from a list.'
  useAction(
    'walk.previous',
    () => goTo(near?.previous),
    near ? near.previous !== null || 'This is the first call of the list.' : noWalk,
  )
  useAction(
    'walk.next',
    () => goTo(near?.next),
    near ? near.next !== null || 'This is the last call of the list.' : noWalk,
  )
  useAction('call.copy-link', () => void copy())
  useAction('call.print', print, can(user.role, 'calls.download'))
  useAction('call.close', back)
  const { cap, shortcuts } = useKeys()
  return (
    <div className="call-tools">
      {near && (
        <span className="call-walk">
          <Button
            kind="quiet"
            cap={cap('walk.previous')}
            aria-keyshortcuts={shortcuts('walk.previous')}
            aria-label="Previous call of the list"
            disabled={near.previous === null}
            onClick={() => goTo(near.previous)}
          >
            ←
          </Button>
          <span className="t3">
            {near.place + 1} of {near.count}
          </span>
          <Button
            kind="quiet"
            cap={cap('walk.next')}
            aria-keyshortcuts={shortcuts('walk.next')}
            aria-label="Next call of the list"
            disabled={near.next === null}
            onClick={() => goTo(near.next)}
          >
            →
          </Button>
        </span>
      )}
      <output className="t3">{said}</output>
      <Button
        kind="quiet"
        cap={cap('call.copy-link')}
        aria-keyshortcuts={shortcuts('call.copy-link')}
        onClick={() => void copy()}
      >
        Copy link
      </Button>
      {can(user.role, 'calls.download') && (
        <Button kind="quiet" onClick={print}>
          Print
        </Button>
      )}
      <Button kind="quiet" cap={cap('call.close')} aria-keyshortcuts={shortcuts('call.close')} onClick={back}>
        {name}
      </Button>
    </div>
  )
}

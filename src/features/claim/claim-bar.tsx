// Who has the open call and who looks at it: one line that is always there, so that nothing moves when somebody comes.
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { Role } from '#contract/permissions.ts'
import type { Watcher } from '#contract/presence.ts'
import { useCall } from '#src/live/use-live.ts'
import { type ClaimHandle, useClaim } from '#src/features/claim/use-claim.ts'
import { Button } from '#src/ui/button.tsx'
import { clockText } from '#src/ui/clock-text.ts'
import { useKeys } from '#src/ui/actions.tsx'
import './claim.css'

interface ClaimBarProps {
  callId: string
  /** Who is signed in here. */
  meId: string
  role: Role | null
}

const whole = (call: Call) => call

/** The line under the head of an open call. */
export function ClaimBar({ callId, meId, role }: ClaimBarProps) {
  const call = useCall(callId, whole)
  return call ? <CallClaim call={call} meId={meId} role={role} /> : <div className="claim" aria-busy="true" />
}

function CallClaim({ call, meId, role }: { call: Call } & Omit<ClaimBarProps, 'callId'>) {
  const claim = useClaim(call, meId, role)
  const others = call.presence?.watchers.filter(({ id }) => id !== meId) ?? []
  const state = !isLive(call.status) ? 'over' : claim.isMine ? 'mine' : claim.holder ? 'theirs' : 'free'
  return (
    <section className={`claim claim-${state}`} aria-label="Who has this call" data-claim={state}>
      <div className="claim-words" role="status">
        {state === 'free' && <span className="t3">Nobody has this call in hand.</span>}
        {state === 'over' && <span className="t3">This call is over.</span>}
        {state === 'mine' && <Mine claim={claim} />}
        {state === 'theirs' && <Theirs claim={claim} meId={meId} />}
        {claim.problem && <span className="tx-act">{claim.problem}</span>}
      </div>
      {claim.may && state !== 'over' && <Acts claim={claim} meId={meId} />}
      <Watching others={others} more={call.presence?.more ?? 0} />
    </section>
  )
}

function Mine({ claim: { holder } }: { claim: ClaimHandle }) {
  if (!holder) return null
  const { asked } = holder
  if (!asked)
    return (
      <span>
        <b>You have this call</b> <span className="t3">since {clockText(Date.parse(holder.since))}</span>
      </span>
    )
  return (
    <span className="tx-attention">
      <b>{asked.name}</b> asks for this call
      {asked.note && (
        <>
          : <q dir="auto">{asked.note}</q>
        </>
      )}
    </span>
  )
}

function Theirs({ claim: { holder }, meId }: { claim: ClaimHandle; meId: string }) {
  if (!holder) return null
  const since = clockText(Date.parse(holder.since))
  const isAsked = holder.asked?.id === meId
  return (
    <span>
      <b>{holder.name}</b>{' '}
      {holder.from?.id === meId ? `took this call over from you at ${since}` : `has this call since ${since}`}
      {isAsked && <span className="t3"> · asked, no answer yet</span>}
      {holder.asked && !isAsked && <span className="t3"> · {holder.asked.name} has asked for it</span>}
    </span>
  )
}

function Acts({ claim, meId }: { claim: ClaimHandle; meId: string }) {
  const { cap, shortcuts } = useKeys()
  const { holder, isMine, busy, take, release, ask, answer } = claim
  if (isMine && holder?.asked)
    return (
      <span className="claim-acts">
        <Button
          cap={cap('claim.hand-over')}
          aria-keyshortcuts={shortcuts('claim.hand-over')}
          busy={busy}
          onClick={() => answer(true)}
        >
          Hand over
        </Button>
        <Button
          kind="quiet"
          cap={cap('claim.keep')}
          aria-keyshortcuts={shortcuts('claim.keep')}
          busy={busy}
          onClick={() => answer(false)}
        >
          Keep
        </Button>
      </span>
    )
  if (holder && !isMine)
    return (
      <span className="claim-acts">
        <Button
          kind="quiet"
          cap={cap('claim.ask')}
          aria-keyshortcuts={shortcuts('claim.ask')}
          busy={busy}
          aria-disabled={holder.asked !== undefined || undefined}
          title={holder.asked?.id === meId ? 'You have asked already.' : undefined}
          onClick={() => {
            if (!holder.asked) ask()
          }}
        >
          Ask
        </Button>
        <Button kind="quiet" busy={busy} onClick={() => take(true)}>
          Take over
        </Button>
      </span>
    )
  return (
    <span className="claim-acts">
      <Button
        kind="quiet"
        cap={cap('claim.toggle')}
        aria-keyshortcuts={shortcuts('claim.toggle')}
        busy={busy}
        onClick={() => (isMine ? release() : take())}
      >
        {isMine ? 'Let go' : 'Take it'}
      </Button>
    </span>
  )
}

function Watching({ others, more }: { others: readonly Watcher[]; more: number }) {
  if (others.length === 0) return null
  const names = others.map(({ name }) => name).join(', ')
  const words = `Also watching: ${names}${more > 0 ? ` and ${more} more` : ''}`
  return (
    <span className="claim-watching" title={words}>
      <span className="sr-only">{words}</span>
      <span aria-hidden="true">
        {others.slice(0, 3).map(({ id, initials }) => (
          <span key={id} className="claim-face">
            {initials}
          </span>
        ))}
        {others.length + more > 3 && `+${others.length + more - 3}`}
      </span>
    </span>
  )
}

// A pause and instructions that hold on the open call: everybody who has it open sees them, with the time they have left.
import { useState } from 'react'
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import { type Role, can } from '#contract/permissions.ts'
import type { Intervention } from '#contract/transcript.ts'
import { formatDuration } from '#src/lib/duration.ts'
import type { OpenCall } from '#src/live/live-state.ts'
import { useCall, useLiveActions, useOpenCall, useServerNow } from '#src/live/use-live.ts'
import { type Attempt, useAttempt } from '#src/features/intervene/use-attempt.tsx'
import { Button } from '#src/ui/button.tsx'
import { clockText } from '#src/ui/clock-text.ts'
import { problemWords } from '#src/ui/problem-words.ts'
import './composer.css'

interface HoldBannersProps {
  callId: string
  role: Role | null
}

const whole = (call: Call) => call
const none: readonly Intervention[] = []
const actsOf = (open: OpenCall | undefined) => open?.interventions ?? none

/** Nothing when nothing holds. */
export function HoldBanners({ callId, role }: HoldBannersProps) {
  const call = useCall(callId, whole)
  const acts = useOpenCall(callId, actsOf)
  if (!call || !isLive(call.status)) return null
  const may = can(role, 'calls.intervene')
  const coming = acts.findLast(
    ({ action, state }) => action === 'override_instructions' && (state === 'sent' || state === 'delivered'),
  )
  if (!call.pause && !call.override && !coming) return null
  return (
    <ul className="holds" aria-label="What holds on this call">
      {call.pause && call.ai_paused && <PauseBanner call={call} pause={call.pause} may={may} />}
      {coming && (
        <li className="hold" data-hold="coming">
          <span className="hold-words">
            New instructions by <b>{coming.by.name}</b> are on their way: <q dir="auto">{coming.text}</q>
          </span>
        </li>
      )}
      {call.override && (
        <OverrideBanner call={call} override={call.override} may={may} isEnding={isEnding(acts)} />
      )}
    </ul>
  )
}

/** A wish to withdraw is under way. */
function isEnding(acts: readonly Intervention[]): boolean {
  const last = acts.findLast(({ action }) => action === 'clear_override')
  return last?.state === 'sent' || last?.state === 'delivered'
}

function PauseBanner({ call, pause, may }: { call: Call; pause: NonNullable<Call['pause']>; may: boolean }) {
  const { commands } = useLiveActions()
  const { busy, problem, run, dialog } = useHoldAct(call.id)
  return (
    <li className="hold" data-hold="pause">
      <span className="hold-words">
        {call.ai_name ?? 'The AI'} was paused by <b>{pause.by.name}</b>
        <span className="hold-when"> at {clockText(Date.parse(pause.at))}</span>
        {', '}
        {pause.until ? (
          <>
            resumes by itself in <Left until={pause.until} />
          </>
        ) : (
          'until somebody resumes it'
        )}
        .{problem && <span className="tx-act"> {problem}</span>}
      </span>
      {may && (
        <Button
          kind="quiet"
          busy={busy}
          onClick={() => void run('resume the AI', (force) => commands.resume(call.id, force))}
        >
          Resume now
        </Button>
      )}
      {dialog}
    </li>
  )
}

interface OverrideBannerProps {
  call: Call
  override: NonNullable<Call['override']>
  may: boolean
  isEnding: boolean
}

function OverrideBanner({ call, override, may, isEnding }: OverrideBannerProps) {
  const { commands } = useLiveActions()
  const { busy, problem, run, dialog } = useHoldAct(call.id)
  return (
    <li className="hold" data-hold="override">
      <span className="hold-words" title={override.instructions}>
        <b>{override.by}</b> overrides the instructions
        <span className="hold-when"> since {clockText(Date.parse(override.at))}</span>
        {override.scope === 'turn' ? (
          ', for the next turn'
        ) : override.until ? (
          <>
            , for another <Left until={override.until} />
          </>
        ) : (
          <span className="hold-when">, for the rest of this call</span>
        )}
        : <q dir="auto">{override.instructions}</q>
        {problem && <span className="tx-act"> {problem}</span>}
      </span>
      {may && (
        <Button
          kind="quiet"
          busy={busy || isEnding}
          onClick={() =>
            void run('withdraw the instructions', (force) => commands.clearOverride(call.id, force))
          }
        >
          {isEnding ? 'Withdrawing…' : 'Withdraw'}
        </Button>
      )}
      {dialog}
    </li>
  )
}

function Left({ until }: { until: string }) {
  const now = useServerNow(1000)
  return <b>{formatDuration(Math.max(0, Date.parse(until) - now))}</b>
}

/** One act on what holds: busy while it is asked; when somebody else has the call, the way to it is offered. */
function useHoldAct(callId: string) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const { attempt, dialog } = useAttempt(callId, (answer) => {
    setProblem(answer.ok ? null : problemWords(answer.problem))
    return answer.ok
  })
  const run: Attempt = async (...wish) => {
    setBusy(true)
    const done = await attempt(...wish)
    setBusy(false)
    return done
  }
  return { busy, problem, run, dialog }
}

// The warm transfer of the open call: every state with its time, who was asked, what follows, and the next act.
import { useState } from 'react'
import type { Session } from '#contract/auth.ts'
import type { Call } from '#contract/call.ts'
import type { EscalationChange } from '#contract/escalation-endpoints.ts'
import { isLive } from '#contract/call-rules.ts'
import { can } from '#contract/permissions.ts'
import type { Transfer, TransferFallback } from '#contract/transfer.ts'
import type { Escalation } from '#contract/transcript.ts'
import type { Api } from '#src/lib/api.ts'
import type { OpenCall } from '#src/live/live-state.ts'
import { useCall, useOpenCall, useServerNow } from '#src/live/use-live.ts'
import { BriefingCard } from '#src/features/transfer/briefing-card.tsx'
import { escalationSteps } from '#src/features/transfer/escalation-steps.ts'
import { HandBackForm } from '#src/features/transfer/hand-back-form.tsx'
import {
  attemptLine,
  fallbackWords,
  nextWords,
  standingWords,
  transferSteps,
} from '#src/features/transfer/transfer-words.ts'
import { Button } from '#src/ui/button.tsx'
import { problemWords } from '#src/ui/problem-words.ts'
import { Steps } from '#src/ui/steps.tsx'
import './transfer.css'

interface TransferPanelProps {
  callId: string
  user: Session
  api: Api
  onJump: (lineNumber: number) => void
}

const whole = (call: Call) => call
const openOf = (open: OpenCall | undefined) => open
const fallbacks = Object.keys(fallbackWords) as TransferFallback[]

/** Nothing until a person was asked for. */
export function TransferPanel({ callId, user, api, onJump }: TransferPanelProps) {
  const call = useCall(callId, whole)
  const open = useOpenCall(callId, openOf)
  const escalation = open?.escalation
  if (!call || !open || !escalation) return null
  return <Panel call={call} open={open} escalation={escalation} user={user} api={api} onJump={onJump} />
}

interface PanelProps extends Omit<TransferPanelProps, 'callId'> {
  call: Call
  open: OpenCall
  escalation: Escalation
}

function Panel({ call, open, escalation, user, api, onJump }: PanelProps) {
  const now = useServerNow(1000)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [form, setForm] = useState<'hand-back' | null>(null)
  const { transfer, briefing, status } = escalation
  const isOpen = (status === 'pending' || status === 'in_progress') && isLive(call.status)
  const may = isOpen && can(user.role, 'escalations.handle')
  // The server decides who the receiver is; here only whether it makes sense to offer it.
  const isReceiver = transfer?.agent?.id === user.user_id || transfer?.agent?.name === user.name
  const [briefingShown, setBriefingShown] = useState<boolean | null>(null)
  const showsBriefing = briefingShown ?? (isReceiver && isOpen)

  const change = async (body: EscalationChange): Promise<boolean> => {
    if (busy) return false
    setBusy(true)
    const answer = await api.request('PATCH /api/v1/escalations/:id', { params: { id: escalation.id }, body })
    setBusy(false)
    setProblem(answer.ok ? null : problemWords(answer.problem))
    return answer.ok
  }
  const lineNumber = (lineId: number): number | null => {
    const index = open.lines.findIndex(({ id }) => id === lineId)
    return index < 0 ? null : open.total - open.lines.length + index + 1
  }
  const startedAt = Date.parse(call.started_at)
  const steps = transfer
    ? transferSteps(escalation, transfer, startedAt, now)
    : escalationSteps(escalation, startedAt, now)
  return (
    <section className="transfer" aria-label="Transfer to a person" data-transfer={transfer?.state ?? status}>
      <Steps label="Escalation" steps={steps} meaning={status === 'pending' ? 'act' : 'human'} />
      {transfer && <Standing transfer={transfer} now={now} />}
      {transfer && transfer.attempts.length > 1 && (
        <ol className="transfer-attempts" aria-label="Who was asked">
          {transfer.attempts.map((attempt) => (
            <li key={attempt.at}>{attemptLine(attempt)}</li>
          ))}
        </ol>
      )}
      {transfer?.promised && <p className="transfer-standing">Promised: {transfer.promised.join(' · ')}</p>}
      <div className="transfer-acts">
        {may && status === 'pending' && (
          <>
            <Button kind="primary" busy={busy} onClick={() => void change({ status: 'in_progress' })}>
              Take it myself
            </Button>
            {transfer?.agent && (
              <Button busy={busy} onClick={() => void change({ status: 'rejected' })}>
                {isReceiver ? 'Say no' : 'Stop ringing'}
              </Button>
            )}
            <Button kind="quiet" busy={busy} onClick={() => void change({ status: 'cancelled' })}>
              Withdraw
            </Button>
            {transfer && (
              <FallbackChoice value={transfer.fallback} onChoose={(fallback) => void change({ fallback })} />
            )}
          </>
        )}
        {may && status === 'in_progress' && form === null && (
          <Button kind="primary" onClick={() => setForm('hand-back')}>
            Hand back to {call.ai_name ?? 'the AI'}
          </Button>
        )}
        {briefing && (
          <Button kind="quiet" aria-expanded={showsBriefing} onClick={() => setBriefingShown(!showsBriefing)}>
            {showsBriefing ? 'Hide the briefing' : 'Briefing'}
            {!showsBriefing && isOpen && !briefing.confirmed_at && (
              <span className="t3"> · not read yet</span>
            )}
            {!showsBriefing && briefing.confirmed_at && <span className="tx-met"> · read</span>}
          </Button>
        )}
      </div>
      {problem && (
        <p className="tx-act" role="alert">
          {problem}
        </p>
      )}
      {form === 'hand-back' && may && (
        <HandBackForm
          who={transfer?.agent?.name ?? 'the person'}
          ai={call.ai_name ?? 'the AI'}
          busy={busy}
          onCancel={() => setForm(null)}
          onHandBack={(promised) =>
            void change({ status: 'completed', promised }).then((done) => done && setForm(null))
          }
        />
      )}
      {briefing && showsBriefing && (
        <BriefingCard
          briefing={briefing}
          mayEdit={may}
          mayConfirm={may && isReceiver}
          busy={busy}
          lineNumber={lineNumber}
          onJump={onJump}
          onEdit={(patch) => change({ briefing: patch })}
          onConfirm={() => void change({ confirm_briefing: true })}
        />
      )}
    </section>
  )
}

function Standing({ transfer, now }: { transfer: Transfer; now: number }) {
  const next = nextWords(transfer, now)
  return (
    <p className="transfer-standing">
      {standingWords(transfer)} {next && <span className="t3">{next}.</span>}
    </p>
  )
}

interface FallbackChoiceProps {
  value: TransferFallback
  onChoose: (fallback: TransferFallback) => void
}

function FallbackChoice({ value, onChoose }: FallbackChoiceProps) {
  return (
    <label className="transfer-fallback">
      <span className="t3">Else</span>
      <select value={value} onChange={(event) => onChoose(event.target.value as TransferFallback)}>
        {fallbacks.map((fallback) => (
          <option key={fallback} value={fallback}>
            {fallbackWords[fallback]}
          </option>
        ))}
      </select>
    </label>
  )
}

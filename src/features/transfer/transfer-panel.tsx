// The warm transfer of the open call: every state with its time, who was asked, what follows, and the next act. Folded it is
// one line that says where it stands.
import { useId, useState } from 'react'
import type { Session } from '#contract/auth.ts'
import type { Call } from '#contract/call.ts'
import type { EscalationChange } from '#contract/escalation-endpoints.ts'
import type { ApiProblem } from '#contract/errors.ts'
import { isLive } from '#contract/call-rules.ts'
import { can } from '#contract/permissions.ts'
import type { Escalation } from '#contract/transcript.ts'
import type { Api } from '#src/lib/api.ts'
import type { Result } from '#src/lib/result.ts'
import type { OpenCall } from '#src/live/live-state.ts'
import { useCall, useOpenCall, useServerNow } from '#src/live/use-live.ts'
import { BriefingCard } from '#src/features/transfer/briefing-card.tsx'
import { type BriefingDraft, BriefingForm, draftOf } from '#src/features/transfer/briefing-form.tsx'
import { escalationSteps } from '#src/features/transfer/escalation-steps.ts'
import { HandBackForm } from '#src/features/transfer/hand-back-form.tsx'
import { RequestActs } from '#src/features/transfer/request-acts.tsx'
import {
  attemptLine,
  escalationLine,
  handBackWords,
  nextWords,
  standingWords,
  transferLine,
  transferSteps,
} from '#src/features/transfer/transfer-words.ts'
import { Button } from '#src/ui/button.tsx'
import { useKept } from '#src/ui/kept.ts'
import { StateMark } from '#src/ui/state-mark.tsx'
import { Steps } from '#src/ui/steps.tsx'
import './transfer.css'

interface TransferPanelProps {
  callId: string
  user: Session
  api: Api
  onJump: (lineNumber: number) => void
  /** Asks for an act, e.g. `take the call`; where somebody else has the call, the way to do it all the same is offered. */
  attempt: (
    act: string,
    run: (force?: boolean) => Promise<Result<unknown, ApiProblem>>,
    onTaken?: () => void,
  ) => Promise<boolean>
  /** Why the last act was not done, in words. */
  problem: string | null
  /** What went wrong does not matter any more: it was let go, or something else is tried. */
  onSettled: () => void
  /** Whether it is unfolded; undefined where there is room, and who looks decides. */
  unfolded: boolean | undefined
  onUnfold: (isWanted: boolean) => void
}

const whole = (call: Call) => call
const openOf = (open: OpenCall | undefined) => open

/** Nothing until a person was asked for. Give it the call's id as its key. */
export function TransferPanel({ callId, ...rest }: TransferPanelProps) {
  const call = useCall(callId, whole)
  const open = useOpenCall(callId, openOf)
  const escalation = open?.escalation
  if (!call || !open || !escalation) return null
  // Another escalation of the call has a briefing of its own.
  return <Panel key={escalation.id} call={call} open={open} escalation={escalation} {...rest} />
}

interface PanelProps extends Omit<TransferPanelProps, 'callId'> {
  call: Call
  open: OpenCall
  escalation: Escalation
}

function Panel(props: PanelProps) {
  const { call, open, escalation, user, api, onJump, attempt, problem, onSettled, unfolded, onUnfold } = props
  const now = useServerNow(1000)
  const bodyId = useId()
  const [busy, setBusy] = useState(false)
  const [isOwnOpen, setOwnOpen] = useState(true)
  const isUnfolded = unfolded ?? isOwnOpen
  const unfold = unfolded === undefined ? setOwnOpen : onUnfold
  const [draft, setDraft] = useKept<BriefingDraft | null>(`briefing ${escalation.id}`, null)
  const [promised, setPromised] = useKept<string | null>(`hand back ${escalation.id}`, null)
  const { transfer, briefing, status } = escalation
  const ai = call.ai_name ?? 'the AI'
  const isOpen = (status === 'pending' || status === 'in_progress') && isLive(call.status)
  const may = isOpen && can(user.role, 'escalations.handle')
  // The server decides who the receiver is; here only whether it makes sense to offer it.
  const isReceiver = transfer?.agent?.id === user.user_id || transfer?.agent?.name === user.name
  const [briefingShown, setBriefingShown] = useState<boolean | null>(null)
  const showsBriefing = briefingShown ?? ((isReceiver && isOpen) || draft !== null)
  const isGoingBack = transfer?.hand_back !== undefined && transfer.hand_back.state !== 'refused'

  const change = async (act: string, body: EscalationChange, onTaken?: () => void): Promise<void> => {
    if (busy) return
    onSettled()
    setBusy(true)
    const ask = (force?: boolean) =>
      api.request('PATCH /api/v1/escalations/:id', {
        params: { id: escalation.id },
        body: force ? { ...body, force } : body,
      })
    const done = await attempt(act, ask, onTaken)
    setBusy(false)
    if (done) onTaken?.()
  }
  const lineNumber = (lineId: number): number | null => {
    const index = open.lines.findIndex(({ id }) => id === lineId)
    return index < 0 ? null : open.total - open.lines.length + index + 1
  }
  const startedAt = Date.parse(call.started_at)
  const steps = transfer
    ? transferSteps(escalation, transfer, startedAt, now)
    : escalationSteps(escalation, startedAt, now)
  const next = transfer && nextWords(transfer, now)
  const isWritten = draft !== null || (promised ?? '') !== ''
  const main = mainAct()

  /** The act that the state asks for; in the line while the rest is folded. */
  function mainAct() {
    if (!may) return null
    if (status === 'pending')
      return (
        <Button
          kind="primary"
          busy={busy}
          onClick={() => void change('take the call', { status: 'in_progress' })}
        >
          Take it myself
        </Button>
      )
    if (promised !== null && isUnfolded) return null
    return (
      <Button
        kind="primary"
        busy={isGoingBack}
        onClick={() => {
          setPromised(promised ?? '')
          unfold(true)
        }}
      >
        Hand back to {ai}
      </Button>
    )
  }
  return (
    <section
      className="transfer"
      aria-label="Transfer to a person"
      data-transfer={transfer?.state ?? status}
      data-unfolded={isUnfolded}
    >
      <div className="transfer-line">
        <StateMark meaning={status === 'pending' ? 'act' : status === 'in_progress' ? 'human' : 'ended'} />
        {isUnfolded ? (
          <p className="transfer-standing">
            {transfer ? standingWords(transfer) : escalationLine(escalation, now)}{' '}
            {next && <span className="t3">{next}.</span>}
          </p>
        ) : (
          <p className="transfer-standing clip" title={next ?? undefined}>
            {transfer ? transferLine(transfer, now, isWritten) : escalationLine(escalation, now)}
            {isWritten && <span className="tx-attention"> · not saved</span>}
          </p>
        )}
        {!isUnfolded && main}
        <Button
          kind="quiet"
          aria-expanded={isUnfolded}
          aria-controls={bodyId}
          aria-label={`${isUnfolded ? 'Less' : 'More'} about the transfer`}
          onClick={() => unfold(!isUnfolded)}
        >
          {isUnfolded ? 'Less' : 'More'}
        </Button>
      </div>
      {transfer?.hand_back && <p className="transfer-note">{handBackWords(transfer, ai)}</p>}
      {problem && (
        <p className="transfer-note tx-act" role="alert">
          {problem}
        </p>
      )}
      <div id={bodyId} className="transfer-body" hidden={!isUnfolded}>
        <Steps label="Escalation" steps={steps} meaning={status === 'pending' ? 'act' : 'human'} />
        {transfer && transfer.attempts.length > 1 && (
          <ol className="transfer-attempts" aria-label="Who was asked">
            {transfer.attempts.map((one) => (
              <li key={one.at}>{attemptLine(one)}</li>
            ))}
          </ol>
        )}
        {transfer?.promised && <p>Promised: {transfer.promised.join(' · ')}</p>}
        <div className="transfer-acts">
          {isUnfolded && main}
          {may && status === 'pending' && (
            <RequestActs
              transfer={transfer}
              isReceiver={isReceiver}
              busy={busy}
              onChange={(act, body) => void change(act, body)}
            />
          )}
          {briefing && draft === null && (
            <Button
              kind="quiet"
              aria-expanded={showsBriefing}
              onClick={() => setBriefingShown(!showsBriefing)}
            >
              {showsBriefing ? 'Hide the briefing' : 'Briefing'}
              {!showsBriefing && isOpen && !briefing.confirmed_at && (
                <span className="t3"> · not read yet</span>
              )}
              {!showsBriefing && briefing.confirmed_at && <span className="tx-met"> · read</span>}
            </Button>
          )}
        </div>
        {promised !== null && may && (
          <HandBackForm
            who={transfer?.agent?.name ?? 'the person'}
            ai={ai}
            busy={busy || isGoingBack}
            text={promised}
            onText={setPromised}
            onCancel={() => {
              onSettled()
              setPromised(null)
            }}
            onHandBack={(said) =>
              void change('hand the call back', { status: 'completed', promised: said }, () =>
                setPromised(null),
              )
            }
          />
        )}
        {briefing && draft && may && (
          <BriefingForm
            briefing={briefing}
            draft={draft}
            onDraft={setDraft}
            busy={busy}
            onSave={(patch) => void change('correct the briefing', { briefing: patch }, () => setDraft(null))}
            onCancel={() => {
              onSettled()
              setDraft(null)
            }}
          />
        )}
        {briefing && showsBriefing && !(draft && may) && (
          <BriefingCard
            briefing={briefing}
            mayEdit={may}
            mayConfirm={may && isReceiver}
            busy={busy}
            lineNumber={lineNumber}
            onJump={onJump}
            onCorrect={() => setDraft(draftOf(briefing))}
            onConfirm={() => void change('confirm the briefing', { confirm_briefing: true })}
          />
        )}
      </div>
    </section>
  )
}

// The head of an open call: who, why, how long, and where the escalation stands.
import type { ReactNode } from 'react'
import type { Call } from '#contract/call.ts'
import type { OpenCall } from '#src/live/live-state.ts'
import { isLive, qaBand } from '#contract/call-rules.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { formatPhone } from '#src/lib/format.ts'
import { useCall, useOpenCall, useServerNow } from '#src/live/use-live.ts'
import { lineAt } from '#src/features/call-detail/line-at.ts'
import { Button } from '#src/ui/button.tsx'
import { useKeys } from '#src/ui/actions.tsx'
import { clockText } from '#src/ui/clock-text.ts'
import { dayText } from '#src/ui/day-text.ts'
import { Mood } from '#src/ui/mood.tsx'
import { reasonText } from '#src/floor/reason-text.ts'
import { type Meaning, StateMark } from '#src/ui/state-mark.tsx'
import './call-head.css'

interface CallHeadProps {
  callId: string
  /** Its place among the act-now calls, from 0; -1 when it is none of them. */
  actPlace: number
  actCount: number
  onNext: () => void
  /** Absent where `tools` has the way out. */
  onClose?: () => void
  onJump: (lineNumber: number) => void
  /** Whether facts and reasons are shown in full; undefined where there is room for them, and no choice. */
  unfolded?: boolean | undefined
  onUnfold?: ((isWanted: boolean) => void) | undefined
  /** What else can be done, before the way out. */
  tools?: ReactNode
}

const whole = (call: Call) => call
const levels: Record<string, { words: string; meaning: Meaning }> = {
  act: { words: 'Act now', meaning: 'act' },
  watch: { words: 'Watch', meaning: 'attention' },
  calm: { words: 'Calm', meaning: 'live' },
}

function badgeOf(call: Call): { words: string; meaning: Meaning } {
  if (!isLive(call.status)) return { words: call.status === 'failed' ? 'Failed' : 'Ended', meaning: 'ended' }
  const level = call.attention?.level ?? 'calm'
  if (level === 'act') return { words: 'Act now', meaning: 'act' }
  if (call.ai_paused) return { words: 'AI paused', meaning: 'paused' }
  if (call.escalation_status === 'in_progress')
    return { words: `${call.assigned_agent?.name ?? 'A person'} in control`, meaning: 'human' }
  return levels[level] ?? { words: 'Calm', meaning: 'live' }
}

/** Badge and way out, name and clock, facts, reasons, steps. */
export function CallHead(props: CallHeadProps) {
  const { callId, actPlace, actCount, onNext, onClose, onJump, unfolded, onUnfold } = props
  const { tools } = props
  const call = useCall(callId, whole)
  const { cap, shortcuts } = useKeys()
  if (!call) return <header className="call-head call-head-empty" aria-busy="true" />
  const { words, meaning } = badgeOf(call)
  const number = call.direction === 'inbound' ? call.from_number : call.to_number
  return (
    <header className={`call-head${unfolded === false ? ' call-head-folded' : ''}`}>
      <div className="call-head-bar">
        <span className={`call-badge call-badge-${meaning}`}>
          <StateMark meaning={meaning} /> {words}
        </span>
        {actCount > 0 && (
          <span className="t3">
            {actPlace >= 0 ? `${actPlace + 1} of ${actCount}` : `${actCount} act now`}{' '}
            <Button
              kind="quiet"
              cap={cap('call.next-act')}
              aria-keyshortcuts={shortcuts('call.next-act')}
              onClick={onNext}
            >
              next
            </Button>
          </span>
        )}
        {tools}
        {onClose && (
          <Button
            kind="quiet"
            className="call-close"
            cap={cap('call.close')}
            aria-keyshortcuts={shortcuts('call.close')}
            onClick={onClose}
          >
            Close
          </Button>
        )}
      </div>
      <div className="call-who">
        <h2 className="clip" dir="auto">
          {call.contact_name || formatPhone(number)}
        </h2>
        <CallClock call={call} />
      </div>
      <div className="call-facts-line">
        <Facts call={call} number={number} />
        {unfolded !== undefined && (
          <button
            type="button"
            className="link call-more"
            aria-expanded={unfolded}
            onClick={() => onUnfold?.(!unfolded)}
          >
            {unfolded ? 'Less' : <More call={call} />}
          </button>
        )}
      </div>
      <Reasons call={call} onJump={onJump} shown={unfolded === false ? 1 : undefined} />
    </header>
  )
}

function CallClock({ call }: { call: Call }) {
  const now = useServerNow(1000)
  const started = Date.parse(call.started_at)
  const day = dayText(started)
  const ms = isLive(call.status) ? now - started : (call.duration_seconds ?? 0) * 1000
  return (
    <span className="call-clock">
      <small>
        {isLive(call.status) ? 'since' : 'from'} {day !== dayText(now) && `${day}, `}
        {clockText(started)}
      </small>
      {formatDuration(ms)}
    </span>
  )
}

function Facts({ call, number }: { call: Call; number: string }) {
  const { direction, business_name, ai_name, qa_score, sentiment_score, status, override } = call
  const ours = direction === 'inbound' ? call.to_number : call.from_number
  return (
    <ul className="call-facts">
      <li>{formatPhone(number)}</li>
      <li>
        {direction === 'inbound' ? 'Inbound on' : 'Outbound from'} {formatPhone(ours)}
      </li>
      {business_name && <li>{business_name}</li>}
      <li>{ai_name ?? 'AI'}</li>
      <li>{status.replace('_', ' ')}</li>
      <li>
        {qa_score === undefined ? 'Not scored yet' : `QA ${Math.round(qa_score * 100)}, ${qaBand(qa_score)}`}
      </li>
      {sentiment_score !== undefined && (
        <li>
          Mood <Mood score={sentiment_score} />
        </li>
      )}
      {override && <li className="tx-accent">Instructions overridden by {override.by}</li>}
      {call.inferred && <li>Start not reported</li>}
    </ul>
  )
}

/** What the folded head leaves out. */
function More({ call }: { call: Call }) {
  const reasons = (isLive(call.status) ? (call.attention?.reasons.length ?? 0) : 0) - 1
  if (reasons < 1) return <>More</>
  return (
    <>
      +{reasons} {reasons === 1 ? 'reason' : 'reasons'}
    </>
  )
}

const openOf = (open: OpenCall | undefined) => open

interface ReasonsProps {
  call: Call
  onJump: (lineNumber: number) => void
  /** How many; undefined: all. */
  shown: number | undefined
}

function Reasons({ call, onJump, shown }: ReasonsProps) {
  const reasons = isLive(call.status) ? (call.attention?.reasons ?? []) : []
  const open = useOpenCall(call.id, openOf)
  const now = useServerNow(5000)
  if (reasons.length === 0) return null
  const act = call.attention?.level === 'act'
  const started = Date.parse(call.started_at)
  return (
    <ul className="call-why" aria-label="Why it needs attention">
      {reasons.slice(0, shown).map(({ code, text, since }, index) => {
        const line = lineAt(open, Date.parse(since))
        return (
          <li key={code}>
            <StateMark meaning={act && index === 0 ? 'act' : 'attention'} />
            <span className={act && index === 0 ? 'tx-act strong' : ''}>
              {reasonText({ code, text, since }, now)}
            </span>
            <span className="t3">since {formatDuration(Date.parse(since) - started)}</span>
            {line !== null && (
              <button type="button" className="link" onClick={() => onJump(line)}>
                line {line}
              </button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

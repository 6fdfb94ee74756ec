// One component per column; each reads its own value of its own call, so a change repaints one cell.
import { type ComponentType, memo, useCallback } from 'react'
import type { Call } from '#contract/call.ts'
import { isLive, qaBand } from '#contract/call-rules.ts'
import { advanceMood } from '#contract/mood.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { formatPhone } from '#src/lib/format.ts'
import { useCall, useLatestIntervention, usePending, useServerNow } from '#src/live/use-live.ts'
import { levelOf } from '#src/features/live-grid/attention-order.ts'
import {
  callerName,
  callerNumber,
  meaningOf,
  reasonWords,
  speakerWords,
  stateWords,
} from '#src/features/live-grid/call-words.ts'
import type { ColumnId } from '#src/features/live-grid/view.ts'
import { clockText } from '#src/ui/clock-text.ts'
import { Mood } from '#src/ui/mood.tsx'
import { Sparkline } from '#src/ui/sparkline.tsx'
import { StateMark } from '#src/ui/state-mark.tsx'
import { Pips } from '#src/ui/steps.tsx'

interface CellProps {
  callId: string
}

const nothing = <span className="grid-none" aria-label="none" />

function StatusCell({ callId }: CellProps) {
  const meaning = useCall(callId, meaningOf)
  const words = useCall(callId, stateWords)
  return meaning ? <StateMark meaning={meaning} label={words} /> : null
}

const directionOf = (call: Call) => call.direction
function DirectionCell({ callId }: CellProps) {
  const direction = useCall(callId, directionOf)
  if (!direction) return null
  const label = direction === 'inbound' ? 'Inbound' : 'Outbound'
  return (
    <svg className="grid-direction" viewBox="0 0 12 12" role="img" aria-label={label}>
      <title>{label}</title>
      <path d={direction === 'inbound' ? 'M10 2 3 9M3 3.5V9h5.5' : 'M2 10 9 3M3.5 3H9v5.5'} />
    </svg>
  )
}

function FromCell({ callId }: CellProps) {
  const name = useCall(callId, callerName)
  const number = useCall(callId, callerNumber)
  return (
    <>
      <b className="clip" dir="auto">
        {name}
      </b>
      <i className="clip">{number}</i>
    </>
  )
}

const toOf = (call: Call) => formatPhone(call.to_number)
function ToCell({ callId }: CellProps) {
  return <span className="clip">{useCall(callId, toOf)}</span>
}

const lineSpeaker = (call: Call) => (call.last_line ? speakerWords(call.last_line, call) : undefined)
const lineText = (call: Call) => call.last_line?.text
function LastLineCell({ callId }: CellProps) {
  const now = useServerNow(5000)
  const selectReason = useCallback((call: Call) => reasonWords(call, now), [now])
  const reason = useCall(callId, selectReason)
  const speaker = useCall(callId, lineSpeaker)
  const text = useCall(callId, lineText)
  return (
    <>
      <b className="clip" title={reason}>
        {reason}
      </b>
      <i className="clip" title={text}>
        <ActMark callId={callId} />
        {speaker && <em>{speaker}</em>}
        <bdi>{text ?? 'No conversation yet.'}</bdi>
      </i>
    </>
  )
}

/** A chip while a supervisor's act on the call is under way. */
function ActMark({ callId }: CellProps) {
  const pending = usePending(callId)
  const act = useLatestIntervention(callId)
  const state = pending.at(-1)?.state ?? (act && act.state !== 'applied' ? act.state : undefined)
  if (!state || state === 'refused') return null
  return <span className="grid-act">{state === 'unknown' ? 'no answer yet' : state}</span>
}

const moodValues = (call: Call) => call.mood
const moodAt = (call: Call) => call.mood_at
const moodScore = (call: Call) => call.sentiment_score
const liveNow = (call: Call) => isLive(call.status)
function SentimentCell({ callId }: CellProps) {
  const values = useCall(callId, moodValues)
  const at = useCall(callId, moodAt)
  const score = useCall(callId, moodScore)
  const live = useCall(callId, liveNow)
  const now = useServerNow(5000)
  const line = values && at ? { values, endsAt: Date.parse(at) } : null
  if (score === undefined) return nothing
  return (
    <>
      {line && <Sparkline values={live ? advanceMood(line, now).values : line.values} />}
      <Mood score={score} />
    </>
  )
}

const startedAt = (call: Call) => Date.parse(call.started_at)
const endedAfter = (call: Call) => (isLive(call.status) ? undefined : call.duration_seconds)
function DurationCell({ callId }: CellProps) {
  const started = useCall(callId, startedAt)
  const ended = useCall(callId, endedAfter)
  if (started === undefined) return null
  return ended === undefined ? <Elapsed since={started} /> : <span>{formatDuration(ended * 1000)}</span>
}

function Elapsed({ since }: { since: number }) {
  return <span>{formatDuration(useServerNow(1000) - since)}</span>
}

const escalation = (call: Call) => call.escalation_status
const waitingSince = (call: Call) => call.signals?.escalated_since
const escalationName = (call: Call) =>
  call.escalation_status === 'pending' ? call.signals?.escalated_to : call.assigned_agent?.name
function EscalationCell({ callId }: CellProps) {
  const status = useCall(callId, escalation)
  const since = useCall(callId, waitingSince)
  const name = useCall(callId, escalationName)
  if (!status) return nothing
  const human = status !== 'pending'
  return (
    <>
      <b className={`clip ${human ? 'tx-human' : ''}`}>
        {status === 'pending' && (name ? `Asking ${name}` : 'No one asked yet')}
        {status === 'in_progress' && (name ? `With ${name}` : 'With a person')}
        {status === 'completed' && 'Handed back'}
      </b>
      <i className="grid-steps">
        <Pips
          done={status === 'pending' ? 1 : status === 'in_progress' ? 2 : 3}
          current={status !== 'completed'}
          of={3}
          meaning={human ? 'human' : 'act'}
        />
        {status === 'pending' && since && <Elapsed since={Date.parse(since)} />}
      </i>
    </>
  )
}

const businessName = (call: Call) => call.business_name ?? ''
const aiName = (call: Call) => call.ai_name ?? 'AI'
const isPaused = (call: Call) => call.ai_paused === true && isLive(call.status)
const humanName = (call: Call) =>
  call.escalation_status === 'in_progress' ? (call.assigned_agent?.name ?? 'A person') : undefined
function AgentCell({ callId }: CellProps) {
  const human = useCall(callId, humanName)
  const ai = useCall(callId, aiName)
  const business = useCall(callId, businessName)
  const paused = useCall(callId, isPaused)
  return (
    <>
      <b className={`clip ${human ? 'tx-human' : 't2'}`}>{human ?? ai}</b>
      <i className={`clip ${paused ? 'tx-attention' : ''}`}>{paused ? 'AI paused' : business}</i>
    </>
  )
}

function BusinessCell({ callId }: CellProps) {
  return <span className="clip t2">{useCall(callId, businessName)}</span>
}

const qaOf = (call: Call) => call.qa_score
function QaCell({ callId }: CellProps) {
  const score = useCall(callId, qaOf)
  if (score === undefined) return nothing
  const band = qaBand(score)
  return (
    <span className={Math.round(score * 100) < 60 ? 'tx-attention' : 't3'} title={`QA ${band}`}>
      {Math.round(score * 100)}
    </span>
  )
}

const startedText = (call: Call) => clockText(Date.parse(call.started_at))
function StartedCell({ callId }: CellProps) {
  return <span className="t3">{useCall(callId, startedText)}</span>
}

const score = (call: Call) => call.attention?.score ?? 0
function AttentionCell({ callId }: CellProps) {
  const level = useCall(callId, levelOf)
  const points = useCall(callId, score)
  return (
    <span className={level === 'act' ? 'tx-act' : level === 'watch' ? 't1' : 't3'}>
      {points} <span className="sr-only">{level}</span>
    </span>
  )
}

const cell = (component: ComponentType<CellProps>) => memo(component)

export const cells: Record<ColumnId, ComponentType<CellProps>> = {
  status: cell(StatusCell),
  direction: cell(DirectionCell),
  from: cell(FromCell),
  to: cell(ToCell),
  last_line: cell(LastLineCell),
  sentiment: cell(SentimentCell),
  duration: cell(DurationCell),
  escalation: cell(EscalationCell),
  agent: cell(AgentCell),
  business: cell(BusinessCell),
  qa: cell(QaCell),
  started: cell(StartedCell),
  attention: cell(AttentionCell),
}

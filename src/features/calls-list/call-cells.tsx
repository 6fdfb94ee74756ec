// What stands in each column of a call. A new column ends here.
import type { ReactNode } from 'react'
import type { Call } from '#contract/call.ts'
import { isLive, qaBand } from '#contract/call-rules.ts'
import type { CallColumnId } from '#src/features/calls-list/columns.ts'
import { directionWords } from '#src/features/calls-list/filter-words.ts'
import { momentText, wholeMoment } from '#src/features/calls-list/zone-words.ts'
import { callerNumber, meaningOf, reasonWords, speakerWords, statusWords } from '#src/floor/call-words.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { formatPhone } from '#src/lib/format.ts'
import { useServerNow } from '#src/live/use-live.ts'
import { Mood } from '#src/ui/mood.tsx'
import { StateMark } from '#src/ui/state-mark.tsx'

export interface CellProps {
  call: Call
  zone: string
  /** Epoch ms of the server, when the list was read. */
  now: number
}

/** Nothing known; a short dash is not a blank. */
const None = () => <span className="calls-none" role="img" aria-label="none" />

/** How the call stands, or how it ended. */
function stateText(call: Call): string {
  return call.missed && !isLive(call.status) ? 'Missed' : statusWords[call.status]
}

/** The time a live call has run so far; only this part of the row wakes every second. */
function Elapsed({ since }: { since: number }) {
  return <>{formatDuration(useServerNow(1000) - since)}</>
}

const arrows = { inbound: 'M10 2 3 9M3 3.5V9h5.5', outbound: 'M2 10 9 3M3.5 3H9v5.5' } as const

/** What the call was about, in a few words. */
function aboutText(call: Call, now: number): string {
  const { intent } = call.metadata
  if (isLive(call.status)) return reasonWords(call, now)
  const about = typeof intent === 'string' ? intent : undefined
  return [about, call.disposition ?? undefined].filter(Boolean).join(' · ') || reasonWords(call, now)
}

const escalations = {
  pending: 'Asked for a person',
  in_progress: 'With a person',
  completed: 'Completed',
} as const

/** Who spoke for the company. */
function handledBy(call: Call): string | null {
  if (call.assigned_agent) return call.assigned_agent.name
  if (call.answered_by === 'none') return 'Nobody'
  return call.ai_name ?? (call.answered_by === 'ai' ? 'AI' : null)
}

/** One painter a column. */
export const callCells: Record<CallColumnId, (props: CellProps & { link: ReactNode }) => ReactNode> = {
  started({ call, zone, now }) {
    const at = Date.parse(call.started_at)
    return (
      <time dateTime={call.started_at} title={wholeMoment(zone, at)}>
        {momentText(zone, at, now)}
      </time>
    )
  },
  status: ({ call }) => (
    <>
      <StateMark meaning={meaningOf(call)} />
      <span className="clip">{stateText(call)}</span>
    </>
  ),
  direction: ({ call: { direction } }) => (
    <svg className="calls-direction" viewBox="0 0 12 12" role="img" aria-label={directionWords[direction]}>
      <title>{directionWords[direction]}</title>
      <path d={arrows[direction]} />
    </svg>
  ),
  from: ({ call, link }) => (
    <>
      {link}
      <i className="clip">{callerNumber(call)}</i>
    </>
  ),
  to: ({ call }) => (
    <span className="clip">
      {formatPhone(call.direction === 'inbound' ? call.to_number : call.from_number)}
    </span>
  ),
  last_line({ call, now }) {
    const { last_line: line } = call
    const about = aboutText(call, now)
    return (
      <>
        <b className="clip" title={about}>
          {about}
        </b>
        <i className="clip" title={line?.text}>
          {line ? (
            <>
              <em>{speakerWords(line, call)}</em> <bdi>{line.text}</bdi>
            </>
          ) : (
            'Nothing was said.'
          )}
        </i>
      </>
    )
  },
  duration: ({ call }) =>
    isLive(call.status) ? (
      <Elapsed since={Date.parse(call.started_at)} />
    ) : call.duration_seconds === undefined ? (
      <None />
    ) : (
      formatDuration(call.duration_seconds * 1000)
    ),
  sentiment: ({ call }) =>
    call.sentiment_score === undefined ? <None /> : <Mood score={call.sentiment_score} />,
  qa: ({ call: { qa_score: score } }) =>
    score === undefined ? (
      <None />
    ) : (
      <span title={`QA ${Math.round(score * 100)} of 100, ${qaBand(score)}`}>{Math.round(score * 100)}</span>
    ),
  escalation: ({ call: { escalation_status: status } }) =>
    status === undefined ? <None /> : <span className="clip">{escalations[status]}</span>,
  agent({ call }) {
    const name = handledBy(call)
    return name === null ? (
      <None />
    ) : (
      <span className={call.assigned_agent ? 'clip tx-human' : 'clip'}>
        {call.assigned_agent && <StateMark meaning="human" />} {name}
      </span>
    )
  },
  business({ call: { business_name, business_id } }) {
    const name = business_name ?? business_id
    return name === undefined ? <None /> : <span className="clip">{name}</span>
  },
}

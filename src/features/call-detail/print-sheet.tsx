// A call on paper: who, what came of it, how it was scored, everything that was said and done with its time, and the notes.
import { useEffect, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import type { Call } from '#contract/call.ts'
import { isLive, qaBand } from '#contract/call-rules.ts'
import { qaCriteria } from '#contract/qa-review.ts'
import type { Escalation, QAScore } from '#contract/transcript.ts'
import { printRows } from '#src/features/call-detail/print-rows.ts'
import { percentOf } from '#src/features/call-detail/qa-words.ts'
import { countWords } from '#src/lib/count-words.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { formatMood, formatPhone } from '#src/lib/format.ts'
import type { OpenCall } from '#src/live/live-state.ts'
import { useLiveStore } from '#src/live/use-live.ts'
import { clockText, zoneText } from '#src/ui/clock-text.ts'
import { dayText } from '#src/ui/day-text.ts'
import './print-sheet.css'

interface PrintSheetProps {
  open: OpenCall
  escalations: readonly Escalation[]
  /** Who prints; null: paper leaves the console, and this person may not take calls out. */
  reader: string | null
}

const moment = (at: number) => `${dayText(at)}, ${clockText(at)} ${zoneText(at)}`

/** Nothing on screen; the sheet is made at the moment of printing, by button or by the browser's own key. */
export function PrintSheet(props: PrintSheetProps) {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    const paper = window.matchMedia('print')
    // The browser takes its picture as soon as the event is over.
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(paper.matches)
    const follow = () => flushSync(() => setPrinting(paper.matches))
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    paper.addEventListener('change', follow)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
      paper.removeEventListener('change', follow)
    }
  }, [])
  return isPrinting ? createPortal(<Sheet {...props} />, document.body) : null
}

function Sheet({ open, escalations, reader }: PrintSheetProps) {
  const now = useLiveStore().serverNow()
  const { call, lines, notes, qaScore, total } = open
  if (!call || reader === null)
    return <div className="print-sheet">You don’t have permission to print calls.</div>
  const started = Date.parse(call.started_at)
  const name =
    call.contact_name || formatPhone(call.direction === 'inbound' ? call.from_number : call.to_number)
  const since = (iso: string) => formatDuration(Math.max(0, Date.parse(iso) - started))
  return (
    <article className="print-sheet">
      <h1 dir="auto">{name}</h1>
      <dl>
        {facts(call, total, now).map(([term, words]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd dir="auto">{words}</dd>
          </div>
        ))}
        <div>
          <dt>Printed</dt>
          <dd>
            {moment(now)} by {reader}
          </dd>
        </div>
      </dl>
      {escalations.length > 0 && <h2>Escalations</h2>}
      {escalations.map((one) => (
        <p key={one.id} dir="auto">
          {since(one.requested_at)}: {one.trigger_type.replaceAll('_', ' ')}, {one.status.replace('_', ' ')}
          {one.agent_name && `, ${one.agent_name}`}
          {one.conversation_summary && `. ${one.conversation_summary}`}
        </p>
      ))}
      <h2>QA</h2>
      {qaScore ? <Score score={qaScore} /> : <p>Not scored yet.</p>}
      <h2>Notes</h2>
      {notes.length === 0 && <p>None.</p>}
      {notes.map(({ id, note, author_name, created_at, tags }) => (
        <p key={id} dir="auto">
          {author_name}, {moment(Date.parse(created_at))}: {note}
          {tags.length > 0 && ` (${tags.join(', ')})`}
        </p>
      ))}
      <h2>Transcript</h2>
      {lines.length < total && (
        <p>The earliest {countWords({ count: total - lines.length, noun: 'line' })} could not be printed.</p>
      )}
      <table>
        <colgroup>
          <col className="print-number" />
          <col className="print-time" />
          <col className="print-who" />
          <col />
        </colgroup>
        <thead>
          {/* Browsers repeat it: every page says whose it is. */}
          <tr>
            <td colSpan={4} dir="auto">
              {name} · {moment(started)} · call {call.id}
            </td>
          </tr>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Time</th>
            <th scope="col">Who</th>
            <th scope="col">Words</th>
          </tr>
        </thead>
        <tbody>
          {printRows(call, open).map(({ key, number, time, who, words, isAct }) => (
            <tr key={key} className={isAct ? 'print-act' : undefined}>
              <td>{number}</td>
              <td>{time}</td>
              <td dir="auto">{who}</td>
              <td dir="auto">{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="print-foot">
        {isLive(call.status) ? 'The call went on when this was printed.' : 'End of the call.'} Times of lines
        count from its start; clocks are in {zoneText(started)}.
      </p>
    </article>
  )
}

function facts(call: Call, total: number, now: number): [term: string, words: string][] {
  const { direction, business_name, ai_name, assigned_agent: agent, duration_seconds: seconds } = call
  const started = Date.parse(call.started_at)
  const [theirs, ours] =
    direction === 'inbound' ? [call.from_number, call.to_number] : [call.to_number, call.from_number]
  const length = isLive(call.status)
    ? `${formatDuration(Math.max(0, now - started))} so far`
    : formatDuration((seconds ?? 0) * 1000)
  const state = [call.status.replace('_', ' '), call.missed ? 'missed' : '', call.disposition ?? '']
  return [
    ['Started', moment(started)],
    ['Length', `${length} · ${state.filter(Boolean).join(' · ')}`],
    [
      'Number',
      `${formatPhone(theirs)}, ${direction === 'inbound' ? 'inbound on' : 'outbound from'} ${formatPhone(ours)}`,
    ],
    ['Business', business_name ?? 'No business'],
    ['Handled by', [ai_name ?? 'AI', agent?.name].filter(Boolean).join(', ')],
    ...(call.sentiment_score === undefined
      ? []
      : [['Mood', formatMood(call.sentiment_score)] satisfies [string, string]]),
    ...(call.tags?.length ? [['Tags', call.tags.join(', ')] satisfies [string, string]] : []),
    ['Call', `${call.id} · ${countWords({ count: total, noun: 'line' })}`],
  ]
}

function Score({ score }: { score: QAScore }) {
  return (
    <>
      <p>
        {percentOf(score.overall_score)}, {qaBand(score.overall_score)} ·{' '}
        {qaCriteria.map(({ key, name }) => `${name} ${percentOf(score[key])}`).join(' · ')}
      </p>
      {score.review && (
        <p dir="auto">
          Reviewed by {score.reviewed_by}; the AI scored {percentOf(score.ai?.overall_score ?? 0)}.{' '}
          {score.review_notes}
        </p>
      )}
      {[...score.compliance_issues, ...score.flagged_issues].map((issue) => (
        <p key={issue}>{issue}</p>
      ))}
    </>
  )
}

// A call on paper: who, what came of it, how it was scored, everything that was said with its time, and the notes.
import { useEffect, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import { qaCriteria } from '#contract/qa-review.ts'
import { qaBand } from '#contract/call-rules.ts'
import type { Escalation } from '#contract/transcript.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { formatMood, formatPhone } from '#src/lib/format.ts'
import type { OpenCall } from '#src/live/live-state.ts'
import { percentOf } from '#src/features/call-detail/qa-words.ts'
import { clockText, zoneText } from '#src/ui/clock-text.ts'
import './print-sheet.css'

interface PrintSheetProps {
  open: OpenCall
  escalations: readonly Escalation[]
  /** False: paper leaves the console, and this person may not take calls out. */
  mayPrint: boolean
}

const day = (at: number) => new Date(at).toLocaleDateString('en-US', { dateStyle: 'long' })

/** Nothing on screen; the sheet is made at the moment of printing, by button or by the browser's own key. */
export function PrintSheet(props: PrintSheetProps) {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    // The browser takes its picture as soon as the event is over.
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return isPrinting ? createPortal(<Sheet {...props} />, document.body) : null
}

function Sheet({ open, escalations, mayPrint }: PrintSheetProps) {
  const { call, lines, notes, qaScore, total } = open
  if (!call || !mayPrint) return <div className="print-sheet">You don’t have permission to print calls.</div>
  const started = Date.parse(call.started_at)
  const caller = call.direction === 'inbound' ? call.from_number : call.to_number
  const names = {
    ai: call.ai_name ?? 'AI',
    customer: call.contact_name ?? 'Caller',
    agent: call.assigned_agent?.name ?? 'Agent',
    system: 'System',
  }
  const since = (iso: string) => formatDuration(Math.max(0, Date.parse(iso) - started))
  return (
    <article className="print-sheet">
      <h1>{call.contact_name || formatPhone(caller)}</h1>
      <p>
        {formatPhone(caller)} · {call.direction} · {call.business_name ?? 'no business'} · {day(started)},{' '}
        {clockText(started)} {zoneText(started)} · {call.status.replace('_', ' ')}
        {call.duration_seconds !== undefined && ` · ${formatDuration(call.duration_seconds * 1000)}`}
      </p>
      <p>
        Call {call.id} · {total} lines
        {call.sentiment_score !== undefined && ` · mood ${formatMood(call.sentiment_score)}`}
        {call.disposition && ` · ${call.disposition}`}
      </p>
      {escalations.map((one) => (
        <p key={one.id}>
          Escalation at {since(one.requested_at)}: {one.trigger_type.replaceAll('_', ' ')},{' '}
          {one.status.replace('_', ' ')}
          {one.agent_name && `, ${one.agent_name}`}
          {one.conversation_summary && `. ${one.conversation_summary}`}
        </p>
      ))}
      <h2>QA</h2>
      {qaScore ? (
        <>
          <p>
            {percentOf(qaScore.overall_score)}, {qaBand(qaScore.overall_score)} ·{' '}
            {qaCriteria.map(({ key, name }) => `${name} ${percentOf(qaScore[key])}`).join(' · ')}
          </p>
          {qaScore.review && (
            <p>
              Reviewed by {qaScore.reviewed_by}; the AI scored {percentOf(qaScore.ai?.overall_score ?? 0)}.{' '}
              {qaScore.review_notes}
            </p>
          )}
          {[...qaScore.compliance_issues, ...qaScore.flagged_issues].map((issue) => (
            <p key={issue}>{issue}</p>
          ))}
        </>
      ) : (
        <p>Not scored yet.</p>
      )}
      <h2>Transcript</h2>
      {lines.length < total && <p>The {total - lines.length} earliest lines are not on this sheet.</p>}
      <table>
        <tbody>
          {lines.map((line, index) => (
            <tr key={line.id}>
              <td>{total - lines.length + index + 1}</td>
              <td>{since(line.timestamp)}</td>
              <td>{names[line.speaker]}</td>
              <td dir="auto">{line.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>Notes</h2>
      {notes.length === 0 && <p>None.</p>}
      {notes.map(({ id, note, author_name, created_at }) => (
        <p key={id} dir="auto">
          {author_name}, {clockText(Date.parse(created_at))}: {note}
        </p>
      ))}
      <p className="print-foot">Callboard · times are of the call, clocks in {zoneText(started)}</p>
    </article>
  )
}

// How an event changes a call's row. The server's projection and the console's store fold the same events the same way.
import type { Call } from '#contract/call.ts'
import type { CallEventName, EventData } from '#contract/events.ts'
import { type MoodLine, emptyMood, recordMood } from '#contract/mood.ts'

/** Events that change one known call. */
export type RowEvent = {
  [N in CallEventName]: { event: N; data: EventData[N]; at: string }
}[CallEventName]

export const lastLineChars = 240

/** The mood line of a call's row. */
export function moodOf(call: Call): MoodLine {
  return call.mood && call.mood_at
    ? { values: call.mood, endsAt: Date.parse(call.mood_at) }
    : emptyMood(Date.parse(call.started_at))
}

function withMood(call: Call, score: number, at: string): Call {
  const mood = recordMood(moodOf(call), score, Date.parse(at))
  return { ...call, mood: [...mood.values], mood_at: new Date(mood.endsAt).toISOString() }
}

/**
 * The call after the event. Returns the same object when nothing changed, so that nobody is woken for nothing.
 * A whole call (`call.started`, `call.updated`) keeps the attention the row has when it carries none, for attention is
 * not part of the log.
 */
export function applyToCall(call: Call, { event, data, at }: RowEvent): Call {
  switch (event) {
    case 'call.started':
    case 'call.updated': {
      const next = data.call
      return call.attention && !next.attention ? { ...next, attention: call.attention } : next
    }
    case 'call.ended': {
      const status = data.status ?? (call.status === 'failed' ? 'failed' : 'completed')
      const ended_at = data.ended_at ?? call.ended_at ?? at
      if (call.status === status && call.ended_at === ended_at) return call
      const duration = data.duration_seconds ?? (Date.parse(ended_at) - Date.parse(call.started_at)) / 1000
      return { ...call, status, ended_at, duration_seconds: Math.max(0, Math.round(duration)) }
    }
    case 'interaction.added': {
      const { id, speaker, text, timestamp } = data.interaction
      if (call.last_line && call.last_line.id >= id) return call
      return { ...call, last_line: { id, speaker, text: clip(text), at: timestamp } }
    }
    case 'sentiment.changed':
      return {
        ...withMood(call, data.sentiment.score, at),
        sentiment: data.sentiment.label,
        sentiment_score: data.sentiment.score,
      }
    case 'qa.score.updated':
      return call.qa_score === data.qa_score.overall_score
        ? call
        : { ...call, qa_score: data.qa_score.overall_score }
    case 'escalation.triggered':
    case 'escalation.updated':
    case 'escalation.completed': {
      const { status } = data.escalation
      if (status === 'cancelled') {
        const { escalation_status: _, ...rest } = call
        return rest
      }
      return call.escalation_status === status ? call : { ...call, escalation_status: status }
    }
    case 'attention.changed':
      return { ...call, attention: data.attention }
    case 'call.left':
    case 'intervention.updated':
    case 'note.added':
      return call
  }
}

/** A line's text as the grid shows it: at most 240 characters, never half a character. */
export function clip(text: string): string {
  return text.length <= lastLineChars ? text : `${[...text.slice(0, lastLineChars)].slice(0, -1).join('')}…`
}

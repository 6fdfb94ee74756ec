// How an event changes a call's row. The server's projection and the console's store fold the same events the same way.
import type { Alert } from '#contract/alert.ts'
import type { Call, LastAct } from '#contract/call.ts'
import type { CallEventName, EventData } from '#contract/events.ts'
import { type MoodLine, emptyMood, recordMood } from '#contract/mood.ts'
import type { Presence } from '#contract/presence.ts'
import type { CallChange } from '#contract/protocol.ts'
import type { Intervention } from '#contract/transcript.ts'

/** Events that change one known call. */
export type RowEvent = {
  [N in CallEventName]: { event: N; data: EventData[N]; at: string }
}[CallEventName]

/** Id of the call an event is about. */
export function callIdOf({ event, data }: RowEvent): string {
  return event === 'call.started' || event === 'call.updated' ? data.call.id : data.call_id
}

export const lastLineChars = 240

/** The mood line of a call's row. */
export function moodOf(call: Call): MoodLine {
  return call.mood && call.mood_at
    ? { values: call.mood, endsAt: Date.parse(call.mood_at) }
    : emptyMood(Date.parse(call.started_at))
}

/** Ends of buckets are the same few for all calls: the last one is held as text. */
let lastEnd = { at: 0, text: new Date(0).toISOString() }

function endText(at: number): string {
  if (lastEnd.at !== at) lastEnd = { at, text: new Date(at).toISOString() }
  return lastEnd.text
}

/** The mood line after a score as a row has it. Not copied: nobody writes into the values of a line, they are replaced. */
export function moodAfter(
  call: Call,
  score: number,
  at: string,
): { mood: (number | null)[]; mood_at: string } {
  const { values, endsAt } = recordMood(moodOf(call), score, Date.parse(at))
  return { mood: values as (number | null)[], mood_at: endText(endsAt) }
}

/**
 * The call after the event. Returns the same object when nothing changed, so that nobody is woken for nothing.
 * A whole call (`call.started`, `call.updated`) keeps the attention and the presence the row has when it carries none, for
 * they are not part of the log.
 */
export function applyToCall(call: Call, { event, data, at }: RowEvent): Call {
  switch (event) {
    case 'call.started':
    case 'call.updated': {
      const next = data.call
      const keepsAttention = call.attention !== undefined && !next.attention
      const keepsPresence = call.presence !== undefined && !next.presence
      if (!keepsAttention && !keepsPresence) return next
      return {
        ...next,
        ...(keepsAttention ? { attention: call.attention } : {}),
        ...(keepsPresence ? { presence: call.presence } : {}),
      } as Call
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
    case 'sentiment.changed': {
      const { mood, mood_at } = moodAfter(call, data.sentiment.score, at)
      const { label: sentiment, score: sentiment_score } = data.sentiment
      return { ...call, mood, mood_at, sentiment, sentiment_score }
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
    case 'alert.updated':
      return withAlert(call, data.alert)
    case 'attention.changed':
      return { ...call, attention: data.attention }
    case 'presence.changed':
      return withPresence(call, data.presence)
    case 'claim.changed': {
      if (data.claim) return { ...call, claimed_by: data.claim }
      if (!call.claimed_by) return call
      const { claimed_by: _, ...free } = call
      return free
    }
    case 'intervention.updated': {
      const act = lastActOf(data)
      return isLaterAct(act, call.last_act) ? { ...call, last_act: act } : call
    }
    case 'call.left':
    case 'note.added':
    case 'note.removed':
      return call
  }
}

/** The call after a part of a snapshot has told what changed of it (P5); `attention` is what the part says of attention. */
export function withChange(call: Call, change: CallChange, attention?: 'changed'): Call {
  const isTold = (change.attention || !call.attention || attention) && (change.presence || !call.presence)
  if (isTold) return { ...call, ...change }
  const { attention: known, presence: _, ...rest } = call
  return attention && known ? { ...rest, attention: known, ...change } : { ...rest, ...change }
}

/** The call with who looks at it; nobody leaves no trace. */
export function withPresence(call: Call, presence: Presence): Call {
  if (presence.watchers.length > 0) return { ...call, presence }
  if (!call.presence) return call
  const { presence: _, ...alone } = call
  return alone
}

/** The call with the alert as it now is; a resolved one leaves the row. */
export function withAlert(call: Call, alert: Alert): Call {
  const open = call.alerts ?? []
  const isKnown = open.some(({ id }) => id === alert.id)
  if (alert.state !== 'resolved')
    return {
      ...call,
      alerts: isKnown ? open.map((one) => (one.id === alert.id ? alert : one)) : [...open, alert],
    }
  if (!isKnown) return call
  if (open.length > 1) return { ...call, alerts: open.filter(({ id }) => id !== alert.id) }
  const { alerts: _, ...quiet } = call
  return quiet
}

/** What a call's row keeps of an act. */
export function lastActOf({ command_id, action, state, by, at, updated_at }: Intervention): LastAct {
  return { command_id, action, state, by, at, updated_at }
}

/** Whether the row shows this act from now on: a later word on the same act, or an act asked for later. */
export function isLaterAct(act: LastAct, shown: LastAct | undefined): boolean {
  if (!shown) return true
  if (act.command_id === shown.command_id)
    return act.state !== shown.state && Date.parse(act.updated_at) >= Date.parse(shown.updated_at)
  return Date.parse(act.at) >= Date.parse(shown.at)
}

/** A line's text as the grid shows it: at most 240 characters, never half a character. */
export function clip(text: string): string {
  return text.length <= lastLineChars ? text : `${[...text.slice(0, lastLineChars)].slice(0, -1).join('')}…`
}

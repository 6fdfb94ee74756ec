// Ten thousand calls say the same things: values that are equal are held once.
import type { Alert } from '#contract/alert.ts'
import type { Attention, Call } from '#contract/call.ts'
import { writeScore } from '#contract/mood.ts'
import type { CallChange, EventFrame } from '#contract/protocol.ts'
import { same } from '#src/lib/same.ts'

/** Members whose values many others have, too. */
interface Shared {
  texts: readonly string[]
  /** What happened in one moment says so with each call it happened to. */
  instants: readonly string[]
}
const ofCall: Shared = {
  texts: ['status', 'direction', 'to_number', 'business_id', 'business_name', 'ai_name', 'sentiment'],
  instants: ['started_at', 'created_at', 'updated_at', 'ended_at', 'mood_at'],
}
const ofLine: Shared = { texts: ['speaker'], instants: ['at'] }
const ofReason: Shared = { texts: ['code', 'text'], instants: ['since'] }
const ofSignal: Shared = { texts: ['what'], instants: ['at'] }
const ofAlert: Shared = {
  texts: ['rule_id', 'rule_name', 'severity', 'state', 'reason'],
  instants: ['triggered_at', 'active_at', 'updated_at'],
}
/** More different values than this are not worth remembering. */
const poolSize = 5000

const texts = new Map<string, string>()
const instants = new Map<string, string>()
/** Whom alerts are told to. */
const told = new Map<string, Alert['recipients']>()
const calm = new Map<string, Attention>()
const nothing = {}

/** The one of the pool that is equal, this one if there is none yet. */
function pooled<T>(pool: Map<string, T>, key: string, value: T): T {
  const known = pool.get(key)
  if (known !== undefined) return known
  if (pool.size >= poolSize) pool.clear()
  pool.set(key, value)
  return value
}

/** Attention without a reason has few values; reasons are said in few words. May change the object it is given. */
export function shareAttention(attention: Attention): Attention {
  if (attention.reasons.length === 0) return pooled(calm, `${attention.level}${attention.score}`, attention)
  for (const reason of attention.reasons) shareMembers(reason, ofReason)
  return attention
}

type Own<T> = { -readonly [K in keyof T]: T[K] } & Record<string, unknown>

/** Changes the object it is given; what is none, or lacks a member, is left as it is. */
function shareMembers(value: unknown, members: Shared): void {
  if (typeof value !== 'object' || value === null) return
  const own = value as Record<string, unknown>
  for (const key of members.texts) shareMember(own, key, texts)
  for (const key of members.instants) shareMember(own, key, instants)
}

function shareMember(own: Record<string, unknown>, key: string, pool: Map<string, string>): void {
  const text = own[key]
  if (typeof text === 'string') own[key] = pooled(pool, text, text)
}

function shareAlert(alert: Own<Alert>): void {
  shareMembers(alert, ofAlert)
  alert.recipients = pooled(told, alert.recipients.join(), alert.recipients)
}

/** The score objects of a mood line held once. Changes the list it is given. */
function shareScores(mood: (number | null)[]): void {
  for (let index = 0; index < mood.length; index += 1) {
    const score = mood[index]
    if (typeof score === 'number') writeScore(mood, index, score)
  }
}

/**
 * What changed of the known call, just read from the wire, with equal values held once. Changes the object it is given. Attention is
 * told in any case, and mostly the same: what is not held a second time is nothing to clear away in the middle of a snapshot.
 */
export function shareChange(change: CallChange, known: Call): CallChange {
  const own = change as Own<CallChange>
  shareMember(own, 'sentiment', texts)
  if (own.attention)
    own.attention =
      known.attention && same(own.attention, known.attention)
        ? known.attention
        : shareAttention(own.attention)
  if (own.mood) shareScores(own.mood)
  return change
}

/** The call that was just read from the wire, with equal values held once. Changes the object it is given. */
export function shareValues(call: Call): Call {
  const own = call as Own<Call>
  shareMembers(own, ofCall)
  if (own.attention) own.attention = shareAttention(own.attention)
  const { metadata, mood, signals } = own
  if (mood) shareScores(mood)
  shareMembers(own.last_line, ofLine)
  for (const key in signals) shareMembers(signals[key as keyof typeof signals], ofSignal)
  for (const alert of own.alerts ?? []) shareAlert(alert)
  if (typeof metadata === 'object' && metadata !== null && Object.keys(metadata).length === 0)
    own.metadata = nothing
  return call
}

/** What an event brings into a row, with equal values held once. Changes the frame it is given. */
export function shareEvent(frame: EventFrame): void {
  switch (frame.event) {
    case 'call.started':
    case 'call.updated':
      shareValues(frame.data.call)
      break
    case 'attention.changed':
      frame.data.attention = shareAttention(frame.data.attention)
      break
    // Nine in ten events are these two, so their members are said out.
    case 'interaction.added': {
      const { interaction } = frame.data
      interaction.speaker = pooled(
        texts,
        interaction.speaker,
        interaction.speaker,
      ) as typeof interaction.speaker
      interaction.timestamp = pooled(instants, interaction.timestamp, interaction.timestamp)
      break
    }
    case 'sentiment.changed': {
      const { sentiment } = frame.data
      sentiment.label = pooled(texts, sentiment.label, sentiment.label) as typeof sentiment.label
      break
    }
    case 'alert.updated':
      shareAlert(frame.data.alert)
      break
    default:
      break
  }
}

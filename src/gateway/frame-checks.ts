// What a frame must carry so that no rule of the store can fail on it. Hand-written, for this is the hottest path of the page.
import type { CallEventName } from '#contract/events.ts'
import type { Stream } from '#contract/protocol.ts'

/** An object of which nothing is known yet. */
export type Bag = Record<string, unknown>

export const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const isText = (value: unknown): value is string => typeof value === 'string'
export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value)
/** A text that `Date.parse` reads. */
export const isInstant = (value: unknown): boolean => isText(value) && !Number.isNaN(Date.parse(value))
/** Missing, null or good: other servers write null for what there is not. */
export const isOptional = (value: unknown, check: (value: unknown) => boolean): boolean =>
  value === undefined || value === null || check(value)
/** The floor, or one call. */
export const isStream = (value: unknown): value is Stream =>
  value === 'calls' || (isText(value) && value.startsWith('call:') && value.length > 5)

const isAttention = (value: unknown): boolean =>
  isBag(value) && isNumber(value.score) && isText(value.level) && Array.isArray(value.reasons)

/** Instants of one kind are the same few for many calls: the last one that was good need not be read again. */
function instants(): (value: unknown) => boolean {
  let last = new Date(0).toISOString()
  return (value) => {
    if (value === last) return true
    if (!isInstant(value)) return false
    last = value as string
    return true
  }
}
const isEndOfMood = instants()
/** The instant of a frame. */
export const isCommit = instants()
const isSpoken = instants()

const isAlert = (value: unknown): boolean =>
  isBag(value) &&
  isText(value.id) &&
  isText(value.state) &&
  isText(value.severity) &&
  isInstant(value.active_at) &&
  Array.isArray(value.recipients)

/** Leaves what is no alert out of a call, or of what changed of one: it is not lost for a mark on it. True when there were any. */
export function siftAlerts(value: Bag): boolean {
  const { alerts } = value
  if (Array.isArray(alerts)) {
    if (alerts.every(isAlert)) return false
    value.alerts = alerts.filter(isAlert)
    return true
  }
  if (alerts === undefined) return false
  delete value.alerts
  // Another server may say null where there are none.
  return alerts !== null
}

/** Enough of a call, or of what changed of one, that no rule of the store can fail on it. */
const isPartOfCall = (value: Bag): boolean =>
  isText(value.id) &&
  isOptional(value.ended_at, isInstant) &&
  isOptional(value.mood_at, isEndOfMood) &&
  isOptional(value.mood, Array.isArray) &&
  isOptional(value.attention, isAttention)
/** A whole call. */
export const isCall = (value: unknown): boolean =>
  isBag(value) && isPartOfCall(value) && isText(value.status) && isInstant(value.started_at)
/** What changed of a call that is held (P5). */
export const isChange = (value: unknown): boolean =>
  isBag(value) &&
  isPartOfCall(value) &&
  isOptional(value.status, isText) &&
  isOptional(value.started_at, isInstant)

/** A line of a transcript. */
export function isLine(value: unknown): boolean {
  return (
    isBag(value) &&
    isNumber(value.id) &&
    isText(value.speaker) &&
    isText(value.text) &&
    isSpoken(value.timestamp)
  )
}

export const isIntervention = (data: Bag): boolean =>
  isText(data.call_id) &&
  isText(data.command_id) &&
  isText(data.action) &&
  isText(data.state) &&
  isBag(data.by)
export const isEscalation = (value: unknown): boolean => isBag(value) && isText(value.status)
export const isNote = (value: unknown): boolean => isBag(value) && isNumber(value.id) && isText(value.note)
export const isQaScore = (value: unknown): boolean => isBag(value) && isNumber(value.overall_score)
const isClaim = (value: unknown): boolean =>
  isBag(value) && isText(value.id) && isText(value.name) && isInstant(value.since) && isInstant(value.until)
const isPresence = (value: unknown): boolean =>
  isBag(value) &&
  Array.isArray(value.watchers) &&
  value.watchers.every((who) => isBag(who) && isText(who.id) && isText(who.name) && isText(who.initials))
const hasEscalation = (data: Bag): boolean => isText(data.call_id) && isEscalation(data.escalation)

/** One check per event; the record is total, so a new event of the contract cannot be forgotten here. */
export const checks: Record<CallEventName, (data: Bag) => boolean> = {
  'call.started': (data) => isCall(data.call),
  'call.updated': (data) => isCall(data.call),
  'call.ended': (data) => isText(data.call_id) && isOptional(data.ended_at, isInstant),
  'call.left': (data) => isText(data.call_id),
  'interaction.added': (data) => isText(data.call_id) && isLine(data.interaction),
  'qa.score.updated': (data) => isText(data.call_id) && isQaScore(data.qa_score),
  'sentiment.changed': (data) =>
    isText(data.call_id) &&
    isBag(data.sentiment) &&
    isNumber(data.sentiment.score) &&
    isText(data.sentiment.label),
  'escalation.triggered': hasEscalation,
  'escalation.updated': hasEscalation,
  'escalation.completed': hasEscalation,
  'intervention.updated': isIntervention,
  'note.added': (data) => isText(data.call_id) && isNote(data.note),
  'note.removed': (data) => isText(data.call_id) && isNumber(data.note_id),
  'alert.updated': (data) => isText(data.call_id) && isAlert(data.alert),
  'claim.changed': (data) =>
    isText(data.call_id) && isText(data.change) && (data.claim === null || isClaim(data.claim)),
  'presence.changed': (data) => isText(data.call_id) && isPresence(data.presence),
  'attention.changed': (data) => isText(data.call_id) && isAttention(data.attention),
}

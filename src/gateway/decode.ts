// From what came over the wire to a frame that can be trusted. Hand-written, for this is the hottest path of the page.
import type { CallEventName } from '#contract/events.ts'
import type { BatchFrame, EventFrame, ServerFrame, Stream } from '#contract/protocol.ts'
import {
  type Bag,
  checks,
  isBag,
  isCall,
  isChange,
  isCommit,
  isEscalation,
  isInstant,
  isIntervention,
  isLine,
  isNote,
  isNumber,
  isOptional,
  isQaScore,
  isStream,
  isText,
  siftAlerts,
} from '#src/gateway/frame-checks.ts'

/** A frame that is not understood but whose place in the stream is known: without it its successor looks like a gap. */
export interface SkippedFrame {
  event: 'skipped'
  stream: Stream
  seq?: number | undefined
  prev?: number | undefined
  safe?: number | undefined
}

export type StreamFrame = EventFrame | SkippedFrame
export type DecodedFrame =
  | Exclude<ServerFrame, EventFrame | BatchFrame>
  | { event: 'frames'; frames: StreamFrame[]; stream: Stream | null; safe: number | null }

/** What a message held. `frame` is null when nothing of it can be used; the counts say why (P6, P15). */
export interface Decoded {
  frame: DecodedFrame | null
  malformed: number
  unknown: number
}

const named = (name: CallEventName) => ({ name, isGood: checks[name] })

/** Every event by each name it goes by; those of the older documents are the last (P15). */
const events = new Map([
  ...(Object.keys(checks) as CallEventName[]).map((name) => [name as string, named(name)] as const),
  ['new_call', named('call.started')],
  ['call_updated', named('call.updated')],
])

const nothing = (fault: 'malformed' | 'unknown'): Decoded => ({
  frame: null,
  malformed: fault === 'malformed' ? 1 : 0,
  unknown: fault === 'unknown' ? 1 : 0,
})
const whole = (frame: DecodedFrame): Decoded => ({ frame, malformed: 0, unknown: 0 })

/** Parses one message: JSON text of the plain door, or the object Socket.IO hands over. Never throws. */
export function decode(message: unknown): Decoded {
  let value = message
  if (isText(message)) {
    try {
      value = JSON.parse(message)
    } catch {
      return nothing('malformed')
    }
  }
  if (!isBag(value) || !isText(value.event)) return nothing('malformed')
  if (value.event === 'batch') return decodeBatch(value)
  if (value.event === 'snapshot') return decodeSnapshot(value)
  const special = specials.get(value.event)
  if (special) return special(value) ? whole(value as unknown as DecodedFrame) : nothing('malformed')
  const result = decodeEvent(value)
  return {
    frame: result.frame
      ? { event: 'frames', frames: [result.frame], stream: result.frame.stream, safe: null }
      : null,
    malformed: result.fault === 'malformed' ? 1 : 0,
    unknown: result.fault === 'unknown' ? 1 : 0,
  }
}

function decodeBatch(value: Bag): Decoded {
  if (!Array.isArray(value.frames)) return nothing('malformed')
  const frames: StreamFrame[] = []
  let malformed = 0
  let unknown = 0
  for (const item of value.frames) {
    const { frame, fault } = decodeEvent(item)
    if (frame) frames.push(frame)
    if (fault === 'malformed') malformed += 1
    if (fault === 'unknown') unknown += 1
  }
  const stream = isStream(value.stream) ? value.stream : null
  const safe = isNumber(value.safe) ? value.safe : null
  return { frame: { event: 'frames', frames, stream, safe }, malformed, unknown }
}

function decodeEvent(value: unknown): { frame: StreamFrame | null; fault?: 'malformed' | 'unknown' } {
  if (!isBag(value) || !isText(value.event)) return { frame: null, fault: 'malformed' }
  const { seq, prev, safe, stream } = value
  const placed =
    isStream(stream) && isOptional(seq, isNumber) && isOptional(prev, isNumber) && isOptional(safe, isNumber)
  const known = events.get(value.event)
  if (placed && known && isBag(value.data) && isCommit(value.at) && known.isGood(value.data)) {
    // The very text of the list: whoever compares the name later need not look at its letters.
    value.event = known.name
    const frame = value as unknown as EventFrame
    return isBag(value.data.call) && siftAlerts(value.data.call) ? { frame, fault: 'malformed' } : { frame }
  }
  const fault = known ? 'malformed' : 'unknown'
  if (!placed || !isNumber(seq)) return { frame: null, fault }
  return {
    frame: {
      event: 'skipped',
      stream,
      seq,
      prev: isNumber(prev) ? prev : undefined,
      safe: isNumber(safe) ? safe : undefined,
    },
    fault,
  }
}

/** Keeps the good items of a list and counts the rest: one bad call must not cost the whole floor. */
function keepGood(list: unknown[], isGood: (item: unknown) => boolean): { good: unknown[]; bad: number } {
  const good = list.filter(isGood)
  return { good, bad: list.length - good.length }
}

function decodeSnapshot(value: Bag): Decoded {
  const { data } = value
  if (
    !isBag(data) ||
    !isStream(data.stream) ||
    !isNumber(data.part) ||
    !isNumber(data.parts) ||
    !isNumber(data.seq)
  )
    return nothing('malformed')
  let malformed = 0
  const sift = (holder: Bag, member: string, isGood: (item: unknown) => boolean): void => {
    const list = holder[member]
    const { good, bad } = keepGood(Array.isArray(list) ? list : [], isGood)
    if (bad > 0 || !Array.isArray(list)) holder[member] = good
    malformed += bad
  }
  const siftMarks = (calls: unknown): void => {
    malformed += (calls as Bag[]).filter(siftAlerts).length
  }
  if (data.stream === 'calls') {
    sift(data, 'calls', isCall)
    siftMarks(data.calls)
    if (data.changes !== undefined) {
      sift(data, 'changes', isChange)
      siftMarks(data.changes)
    }
    if (data.attention !== 'changed') delete data.attention
  } else {
    const { detail } = data
    if (!isBag(detail) || !isCall(detail.call)) return nothing('malformed')
    siftMarks([detail.call])
    sift(detail, 'interactions', isLine)
    sift(detail, 'interventions', (item) => isBag(item) && isIntervention(item))
    sift(detail, 'notes', isNote)
    if (!isNumber(detail.interactions_count))
      detail.interactions_count = (detail.interactions as unknown[]).length
    if (!isQaScore(detail.qa_score)) delete detail.qa_score
    if (!isEscalation(detail.escalation)) delete detail.escalation
  }
  return { frame: value as unknown as DecodedFrame, malformed, unknown: 0 }
}

/** Frames that speak of the connection itself. */
const specials = new Map<string, (frame: Bag) => boolean>([
  [
    'subscribed',
    ({ data }) =>
      isBag(data) &&
      isStream(data.stream) &&
      isNumber(data.seq) &&
      isText(data.log) &&
      isOptional(data.scorer, isText) &&
      (data.mode === 'live' || data.mode === 'resumed' || data.mode === 'snapshot'),
  ],
  [
    'heartbeat',
    ({ streams }) =>
      streams === undefined ||
      (isBag(streams) &&
        Object.values(streams).every(
          (place) =>
            isBag(place) && isNumber(place.seq) && isNumber(place.safe) && isOptional(place.scorer, isText),
        )),
  ],
  [
    'preferences.changed',
    ({ data }) =>
      isBag(data) &&
      isBag(data.preferences) &&
      Object.values(data.preferences).every(
        (one) => isBag(one) && 'value' in one && isInstant(one.changed_at),
      ),
  ],
  ['error', ({ data }) => isBag(data) && isText(data.code)],
  ['closing', ({ data }) => isBag(data) && isNumber(data.code)],
  ['reset', ({ data }) => isBag(data) && isStream(data.stream)],
])

// What a client may say, parsed by hand: anything else is a fault in words, never a throw.
import { type ClientFrame, type SubscribeData, snapshotFirst } from '#contract/protocol.ts'

export type ParsedFrame = { ok: true; frame: ClientFrame } | { ok: false; fault: string }

const fault = (message: string): ParsedFrame => ({ ok: false, fault: message })
const isText = (value: unknown, max = 200): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= max

/** Takes a frame `{ event, data }`, or its JSON text. */
export function parseClientFrame(raw: unknown): ParsedFrame {
  let value = raw
  if (typeof raw === 'string')
    try {
      value = JSON.parse(raw)
    } catch {
      return fault('The frame is not JSON.')
    }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return fault('A frame is an object with event and data.')
  const { event, data } = value as { event?: unknown; data?: unknown }
  if (data === null || typeof data !== 'object') return fault('data: an object is needed.')
  const given = data as Record<string, unknown>
  if (event === 'auth')
    return isText(given.token, 16_000)
      ? { ok: true, frame: { event, data: { token: given.token } } }
      : fault('data.token: the access token is needed.')
  if (event !== 'subscribe' && event !== 'unsubscribe')
    return fault('event: one of subscribe, unsubscribe, auth is needed.')
  const target = parseTarget(given)
  if (typeof target === 'string') return fault(target)
  if (event === 'unsubscribe') return { ok: true, frame: { event, data: target } }
  const wishes = parseWishes(given)
  return typeof wishes === 'string'
    ? fault(wishes)
    : { ok: true, frame: { event, data: { ...target, ...wishes } } }
}

const isFirst = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= snapshotFirst && value.every((id) => isText(id))

type Target = Pick<SubscribeData, 'type' | 'call_id'>

function parseTarget(given: Record<string, unknown>): Target | string {
  if (given.type === 'all_calls') return { type: 'all_calls' }
  if (given.type !== 'call') return "data.type: 'all_calls' or 'call' is needed."
  const callId = typeof given.call_id === 'number' ? String(given.call_id) : given.call_id
  return isText(callId) ? { type: 'call', call_id: callId } : 'data.call_id: the id of a call is needed.'
}

function parseWishes(given: Record<string, unknown>): Omit<SubscribeData, 'type' | 'call_id'> | string {
  const { since, log, lines, batch, first, holds, scorer, sub } = given
  if (since !== undefined && since !== null && !(Number.isSafeInteger(since) && (since as number) >= 0))
    return 'data.since: a position, 0 or above, is needed.'
  if (log !== undefined && log !== null && !isText(log)) return 'data.log: the id of the log is text.'
  if (lines !== undefined && lines !== 'none' && lines !== 'last' && lines !== 'all')
    return "data.lines: 'none', 'last' or 'all' is needed."
  if (batch !== undefined && typeof batch !== 'boolean') return 'data.batch: true or false is needed.'
  if (first !== undefined && !isFirst(first))
    return `data.first: a list of at most ${snapshotFirst} ids of calls is needed.`
  if (holds !== undefined && typeof holds !== 'boolean') return 'data.holds: true or false is needed.'
  if (scorer !== undefined && !isText(scorer)) return 'data.scorer: the name from an answer is text.'
  if (sub !== undefined && !isText(sub)) return 'data.sub: text is needed.'
  return {
    since: (since as number | undefined) ?? undefined,
    log: (log as string | undefined) ?? undefined,
    lines,
    batch,
    first,
    holds,
    scorer,
    sub,
  }
}

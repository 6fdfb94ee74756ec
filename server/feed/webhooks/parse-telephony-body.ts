// The body of the telephony endpoint, event by event, so that one bad event does not hide the faults of the others.
import type { z } from 'zod'
import type { FieldFault } from '#contract/errors.ts'
import { TelephonyEvent } from '#contract/telephony.ts'
import { usualEvent } from '#server/feed/webhooks/usual-event.ts'

export type ParsedTelephonyBody = { ok: true; events: TelephonyEvent[] } | { ok: false; faults: FieldFault[] }

/** Events one delivery may bring. */
export const maxEvents = 1000

const eventNames: ReadonlySet<string> = new Set(
  TelephonyEvent.options.map((option) => option.shape.event.value),
)
const knownNames = [...eventNames].join(', ')

/**
 * Reads `{ "events": [ … ] }`. Each fault names its field, e.g. `body.events[3].data.call_id`, and says what to do; none
 * repeats a value that was sent. Members nobody knows are left out.
 */
export function parseTelephonyBody(json: unknown): ParsedTelephonyBody {
  if (!isObject(json)) return fault('body', 'Send a JSON object with the member "events", a list of events.')
  const { events } = json
  if (!Array.isArray(events)) return fault('body.events', 'Send "events" as a list of events.')
  if (events.length === 0) return fault('body.events', 'Send at least one event.')
  if (events.length > maxEvents)
    return fault(
      'body.events',
      `Send at most ${maxEvents} events in one delivery; this one has ${events.length}.`,
    )

  const parsed: TelephonyEvent[] = []
  const faults: FieldFault[] = []
  for (const [index, event] of events.entries()) {
    const outcome = parseEvent(event, `body.events[${index}]`)
    if (outcome.ok) parsed.push(outcome.event)
    else faults.push(...outcome.faults)
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, events: parsed }
}

function fault(field: string, message: string): { ok: false; faults: FieldFault[] } {
  return { ok: false, faults: [{ field, message }] }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseEvent(
  event: unknown,
  field: string,
): { ok: true; event: TelephonyEvent } | { ok: false; faults: FieldFault[] } {
  if (!isObject(event)) return fault(field, 'Send an object with the members "event" and "data".')
  const usual = usualEvent(event)
  if (usual) return { ok: true, event: usual }
  if (typeof event.event !== 'string')
    return fault(`${field}.event`, `Name the event. Known events: ${knownNames}.`)
  if (!eventNames.has(event.event))
    return fault(`${field}.event`, `This event is not known. Known events: ${knownNames}.`)
  if (!isObject(event.data)) return fault(`${field}.data`, 'Send the event’s facts as the object "data".')
  const result = TelephonyEvent.safeParse(event, { reportInput: true })
  if (result.success) return { ok: true, event: result.data }
  return {
    ok: false,
    faults: result.error.issues.map((issue) => ({
      field: field + issue.path.map(pathPart).join(''),
      message: advice(issue),
    })),
  }
}

/** Names of members are the sender's own where metadata is free, so only plain ones are repeated. */
function pathPart(part: PropertyKey): string {
  if (typeof part === 'number') return `[${part}]`
  const name = String(part)
  return /^\w{1,40}$/.test(name) ? `.${name}` : '.…'
}

/** What to do about a fault. Never holds the value that was sent: it may be somebody's words or number. */
function advice(issue: z.core.$ZodIssue): string {
  const missing = 'input' in issue && issue.input === undefined
  switch (issue.code) {
    case 'invalid_type':
      return missing ? `Add it: ${aName(issue.expected)} is needed.` : `Send ${aName(issue.expected)}.`
    case 'invalid_value': {
      const options = issue.values.map((value) => JSON.stringify(value)).join(', ')
      return `${missing ? 'Add it. ' : ''}Use ${issue.values.length > 1 ? 'one of ' : ''}${options}.`
    }
    case 'too_big':
      return `Keep it at ${issue.maximum} ${issue.origin === 'string' ? 'characters or fewer' : 'or less'}.`
    case 'too_small':
      return issue.origin === 'string' ? 'Do not leave it empty.' : `Send ${issue.minimum} or more.`
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'Write an instant with its zone, for example 2026-11-20T14:00:00.000Z.'
        : 'Write it in the documented form.'
    case 'invalid_union':
      return missing ? 'Add it: text or a whole number is needed.' : 'Send text or a whole number.'
    default:
      return 'Send it as documented.'
  }
}

function aName(expected: string): string {
  const names: Record<string, string> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
    record: 'an object',
  }
  return names[expected] ?? `a value of type ${expected}`
}

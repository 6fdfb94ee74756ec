// What a row says about its call, in the words a supervisor would use. Pure functions of the call.
import { levelOf } from '#contract/attention-order.ts'
import type { Call, LastLine } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import { formatPhone } from '#src/lib/format.ts'
import type { Meaning } from '#src/lib/meaning.ts'
import { reasonText } from '#src/floor/reason-text.ts'

/** The number of the person on the other end. */
export function otherNumber(call: Call): string {
  return call.direction === 'inbound' ? call.from_number : call.to_number
}

/** Who is on the other end: the name when it is known, else the number. */
export function callerName(call: Call): string {
  return call.contact_name || formatPhone(otherNumber(call)) || 'Unknown caller'
}

/** The number under the name, or what is known instead. */
export function callerNumber(call: Call): string {
  const number = formatPhone(otherNumber(call))
  if (call.contact_name) return number
  return call.direction === 'inbound' ? 'Not in the contacts' : 'Called by us'
}

/** The state of a call as one meaning; what asks for a person wins. */
export function meaningOf(call: Call): Meaning {
  if (!isLive(call.status)) return 'ended'
  const level = levelOf(call)
  if (level === 'act') return 'act'
  if (call.ai_paused) return 'paused'
  if (call.escalation_status === 'in_progress') return 'human'
  return level === 'watch' ? 'attention' : 'live'
}

/** The same state in words, for the mark. */
export function stateWords(call: Call): string {
  if (call.status === 'completed') return 'Ended'
  if (call.status === 'failed') return 'Failed'
  const words: Record<Meaning, string> = {
    act: 'Act now',
    paused: 'AI paused',
    human: 'A person has the call',
    attention: 'Watch',
    live: statusWords[call.status],
    ended: 'Ended',
    met: '',
    stale: '',
  }
  return words[meaningOf(call)]
}

export const statusWords: Record<Call['status'], string> = {
  initiated: 'Dialing',
  ringing: 'Ringing',
  in_progress: 'Talking',
  escalated: 'Escalated',
  completed: 'Completed',
  failed: 'Failed',
}

/** Why the call is where it is, or what it is doing when nothing is wrong; `now` in epoch ms. */
export function reasonWords(call: Call, now: number): string {
  if (!isLive(call.status)) return outcomeWords(call)
  const reasons = call.attention?.reasons ?? []
  if (levelOf(call) !== 'calm' && reasons.length > 0)
    return reasons
      .slice(0, 2)
      .map((reason, index) => {
        const text = reasonText(reason, now)
        return index === 0 || beginsWithName.has(reason.code) ? text : lowerFirst(text)
      })
      .join(' · ')
  if (call.escalation_status === 'in_progress') return 'A person has the call'
  // Nothing is wrong: what the call is about says more than a number that worries nobody.
  return typeof call.metadata.intent === 'string' ? call.metadata.intent : statusWords[call.status]
}

/** Reasons whose first word is somebody's name, or a tool's. */
const beginsWithName: ReadonlySet<string> = new Set(['failed_transfer', 'failed_tool'])

const lowerFirst = (text: string) =>
  /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)

/** How the call ended. */
export function outcomeWords(call: Call): string {
  if (call.missed) return 'Missed'
  const end = call.status === 'failed' ? 'Call failed' : 'Call ended'
  return call.disposition ? `${end} · ${call.disposition}` : end
}

/** Who speaks in the last line, as the row names them. */
export function speakerWords(line: LastLine, call: Call): string {
  if (line.speaker === 'ai') return call.ai_name ?? 'AI'
  if (line.speaker === 'agent') return call.assigned_agent?.name ?? 'Agent'
  return line.speaker === 'customer' ? 'Caller' : 'System'
}

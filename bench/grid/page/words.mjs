// What the reference pages write into their cells, by the rules of the product's board; the driver checks them by the same.

const isLive = ({ status }) => status !== 'completed' && status !== 'failed'
const timed = new Set(['mood_negative', 'escalation_waiting', 'ai_paused', 'silence', 'long_call'])
const statusWords = {
  initiated: 'Dialing',
  ringing: 'Ringing',
  in_progress: 'Talking',
  escalated: 'Escalated',
  completed: 'Completed',
  failed: 'Failed',
}
const two = (value) => String(value).padStart(2, '0')

/** The level a call stands in; an ended call is calm. */
export const levelOf = (call) => (isLive(call) ? (call.attention?.level ?? 'calm') : 'calm')

/** The state in words; what asks for a person wins. */
export function status(call) {
  if (call.status === 'completed') return 'Ended'
  if (call.status === 'failed') return 'Failed'
  const level = levelOf(call)
  if (level === 'act') return 'Act now'
  if (call.ai_paused) return 'AI paused'
  if (call.escalation_status === 'in_progress') return 'A person has the call'
  return level === 'watch' ? 'Watch' : statusWords[call.status]
}

/** `Inbound` or `Outbound`. */
export const direction = (call) => (call.direction === 'inbound' ? 'Inbound' : 'Outbound')

/** `+12105550142` → `(210) 555-0142`; other numbers as they are. */
export function phone(number) {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number)
  return american ? `(${american[1]}) ${american[2]}-${american[3]}` : number
}

/** Name and number of the other end, or the number and what is known instead of a name. */
export function from(call) {
  const number = phone(call.direction === 'inbound' ? call.from_number : call.to_number)
  if (call.contact_name) return `${call.contact_name} ${number}`
  return `${number} ${call.direction === 'inbound' ? 'Not in the contacts' : 'Called by us'}`
}

function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 120) return `${seconds} s`
  return seconds < 7200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`
}

/** Why the call stands where it stands, at `now` (epoch ms). */
export function reason(call, now) {
  if (!isLive(call)) return call.status === 'failed' ? 'Call failed' : 'Call ended'
  const reasons = call.attention?.reasons ?? []
  if (levelOf(call) !== 'calm' && reasons.length > 0)
    return reasons
      .slice(0, 2)
      .map(({ code, text, since }) =>
        timed.has(code) ? `${text} for ${span(now - Date.parse(since))}` : text,
      )
      .join(' · ')
  if (call.escalation_status === 'in_progress') return 'A person has the call'
  return typeof call.metadata.intent === 'string' ? call.metadata.intent : statusWords[call.status]
}

function speaker(line, call) {
  if (line.speaker === 'ai') return call.ai_name ?? 'AI'
  if (line.speaker === 'agent') return call.assigned_agent?.name ?? 'Agent'
  return line.speaker === 'customer' ? 'Caller' : 'System'
}

/** Reason, speaker and words of the last line. */
export function lastLine(call, now) {
  const line = call.last_line
  const said = line ? `${speaker(line, call)}: ${line.text}` : 'No conversation yet.'
  return `${reason(call, now)} · ${said}`
}

/** A score of 0–1 as −1.0 to +1.0. */
export function mood(call) {
  if (call.sentiment_score === undefined) return ''
  const value = Math.round((call.sentiment_score * 2 - 1) * 10) / 10
  if (value === 0) return '0.0'
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`
}

/** `mm:ss` since the start, or how long an ended call took. */
export function duration(call, now) {
  const ms = isLive(call) ? now - Date.parse(call.started_at) : (call.duration_seconds ?? 0) * 1000
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`
}

/** Who is asked or has the call; empty without an escalation. */
export function escalation(call) {
  const asked = call.signals?.escalated_to
  const has = call.assigned_agent?.name
  if (call.escalation_status === 'pending') return asked ? `Asking ${asked}` : 'No one asked yet'
  if (call.escalation_status === 'in_progress') return has ? `With ${has}` : 'With a person'
  return call.escalation_status === 'completed' ? 'Handed back' : ''
}

/** Who speaks for the business. */
export const agent = (call) =>
  call.escalation_status === 'in_progress'
    ? (call.assigned_agent?.name ?? 'A person')
    : (call.ai_name ?? 'AI')

/** Per cent, or empty. */
export const qa = (call) => (call.qa_score === undefined ? '' : String(Math.round(call.qa_score * 100)))

/** Columns in their order: id, head, width in px (null takes what is left), and the text at `now`. */
export const columns = [
  { id: 'status', head: 'State', width: 96, text: status },
  { id: 'direction', head: 'Dir', width: 90, text: direction },
  { id: 'from', head: 'Caller', width: 230, text: from },
  { id: 'last_line', head: 'Why, and the last line', width: null, text: lastLine },
  { id: 'sentiment', head: 'Mood', width: 80, text: mood },
  { id: 'duration', head: 'Elapsed', width: 90, text: duration },
  { id: 'escalation', head: 'Escalation', width: 132, text: escalation },
  { id: 'agent', head: 'Handled by', width: 110, text: agent },
  { id: 'qa', head: 'QA', width: 70, text: qa },
]

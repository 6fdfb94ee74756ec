// The newest act of a supervisor on a call as its row's chip: what, where it stands, and for how long it is news. Pure.
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import { clockText } from '#src/ui/clock-text.ts'

interface ActChip {
  text: string
  /** Who and when, for who looks closer. */
  title: string
  state: string
}

const names: Record<string, string> = {
  send_message: 'Message',
  pause: 'Pause',
  resume: 'Resume',
  override_instructions: 'Instructions',
  clear_override: 'Withdrawal',
  transfer: 'Escalation',
  cancel_transfer: 'Back to AI',
  hand_back: 'Hand-back',
  end: 'End',
  dial: 'Dialling',
}
const states: Record<string, string> = {
  sending: 'sending',
  sent: 'sent',
  delivered: 'delivered',
  applied: 'applied',
  refused: 'refused',
  unknown: 'unanswered',
}
/** How long a settled act stays on the row, ms; one under way stays until it is settled. */
const newsMs: Record<string, number> = { applied: 15_000, refused: 60_000 }

/** `pending` is a wish of this console on its way: its state and its kind, as `state action`. Null: nothing to show. */
export function actChip(call: Call, pending: string | null, now: number): ActChip | null {
  if (pending !== null) {
    const [state = '', action = ''] = pending.split(' ')
    const text = `${names[action] ?? 'Act'} ${states[state] ?? state}`
    return { text, title: `You: ${text}`, state }
  }
  const act = call.last_act
  if (!act || !isLive(call.status)) return null
  const lasts = newsMs[act.state]
  if (lasts !== undefined && now - Date.parse(act.updated_at) > lasts) return null
  const text = `${names[act.action] ?? 'Act'} ${states[act.state] ?? act.state}`
  return { text, title: `${act.by.name}, ${clockText(Date.parse(act.at))}: ${text}`, state: act.state }
}

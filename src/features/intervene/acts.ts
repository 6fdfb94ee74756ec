// What a supervisor can do on a call, who may, and when. Pure: the composer and its keys read the same answer.
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import { type Capability, type Role, can, rolesWith } from '#contract/permissions.ts'

export type Act = 'message' | 'pause' | 'override' | 'escalate' | 'note' | 'end'

/** An act that has a form; pausing is done at once. */
export type Mode = Exclude<Act, 'pause'>

const needs: Record<Act, Capability> = {
  message: 'calls.intervene',
  pause: 'calls.intervene',
  override: 'calls.intervene',
  escalate: 'calls.escalate',
  note: 'calls.note',
  end: 'calls.end',
}

/** Whether an act can be done: `gone` acts need a live call and are not shown, `denied` ones say who may. */
export type Standing = { state: 'ready' } | { state: 'gone' } | { state: 'denied'; why: string }

const roleNames: Record<Role, string> = {
  viewer: 'viewers',
  tech: 'technicians',
  sales_rep: 'sales reps',
  csr: 'customer service',
  dispatcher: 'dispatchers',
  manager: 'managers',
  owner: 'owners',
}

/** `dispatchers, managers and owners`. */
export function whoMay(capability: Capability): string {
  const names = rolesWith(capability).map((role) => roleNames[role])
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? 'nobody')
}

/** The standing of an act on a call for a role. */
export function standingOf(act: Act, call: Pick<Call, 'status'>, role: Role | null): Standing {
  if (act !== 'note' && !isLive(call.status)) return { state: 'gone' }
  if (can(role, needs[act])) return { state: 'ready' }
  return { state: 'denied', why: `Only ${whoMay(needs[act])} may do this.` }
}

// Whether an action can be done now, and if not, why, in words. Pure: key, button, menu and palette give the same answer.
import { type Capability, type Role, can, rolesWith } from '#contract/permissions.ts'
import type { ActionContext, ActionRecord, ActionScope } from '#src/actions/action-record.ts'

/** What the parts on screen say of an action. */
export type Bound = 'absent' | 'ready' | { why: string | null }

/** `why` is null where there is nothing to say but that it is not here. */
export type Standing = { ready: true } | { ready: false; why: string; isDenied: boolean }

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

const elsewhere: Record<ActionScope, string> = {
  everywhere: 'Not on this page.',
  board: 'Only on the live board.',
  call: 'Open a call first.',
  queue: 'Only on the escalations page.',
  list: 'Only on the page of all calls.',
  analytics: 'Only on the pages of analytics.',
}

/** The standing of an action where `bound` says what the screen can do, and `reaches` that the call would be opened for it. */
export function standingOf(
  record: ActionRecord,
  context: ActionContext,
  bound: Bound,
  reaches = false,
): Standing {
  const no = (why: string, isDenied = false): Standing => ({ ready: false, why, isDenied })
  const { capability, possible, scope } = record
  if (capability && !can(context.role, capability)) return no(`Only ${whoMay(capability)} may do this.`, true)
  const answer = bound === 'absent' && !reaches ? true : (possible?.(context) ?? true)
  if (answer !== true) return no(answer)
  if (bound === 'ready' || reaches) return { ready: true }
  if (bound === 'absent') return no(elsewhere[scope])
  return no(bound.why ?? 'Not possible right now.')
}

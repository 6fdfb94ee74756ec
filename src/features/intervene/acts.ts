// What a supervisor can do on a call, who may, and when. Pure: the composer and its keys read the same answer.
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { Role } from '#contract/permissions.ts'
import { recordOf } from '#src/actions/action-list.ts'
import { emptyContext } from '#src/actions/action-record.ts'
import { standingOf as standingOfAction } from '#src/actions/standing.ts'

export type Act = 'message' | 'pause' | 'override' | 'escalate' | 'note' | 'end'

/** An act that has a form; pausing is done at once. */
export type Mode = Exclude<Act, 'pause'>

/** Whether an act can be done: `gone` acts need a live call and are not shown, `denied` ones say who may. */
export type Standing = { state: 'ready' } | { state: 'gone' } | { state: 'denied'; why: string }

/** The standing of an act on a call for a role; the action's record decides, for key and button alike. */
export function standingOf(
  act: Act,
  call: Pick<Call, 'id' | 'status' | 'ai_paused'>,
  role: Role | null,
): Standing {
  if (act !== 'note' && !isLive(call.status)) return { state: 'gone' }
  const answer = standingOfAction(recordOf(`act.${act}`), { ...emptyContext, role, call }, 'ready')
  return answer.ready ? { state: 'ready' } : { state: 'denied', why: answer.why }
}

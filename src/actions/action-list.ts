// Everything that can be done, once: keys, buttons, menus, the palette and the `?` sheet are drawn from these records.
// They stand in call-actions.ts, board-actions.ts, list-actions.ts, queue-actions.ts, analytics-actions.ts and
// page-actions.ts.
import type { ActionRecord } from '#src/actions/action-record.ts'
import { analyticsActions } from '#src/actions/analytics-actions.ts'
import { boardActions } from '#src/actions/board-actions.ts'
import { callActions } from '#src/actions/call-actions.ts'
import { listActions } from '#src/actions/list-actions.ts'
import { pageActions } from '#src/actions/page-actions.ts'
import { queueActions } from '#src/actions/queue-actions.ts'

export const actionList = {
  ...callActions,
  ...boardActions,
  ...listActions,
  ...queueActions,
  ...analyticsActions,
  ...pageActions,
}
export type ActionId = keyof typeof actionList

/** Every action with its id, in the order of the list. */
export const allActions = Object.entries(actionList) as readonly (readonly [ActionId, ActionRecord])[]

/** The record of an action, with all that a record may say. */
export const recordOf = (id: ActionId): ActionRecord => actionList[id]

/** True for the name of an action that exists. */
export function isActionId(id: string): id is ActionId {
  return Object.hasOwn(actionList, id)
}

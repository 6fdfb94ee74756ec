// What is known of an action before anybody does it: one record from which keys, buttons, menus, palette and sheet are drawn.
import type { Call } from '#contract/call.ts'
import type { Capability, Role } from '#contract/permissions.ts'

/**
 * Where an action can be done. `call`: on the open call, or on the row that has the focus. `queue`: the escalations page.
 * `list`: the page of all calls, whose rows are walked by the actions of the board.
 * `analytics`: its pages.
 */
export type ActionScope = 'everywhere' | 'board' | 'call' | 'queue' | 'list' | 'analytics'

export const actionGroups = [
  'Stepping in',
  'The open call',
  'The board',
  'The queue',
  'The list of calls',
  'Analytics',
  'Go to',
  'Everywhere',
] as const
export type ActionGroup = (typeof actionGroups)[number]

/** What is on screen at this moment, as far as it decides what can be done. */
export interface ActionContext {
  role: Role | null
  /** The call an act would be done on: that of the focused row, else the open one. */
  call: Pick<Call, 'id' | 'status' | 'ai_paused'> | null
  /** Rows on the board. */
  rows: number
  /** Rows that want to move. */
  waiting: number
  /** Calls that need a person now, whatever the filter is. */
  actNow: number
  isFiltered: boolean
  /** What `z` would take back, in words. */
  undo: string | null
}

/** Before any page has said what it shows. */
export const emptyContext: ActionContext = {
  role: null,
  call: null,
  rows: 0,
  waiting: 0,
  actNow: 0,
  isFiltered: false,
  undo: null,
}

export interface ActionRecord {
  title: string
  /** Other words by which somebody may look for it. */
  also?: string
  /** Keys that run it until the person chooses others, e.g. `m`, `Shift+E`, `Space`, `g l`, `Mod+k`. The first is printed. */
  keys: readonly string[]
  group: ActionGroup
  scope: ActionScope
  /** Who may; without it everybody who is signed in. */
  capability?: Capability
  /** True, or why it cannot be done now, in words. */
  possible?: (context: ActionContext) => true | string
  /** It is asked for a second time, by name, before it is done. */
  confirms?: true
  /** What is offered for some seconds after it was done; without it nothing can be taken back. */
  undo?: string
  /** It can be done on the call of a row that is not open. */
  onRow?: true
  /** It goes on while the key is held. */
  repeats?: true
  /** A press that cannot act says nothing: keys such as Escape mean something everywhere. */
  quiet?: true
  /** It makes no sense in the palette: it walks, or it is the palette. */
  keyOnly?: true
}

/** Records as they are written, so that their names are known as types. */
export const actionRecords = <const R extends Record<string, ActionRecord>>(records: R): R => records

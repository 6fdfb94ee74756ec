// Everything that can be done by key, once: buttons take their caps from here, the key handler its keys, the `?` sheet its rows.

export interface ActionRecord {
  label: string
  /** Keys that run it, as `event.key` spells them; `g l` is a sequence. The first one is printed. */
  keys: readonly string[]
  group: 'The board' | 'The open call' | 'Stepping in' | 'Everywhere'
}

const record = <const R extends Record<string, ActionRecord>>(records: R) => records

export const actionList = record({
  'row.next': { label: 'Next call', keys: ['j', 'ArrowDown'], group: 'The board' },
  'row.previous': { label: 'Previous call', keys: ['k', 'ArrowUp'], group: 'The board' },
  'row.open': { label: 'Open the call', keys: ['Enter'], group: 'The board' },
  'call.next-act': { label: 'Next act-now call', keys: ['.'], group: 'The board' },
  'filter.focus': { label: 'Filter calls', keys: ['/'], group: 'The board' },
  'order.apply': { label: 'Let the waiting rows move', keys: ['u'], group: 'The board' },
  'view.pause': { label: 'Pause the view', keys: [' '], group: 'The board' },
  'density.toggle': { label: 'Compact or normal rows', keys: ['d'], group: 'The board' },
  'call.close': { label: 'Close the call', keys: ['Escape'], group: 'The open call' },
  'transcript.follow': { label: 'Follow the newest line, or stop', keys: ['f'], group: 'The open call' },
  'transcript.end': { label: 'Go to the newest line', keys: ['End'], group: 'The open call' },
  'transcript.search': { label: 'Search the transcript', keys: ['s'], group: 'The open call' },
  'act.message': { label: 'Message the AI', keys: ['m'], group: 'Stepping in' },
  'act.pause': { label: 'Pause or resume the AI', keys: ['p'], group: 'Stepping in' },
  'act.override': { label: 'Override the instructions', keys: ['o'], group: 'Stepping in' },
  'act.escalate': { label: 'Escalate to a person', keys: ['e'], group: 'Stepping in' },
  'act.note': { label: 'Write a note', keys: ['n'], group: 'Stepping in' },
  'act.end': { label: 'End the call (asks first)', keys: ['E'], group: 'Stepping in' },
  'call.initiate': { label: 'Call somebody', keys: ['c'], group: 'Everywhere' },
  'go.live': { label: 'Go to the live board', keys: ['g l'], group: 'Everywhere' },
  'keys.show': { label: 'Show all keys', keys: ['?'], group: 'Everywhere' },
})
export type ActionId = keyof typeof actionList

const printed: Record<string, string> = {
  ' ': 'Space',
  Escape: 'Esc',
  Enter: '↵',
  ArrowUp: '↑',
  ArrowDown: '↓',
  E: '⇧E',
}

/** A key as a cap prints it. */
export function printKey(key: string): string {
  return printed[key] ?? key
}

/** The cap of an action's first key. */
export function capOf(id: ActionId): string {
  return printKey(actionList[id].keys[0] ?? '')
}

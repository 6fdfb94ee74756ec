// Giving an action other keys, and who else wants the same ones. Pure.
import { type ActionId, allActions, isActionId, recordOf } from '#src/actions/action-list.ts'
import type { ActionScope } from '#src/actions/action-record.ts'
import { stepsOf } from '#src/actions/key-combo.ts'
import { type KeyChoice, keysOf } from '#src/actions/key-map.ts'

/** Board and open call share a page; the others have one of their own. */
const pageOf = (scope: ActionScope) => (scope === 'queue' || scope === 'analytics' ? scope : 'board')

/** True when both can be on screen at once. */
export function scopesMeet(a: ActionScope, b: ActionScope): boolean {
  if (a === 'everywhere' || b === 'everywhere') return true
  // The list of calls is walked by the keys of the board, which its own must leave free; no call is open beside it.
  if ((a === 'list' && b === 'call') || (a === 'call' && b === 'list')) return false
  return pageOf(a) === pageOf(b)
}

/** True when one could not be pressed without the other. */
function collide(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `)
}

/** Who has the combination already, where `id` is on screen as well; null when it is free. */
export function takenBy(combo: string, id: ActionId, choice: KeyChoice): ActionId | null {
  for (const [other, { scope }] of allActions) {
    if (other === id || !scopesMeet(scope, recordOf(id).scope)) continue
    if (keysOf(other, choice).some((key) => collide(key, combo))) return other
  }
  return null
}

/** What the browser or the page itself keeps; the reason in words, else null. */
export function reservedFor(combo: string): string | null {
  const step = stepsOf(combo)[0] ?? ''
  if (/^(Shift\+)?Tab$/.test(step)) return 'Tab moves the focus.'
  if (/^Mod\+([twnrlpfsoacvxz]|Shift\+[TWNRIJ]|[0-9+=-])$/.test(step) || /^F(1|3|5|6|7|11|12)$/.test(step))
    return 'The browser keeps this one.'
  return null
}

/** Gives the action these keys, and takes them from everybody who would be in the way. */
export function withKeys(choice: KeyChoice, id: ActionId, combos: readonly string[]): KeyChoice {
  const keys: Partial<Record<ActionId, readonly string[]>> = { ...choice.keys, [id]: combos }
  for (const combo of combos)
    for (const [other, { scope }] of allActions) {
      if (other === id || !scopesMeet(scope, recordOf(id).scope)) continue
      const held = keysOf(other, choice)
      const left = held.filter((key) => !collide(key, combo))
      if (left.length < held.length) keys[other] = left
    }
  return { ...choice, keys: withoutOwn(keys) }
}

/** Gives the action its own keys back; those who have them by choice lose them. */
export function withOwnKeys(choice: KeyChoice, id: ActionId): KeyChoice {
  return withKeys(choice, id, recordOf(id).keys)
}

/** True when nothing but the record decides the keys of the action. */
export const hasOwnKeys = (id: ActionId, choice: KeyChoice): boolean => choice.keys[id] === undefined

/** A choice that says the same as the record says nothing. */
function withoutOwn(keys: KeyChoice['keys']): KeyChoice['keys'] {
  return Object.fromEntries(
    Object.entries(keys).filter(
      ([id, combos]) => isActionId(id) && combos.join('\n') !== recordOf(id).keys.join('\n'),
    ),
  )
}

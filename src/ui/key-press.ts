// Which action a key press means, if any. Pure but for the target it is given: no single key acts while typing.
import { type ActionId, actionList } from '#src/ui/action-list.ts'

/** Ms within which the second key of a sequence must follow. */
export const sequenceMs = 1200

const byKey = new Map<string, ActionId>()
for (const [id, { keys }] of Object.entries(actionList))
  for (const key of keys) byKey.set(key, id as ActionId)
const prefixes = new Set(
  [...byKey.keys()].filter((key) => key.length > 1 && key.includes(' ')).map((key) => key[0]),
)

const typingIn = 'input, textarea, select, [contenteditable="true"], [role="textbox"], [role="combobox"]'
const pressable = 'button, a[href], summary, [role="menuitem"], [role="option"], [role="tab"]'
const modal = '[role="dialog"], [role="menu"], [role="listbox"], [role="alertdialog"]'

export type Pressed = { kind: 'none' } | { kind: 'prefix'; key: string } | { kind: 'action'; id: ActionId }

/** True when what is pressed there is text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(typingIn) !== null
}

/**
 * Reads one key press. `prefix` is the pending first key of a sequence, or null.
 * Enter and Space belong to a focused button or link; open menus and dialogs keep all keys.
 */
export function readKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target'>,
  prefix: string | null,
): Pressed {
  const none: Pressed = { kind: 'none' }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return none
  const target = event.target instanceof Element ? event.target : null
  if (target?.closest(modal)) return none
  if ((event.key === 'Enter' || event.key === ' ') && target?.closest(pressable)) return none
  if (prefix !== null) {
    const id = byKey.get(`${prefix} ${event.key}`)
    return id ? { kind: 'action', id } : none
  }
  if (prefixes.has(event.key)) return { kind: 'prefix', key: event.key }
  const id = byKey.get(event.key)
  return id ? { kind: 'action', id } : none
}

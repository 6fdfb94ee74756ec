// What a key press means where it was pressed: no plain key acts while somebody types, and menus and dialogs keep theirs.
import type { ActionId } from '#src/actions/action-list.ts'
import { type KeyPress, comboOf, isCharacterKey } from '#src/actions/key-combo.ts'
import type { KeyMap } from '#src/actions/key-map.ts'

/** Ms within which the next key of a sequence must follow. */
export const sequenceMs = 1500

const typingIn =
  'input:not([type="checkbox"], [type="button"], [type="submit"], [type="reset"]), textarea, select, ' +
  '[contenteditable]:not([contenteditable="false"]), [role="textbox"], [role="combobox"]'
const pressable =
  'button, a[href], summary, input, [role="menuitem"], [role="option"], [role="tab"], [role="checkbox"], [role="switch"]'
const modal = '[role="dialog"], [role="menu"], [role="listbox"], [role="alertdialog"]'

export type Pressed =
  | { kind: 'none' }
  | { kind: 'prefix'; combo: string }
  /** The actions that share the keys; the first that can be done is meant. */
  | { kind: 'action'; ids: readonly ActionId[] }

/** True when what is pressed there is text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(typingIn) !== null
}

/** Reads one key press. `pending`: what has been pressed of a sequence, or null. */
export function readKey(
  press: KeyPress & { target: EventTarget | null; isComposing?: boolean },
  pending: string | null,
  map: KeyMap,
): Pressed {
  const none: Pressed = { kind: 'none' }
  const combo = press.isComposing ? null : comboOf(press)
  if (combo === null) return none
  const target = press.target instanceof Element ? press.target : null
  // A dialog may have lost the focus; the page under it still hears nothing.
  if (target?.closest(modal) || target?.ownerDocument.querySelector('[aria-modal="true"]')) return none
  const isPlain = !combo.startsWith('Mod+') && !combo.startsWith('Alt+')
  if (isPlain && isTyping(target)) return none
  if ((combo === 'Enter' || combo === 'Space') && target?.closest(pressable)) return none
  const whole = pending === null ? combo : `${pending} ${combo}`
  if (pending === null && map.prefixes.has(combo)) return { kind: 'prefix', combo }
  const ids = map.byCombo.get(whole)
  return ids ? { kind: 'action', ids } : none
}

/** True for a press that belongs to the page, though it was made in a text field. */
export const leavesField = (press: KeyPress): boolean => comboOf(press) === 'Escape'

/** What may follow the first press of a sequence: last step and action. */
export function followers(pending: string, map: KeyMap): readonly (readonly [string, ActionId])[] {
  return [...map.byCombo].flatMap(([combo, ids]) => {
    const id = ids[0]
    return combo.startsWith(`${pending} `) && id && isCharacterKey(pending)
      ? [[combo.slice(pending.length + 1), id] as const]
      : []
  })
}

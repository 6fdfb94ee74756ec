// How a key press is written down, printed and told to assistive technology: `m`, `Shift+E`, `Space`, `g l`, `Mod+k`.

/** What is read of a key press. */
export interface KeyPress {
  key: string
  /** The place on the keyboard, e.g. `KeyJ`: what counts where the layout writes other letters. */
  code?: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
  getModifierState?(name: string): boolean
}

const modifierKeys = new Set([
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'NumLock',
  'Fn',
  'Hyper',
  'Super',
])

/** What a place on the keyboard writes on a US layout, without and with Shift. */
const placeKeys: Record<string, string> = {
  Period: '.>',
  Comma: ',<',
  Slash: '/?',
  Semicolon: ';:',
  Quote: '\'"',
  BracketLeft: '[{',
  BracketRight: ']}',
  Backslash: '\\|',
  Minus: '-_',
  Equal: '=+',
  Backquote: '`~',
}
const shiftedDigits = ')!@#$%^&*('

function fromPlace(code: string | undefined, shift: boolean): string | null {
  if (code === undefined) return null
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter) return letter
  const digit = /^Digit(\d)$/.exec(code)?.[1]
  if (digit) return shift ? (shiftedDigits[Number(digit)] ?? null) : digit
  return placeKeys[code]?.[shift ? 1 : 0] ?? null
}

/** One printable character of another script, a dead key, or one an input method keeps. */
const isForeign = (key: string) =>
  key === 'Dead' || key === 'Unidentified' || ([...key].length === 1 && key.charCodeAt(0) > 126)

/** How the press is written; null for a modifier alone and for what has no name. Caps Lock changes nothing. */
export function comboOf(press: KeyPress): string | null {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = press
  if (modifierKeys.has(key) || key === 'Process') return null
  // The third level of a layout writes characters; it is no shortcut.
  const third = press.getModifierState?.('AltGraph') === true
  const hasMod = (ctrlKey || metaKey) && !third
  const hasAlt = altKey && !third
  const named = isForeign(key) || (hasAlt && [...key].length === 1) ? (fromPlace(code, shiftKey) ?? key) : key
  if (named === 'Dead' || named === 'Unidentified') return null
  const prefix = `${hasMod ? 'Mod+' : ''}${hasAlt ? 'Alt+' : ''}`
  if (named === ' ') return `${prefix}${shiftKey ? 'Shift+' : ''}Space`
  if (/^[a-z]$/i.test(named))
    return prefix + (shiftKey ? `Shift+${named.toUpperCase()}` : named.toLowerCase())
  if ([...named].length === 1) return prefix + named
  return `${prefix}${shiftKey ? 'Shift+' : ''}${named}`
}

/** The presses of a combination, in their order. */
export const stepsOf = (combo: string): string[] => combo.split(' ')

/** True when it is written by plain characters, so that a slip of the tongue or hand could press it (WCAG 2.1.4). */
export function isCharacterKey(combo: string): boolean {
  return stepsOf(combo).every((step) => {
    const bare = step.startsWith('Shift+') ? step.slice(6) : step
    return bare === 'Space' || [...bare].length === 1
  })
}

const printed: Record<string, string> = {
  Escape: 'Esc',
  Enter: '↵',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

/** One press as a cap prints it. */
export function printStep(step: string, isMac = false): string {
  const parts = step === '+' ? ['+'] : step.replace(/\+\+$/, '+Plus').split('+')
  const last = parts.pop() ?? ''
  const key = last === 'Plus' ? '+' : (printed[last] ?? last)
  const names: Record<string, string> = isMac
    ? { Mod: '⌘', Alt: '⌥', Shift: '⇧' }
    : { Mod: 'Ctrl ', Alt: 'Alt ', Shift: '⇧' }
  return (
    parts.map((part) => names[part] ?? part).join('') +
    (parts.length > 0 && key.length === 1 ? key.toUpperCase() : key)
  )
}

/** A combination as a cap prints it: `g l`, `⇧E`, `Ctrl K`. */
export function printCombo(combo: string, isMac = false): string {
  return stepsOf(combo)
    .map((step) => printStep(step, isMac))
    .join(' ')
}

/** A combination as `aria-keyshortcuts` wants it; undefined for a sequence, which it cannot say. */
export function ariaCombo(combo: string, isMac = false): string | undefined {
  if (combo.includes(' ')) return undefined
  return combo.replace('Mod+', isMac ? 'Meta+' : 'Control+')
}

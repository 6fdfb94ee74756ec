import { expect, test } from 'vitest'
import { ariaCombo, comboOf, isCharacterKey, printCombo } from '#src/actions/key-combo.ts'

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
const third = (name: string) => name === 'AltGraph'

test.each([
  ['a letter', { key: 'm' }, 'm'],
  ['a letter while Caps Lock is on', { key: 'M' }, 'm'],
  ['Shift with a letter', { key: 'E', shiftKey: true }, 'Shift+E'],
  ['Shift with a letter while Caps Lock is on', { key: 'e', shiftKey: true }, 'Shift+E'],
  ['a sign that the layout writes with Shift', { key: '?', shiftKey: true }, '?'],
  ['the space bar', { key: ' ' }, 'Space'],
  ['a named key', { key: 'ArrowDown' }, 'ArrowDown'],
  ['Ctrl with a letter', { key: 'k', ctrlKey: true }, 'Mod+k'],
  ['the command key of a Mac', { key: 'k', metaKey: true }, 'Mod+k'],
  ['Alt with a letter that the layout changes', { key: 'µ', code: 'KeyM', altKey: true }, 'Alt+m'],
  ['a Cyrillic letter, by its place', { key: 'о', code: 'KeyJ' }, 'j'],
  ['a Cyrillic letter with Shift', { key: 'У', code: 'KeyE', shiftKey: true }, 'Shift+E'],
  ['a Greek letter', { key: 'γ', code: 'KeyG' }, 'g'],
  ['a Cyrillic letter on the key of the full stop', { key: 'ю', code: 'Period' }, '.'],
  ['an Arabic question mark', { key: '؟', code: 'Slash', shiftKey: true }, '?'],
  ['a dead key, by its place', { key: 'Dead', code: 'Quote' }, "'"],
  ['a letter of Dvorak, by what it writes', { key: 'j', code: 'KeyC' }, 'j'],
  ['a sign of the third level', { key: '/', ctrlKey: true, altKey: true, getModifierState: third }, '/'],
])('%s is written as it is meant', (_, press, combo) => {
  expect(comboOf({ ...none, ...press })).toBe(combo)
})

test.each([['Shift'], ['Control'], ['AltGraph'], ['Process'], ['CapsLock']])('%s alone is nothing', (key) => {
  expect(comboOf({ ...none, key })).toBeNull()
})

test.each([
  ['m', true],
  ['?', true],
  ['Shift+E', true],
  ['g l', true],
  ['Space', true],
  ['Escape', false],
  ['ArrowDown', false],
  ['Mod+k', false],
  ['Alt+m', false],
])('%s is a plain character: %s', (combo, is) => expect(isCharacterKey(combo)).toBe(is))

test.each([
  ['Shift+E', false, '⇧E'],
  ['g l', false, 'g l'],
  ['Mod+k', false, 'Ctrl K'],
  ['Mod+k', true, '⌘K'],
  ['Escape', false, 'Esc'],
  ['Enter', false, '↵'],
])('%s is printed as on the keyboard', (combo, isMac, printed) =>
  expect(printCombo(combo, isMac)).toBe(printed),
)

test('assistive technology hears of single presses only', () => {
  expect(ariaCombo('Mod+k')).toBe('Control+k')
  expect(ariaCombo('Mod+k', true)).toBe('Meta+k')
  expect(ariaCombo('g l')).toBeUndefined()
})

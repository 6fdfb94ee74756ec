import { expect, test } from 'vitest'
import { createKeyMap, defaultChoice } from '#src/actions/key-map.ts'
import { followers, readKey } from '#src/actions/read-key.ts'

const map = createKeyMap(defaultChoice)
function press(key: string, html = '<div></div>', pending: string | null = null, more = {}, keys = map) {
  document.body.innerHTML = html
  const target = document.querySelector('[data-here]') ?? document.body
  const event = { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, target, ...more }
  return readKey(event, pending, keys)
}
const none = { kind: 'none' }

test('a single key means its action, one of each page where pages share it', () => {
  expect(press('m')).toEqual({ kind: 'action', ids: ['act.message', 'queue.mine'] })
  expect(press('E', undefined, null, { shiftKey: true })).toEqual({ kind: 'action', ids: ['act.end'] })
})

test.each([
  '<input data-here>',
  '<input type="search" data-here>',
  '<textarea data-here></textarea>',
  '<select data-here></select>',
  '<div contenteditable="true" data-here></div>',
  '<div contenteditable="" data-here></div>',
  '<div role="textbox" data-here></div>',
])('no single key acts while somebody types in %s', (html) => {
  expect(press('e', html)).toEqual(none)
  expect(press('Escape', html)).toEqual(none)
})

test('nothing acts while an input method composes', () => {
  expect(press('m', undefined, null, { isComposing: true })).toEqual(none)
})

test('the palette is called from a text field too', () => {
  expect(press('k', '<input data-here>', null, { ctrlKey: true })).toEqual({
    kind: 'action',
    ids: ['palette.open'],
  })
})

test('a check box is no text field, and Space is its own', () => {
  expect(press('j', '<input type="checkbox" data-here>')).toEqual({
    kind: 'action',
    ids: ['row.next', 'queue.next'],
  })
  expect(press(' ', '<input type="checkbox" data-here>')).toEqual(none)
})

test('a sequence needs its first key', () => {
  expect(press('g')).toEqual({ kind: 'prefix', combo: 'g' })
  expect(press('l', undefined, 'g')).toEqual({ kind: 'action', ids: ['go.live'] })
  expect(press('l')).toEqual({ kind: 'action', ids: ['recording.toggle'] })
})

test('the second key of a sequence is not taken for its own action', () => {
  expect(press('m', undefined, 'g')).toEqual(none)
})

test('the hint of a sequence lists what may follow', () => {
  expect(followers('g', map)).toContainEqual(['l', 'go.live'])
})

test('Enter and Space belong to the button that has the focus', () => {
  expect(press('Enter', '<button data-here>x</button>')).toEqual(none)
  expect(press(' ', '<button data-here>x</button>')).toEqual(none)
  expect(press('j', '<button data-here>x</button>')).toEqual({
    kind: 'action',
    ids: ['row.next', 'queue.next'],
  })
})

test.each(['dialog', 'menu', 'listbox', 'alertdialog'])('an open %s keeps all keys', (role) => {
  const html = `<div role="${role}"><button data-here>x</button></div>`
  expect(press('p', html)).toEqual(none)
  expect(press('k', html, null, { ctrlKey: true })).toEqual(none)
})

test('a dialog that lost the focus still keeps the keys from the page under it', () => {
  expect(press('Escape', '<main data-here></main><section aria-modal="true"></section>')).toEqual(none)
})

test("the browser's own combinations are left alone", () => {
  expect(press('p', undefined, null, { ctrlKey: true })).toEqual(none)
})

test('with single keys switched off only keys that nobody presses by accident act', () => {
  const quiet = createKeyMap({ singleKeys: false, keys: {} })
  const off = (key: string, more = {}) => press(key, undefined, null, more, quiet)
  for (const key of ['m', 'g', '?', '.', ' ']) expect(off(key)).toEqual(none)
  expect(off('E', { shiftKey: true })).toEqual(none)
  expect(off('ArrowDown')).toEqual({ kind: 'action', ids: ['row.next', 'queue.next'] })
  expect(off('k', { ctrlKey: true })).toEqual({ kind: 'action', ids: ['palette.open'] })
})

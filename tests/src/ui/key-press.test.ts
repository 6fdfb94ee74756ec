import { expect, test } from 'vitest'
import { actionList } from '#src/ui/action-list.ts'
import { readKey } from '#src/ui/key-press.ts'

function press(key: string, html = '<div></div>', prefix: string | null = null, more = {}) {
  document.body.innerHTML = html
  const target = document.querySelector('[data-here]') ?? document.body
  return readKey({ key, ctrlKey: false, metaKey: false, altKey: false, target, ...more }, prefix)
}

test('a single key runs its action', () => {
  expect(press('m')).toEqual({ kind: 'action', id: 'act.message' })
})

test.each([
  '<input data-here>',
  '<textarea data-here></textarea>',
  '<div contenteditable="true" data-here></div>',
])('no single key acts while somebody types in %s', (html) =>
  expect(press('E', html)).toEqual({ kind: 'none' }),
)

test('a sequence needs its first key', () => {
  expect(press('g')).toEqual({ kind: 'prefix', key: 'g' })
  expect(press('l', undefined, 'g')).toEqual({ kind: 'action', id: 'go.live' })
  expect(press('l')).toEqual({ kind: 'none' })
})

test('Enter and Space belong to the button that has the focus', () => {
  expect(press('Enter', '<button data-here>x</button>')).toEqual({ kind: 'none' })
  expect(press('j', '<button data-here>x</button>')).toEqual({ kind: 'action', id: 'row.next' })
})

test('an open dialog keeps all keys', () => {
  expect(press('p', '<div role="dialog"><button data-here>x</button></div>')).toEqual({ kind: 'none' })
})

test("the browser's own combinations are left alone", () => {
  expect(press('p', undefined, null, { ctrlKey: true })).toEqual({ kind: 'none' })
})

test('no key means two things', () => {
  const keys = Object.values(actionList).flatMap((action) => action.keys)
  expect(new Set(keys).size).toBe(keys.length)
})

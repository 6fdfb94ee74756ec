import { expect, test } from 'vitest'
import { type PreferenceStorage, createPreferenceStore } from '#src/lib/preferences.ts'

/** A storage that several tabs share. */
function createStorage(first: string | null = null) {
  let text = first
  const tabs: { listener: () => void }[] = []
  const tab = (): PreferenceStorage => {
    const own = { listener: () => {} }
    tabs.push(own)
    return {
      read: () => text,
      write(next) {
        text = next
        for (const other of tabs) if (other !== own) other.listener()
      },
      onChange(listener) {
        own.listener = listener
        return () => {}
      },
    }
  }
  return { tab, text: () => text }
}

let now = 1_000_000
const open = (storage = createStorage()) => createPreferenceStore(storage.tab(), () => now)

test('a choice is there at once, after a reload, and in the other tabs', () => {
  const storage = createStorage()
  const here = open(storage)
  const there = open(storage)
  const heard: unknown[] = []
  there.subscribe(() => heard.push(there.get('density')))
  here.set('density', 'compact')
  expect([here.get('density'), heard, open(storage).get('density')]).toEqual([
    'compact',
    ['compact'],
    'compact',
  ])
})

test('choices of two tabs at the same time are both kept', () => {
  const storage = createStorage()
  const deaf = { ...storage.tab(), onChange: () => () => {} }
  const here = createPreferenceStore(deaf, () => now)
  open(storage).set('theme', 'light')
  here.set('density', 'compact')
  expect([open(storage).get('theme'), open(storage).get('density')]).toEqual(['light', 'compact'])
})

test('a value keeps its identity until it changes', () => {
  const storage = createStorage()
  const [here, there] = [open(storage), open(storage)]
  here.set('keys', { a: 1 })
  const before = there.get('keys')
  here.set('density', 'compact')
  expect(there.get('keys')).toBe(before)
})

test('what the server does not know is named with its age, until it does', () => {
  const store = open()
  store.set('zone', 'UTC')
  now += 90_000
  expect(store.unsent()).toEqual({ zone: { value: 'UTC', age: 90 } })
  store.take({ zone: 'UTC' }, store.unsent())
  expect(store.unsent()).toEqual({})
})

test('the server wins, but not over what it has not heard of', () => {
  const store = open()
  store.take({ density: 'compact', theme: 'light' })
  store.set('theme', 'dark')
  store.take({ density: 'normal', theme: 'auto' })
  expect([store.get('density'), store.get('theme')]).toEqual(['normal', 'dark'])
})

test('a newer choice of another machine comes back as the answer, unless somebody chose again meanwhile', () => {
  const store = open()
  store.set('zone', 'UTC')
  const sent = store.unsent()
  store.take({ zone: 'America/Chicago' }, sent)
  expect(store.get('zone')).toBe('America/Chicago')
  store.set('zone', 'Europe/Berlin')
  store.take({ zone: 'UTC' }, sent)
  expect(store.get('zone')).toBe('Europe/Berlin')
})

test('two people at one desk have their own choices', () => {
  const store = open()
  store.belongTo('dana')
  store.set('density', 'compact')
  store.belongTo('marcus')
  expect([store.get('density'), store.unsent()]).toEqual([undefined, {}])
  store.belongTo('dana')
  expect(store.get('density')).toBe('compact')
})

test('what was chosen before anybody signed in goes to the first who does, and to nobody else', () => {
  const store = open()
  store.set('theme', 'light')
  store.belongTo('dana')
  expect(store.get('theme')).toBe('light')
  store.belongTo('marcus')
  expect(store.get('theme')).toBeUndefined()
})

test.each([
  ['no JSON', '{'],
  ['a list', '[]'],
  ['a number', '7'],
  ['people that are none', '{"people":3}'],
  ['entries that are none', '{"owner":"","people":{"":{"density":5}}}'],
])('a record that is %s is as if there were none', (_, text) => {
  const store = open(createStorage(text))
  expect(store.get('density')).toBeUndefined()
  store.set('density', 'compact')
  expect(store.get('density')).toBe('compact')
})

test('null takes a choice back', () => {
  const store = open()
  store.set('theme', 'light')
  store.set('theme', null)
  expect([store.get('theme'), store.unsent()]).toMatchObject([undefined, { theme: { value: null } }])
})

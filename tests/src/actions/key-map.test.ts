import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ActionId, allActions, recordOf } from '#src/actions/action-list.ts'
import { reservedFor, scopesMeet, takenBy, withKeys, withOwnKeys } from '#src/actions/key-change.ts'
import { type KeyChoice, createKeyMap, defaultChoice, keysOf, parseKeyChoice } from '#src/actions/key-map.ts'

const ids = allActions.map(([id]) => id)

/** Every two actions that are on screen together and want the same keys. */
function clashes(choice: KeyChoice): string[] {
  return ids.flatMap((id) =>
    keysOf(id, choice).flatMap((combo) => {
      const other = takenBy(combo, id, choice)
      return other ? [`${combo}: ${id} and ${other}`] : []
    }),
  )
}

test('no key means two things on the same screen', () => expect(clashes(defaultChoice)).toEqual([]))

test('no action asks for a key that the browser keeps', () => {
  const kept = allActions.flatMap(([id, { keys }]) =>
    keys.filter((combo) => reservedFor(combo)).map(() => id),
  )
  expect(kept).toEqual([])
})

test.each<[string, ActionId, ActionId | null]>([
  ['k', 'act.note', 'row.previous'],
  ['ArrowUp', 'act.note', 'row.previous'],
  ['g', 'act.note', 'go.live'],
  ['g l', 'act.note', 'go.live'],
  ['m n', 'act.note', 'act.message'],
  ['n', 'act.note', null],
  ['9', 'act.note', null],
  ['a', 'act.note', 'assist.show'],
  ['j', 'queue.accept', 'queue.next'],
])('%s for %s is taken by %s', (combo, id, other) => {
  expect(takenBy(combo, id, defaultChoice)).toBe(other)
})

test('a key that is taken over leaves the action that had it, and its other keys stay', () => {
  const choice = withKeys(defaultChoice, 'act.note', ['k'])
  expect(keysOf('act.note', choice)).toEqual(['k'])
  expect(keysOf('row.previous', choice)).toEqual(['ArrowUp'])
  expect(createKeyMap(choice).byCombo.get('k')).toEqual(['act.note', 'queue.previous'])
  expect(createKeyMap(choice).byCombo.has('n')).toBe(false)
})

test('a reset takes the own key back from who has it now', () => {
  const taken = withKeys(defaultChoice, 'act.note', ['m'])
  expect(keysOf('act.message', taken)).toEqual([])
  const reset = withOwnKeys(taken, 'act.message')
  expect(keysOf('act.message', reset)).toEqual(['m'])
  expect(keysOf('act.note', reset)).toEqual([])
})

test('what is chosen as it came is not kept', () => {
  const there = withKeys(defaultChoice, 'act.note', ['9'])
  expect(withKeys(there, 'act.note', ['n'])).toEqual(defaultChoice)
})

test('whatever somebody chooses, no key means two things', () => {
  const combo = fc.constantFrom('a', 'k', 'm', 'g', 'g l', 'g m', 'm n', 'Shift+E', 'Alt+m', 'Space', 'Enter')
  const step = fc.record({ id: fc.constantFrom(...ids), combo, reset: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let choice = defaultChoice
      for (const { id, combo: wanted, reset } of steps)
        choice = reset ? withOwnKeys(choice, id) : withKeys(choice, id, [wanted])
      expect(clashes(choice)).toEqual([])
      expect(parseKeyChoice(JSON.parse(JSON.stringify(choice)))).toEqual(choice)
    }),
  )
})

test.each([
  [undefined, defaultChoice],
  [null, defaultChoice],
  ['x', defaultChoice],
  [{ singleKeys: 'no', keys: [] }, defaultChoice],
  [{ singleKeys: false }, { singleKeys: false, keys: {} }],
  [
    { keys: { 'act.note': ['y', 3, ''], 'no.such': ['z'], 'act.end': 'x' } },
    { singleKeys: true, keys: { 'act.note': ['y'] } },
  ],
])('a stored choice %j is read as far as it is understood', (stored, choice) => {
  expect(parseKeyChoice(stored)).toEqual(choice)
})

test.each([
  ['Mod+t', true],
  ['Mod+w', true],
  ['F5', true],
  ['Tab', true],
  ['Mod+k', false],
  ['F2', false],
  ['t', false],
])('%s is kept by the browser: %s', (combo, is) => expect(reservedFor(combo) !== null).toBe(is))

test('the board and the escalations page may share a key, an action of everywhere shares none', () => {
  expect(scopesMeet('board', 'queue')).toBe(false)
  expect(scopesMeet('call', 'board')).toBe(true)
  expect(scopesMeet('everywhere', 'queue')).toBe(true)
})

test('every act that can be taken back says so, and speaking is none of them', () => {
  expect(recordOf('act.pause').undo).toBeDefined()
  for (const id of ['act.message', 'act.override', 'act.end'] as const)
    expect(recordOf(id).undo).toBeUndefined()
})

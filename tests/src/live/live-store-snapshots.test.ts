// What of a snapshot is shown, and when: whole calls, and changes of those that are held.
import { expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import { madeAt, makeAttention, makeCall, makeFrame, makeLine } from '#tests/support/factories.ts'
import { changes, setUpStore, snapshot } from '#tests/src/live/store-rig.ts'

const presence: Call['presence'] = {
  watchers: [{ id: 'u1', name: 'Mara', initials: 'M', role: 'owner', since: madeAt }],
  more: 0,
}

test('P5 nothing of a snapshot is shown before its last part, in whatever order the parts come', () => {
  const { clock, store } = setUpStore()
  store.inbox.onSnapshot(snapshot(['b'], 2, 2), 0)
  clock.paint()
  expect(store.getState().loaded).toBe(false)
  store.inbox.onSnapshot(snapshot(['a'], 1, 2), 0)
  clock.paint()
  expect(store.getState().loaded).toBe(true)
  expect(store.callIds()).toEqual(['a', 'b'])
})

test('P5 on a floor that is there, known calls are renewed by the first part, and later ones now and then', () => {
  const { clock, store } = setUpStore()
  store.inbox.onSnapshot(snapshot(['a', 'b', 'c', 'gone']), 0)
  clock.paint()
  store.inbox.onSubscribed('calls', 'snapshot')
  const part = (number: number, ...ids: string[]) => {
    const calls = ids.map((id) => makeCall({ id, tags: id === 'b' ? [] : ['vip'] }))
    store.inbox.onSnapshot({ ...snapshot([], number, 4, 20), calls }, 0)
    clock.paint()
  }
  part(1, 'a', 'new')
  expect(store.call('a')?.tags).toEqual(['vip'])
  part(2, 'c')
  expect(store.call('c')?.tags).not.toEqual(['vip'])
  clock.tick(300)
  part(3, 'late')
  expect(store.call('c')?.tags).toEqual(['vip'])
  expect(store.callIds()).toEqual(['a', 'b', 'c', 'gone'])
  part(4, 'b')
  expect(store.callIds()).toEqual(['a', 'new', 'c', 'late', 'b'])
  expect(store.call('b')?.tags).toEqual([])
})

test('P5 a snapshot that tells changes leaves what it does not name, and calls it does not tell are gone', () => {
  const { clock, store } = setUpStore()
  const attention = makeAttention({ reasons: [{ code: 'mood_negative', text: 'Mood', since: madeAt }] })
  const held = makeCall({ id: 'a', tags: ['vip'], attention, presence })
  store.inbox.onSnapshot({ ...snapshot(['same', 'gone']), calls: [held, makeCall({ id: 'same' })] }, 0)
  clock.paint()
  const same = store.call('same')
  const last_line = { id: 4, speaker: 'ai' as const, text: 'Hello.', at: madeAt }
  store.inbox.onSnapshot(
    changes(
      [{ id: 'a', attention: structuredClone(attention), last_line }, { id: 'same' }],
      [makeCall({ id: 'new' })],
    ),
    0,
  )
  clock.paint()
  expect([...store.callIds()].sort()).toEqual(['a', 'new', 'same'])
  const { presence: _, ...rest } = held
  expect(store.call('a')).toEqual({ ...rest, last_line })
  expect(store.call('a')?.attention).toBe(attention)
  expect(store.call('same')).toBe(same)
})

test('P5 changes are of a floor in which everything of before is applied', () => {
  const { clock, store } = setUpStore()
  store.inbox.onSnapshot(snapshot(['a', 'b']), 0)
  clock.paint()
  const line = makeLine({ id: 7, call_id: 'a', text: 'Before the cut.' })
  store.inbox.onFrames([makeFrame('interaction.added', { call_id: 'a', interaction: line })])
  store.inbox.onSnapshot(changes([{ id: 'b' }], [], 2, 2), 0)
  store.inbox.onSnapshot(changes([{ id: 'a', qa_score: 0.4 }], [], 1, 2), 0)
  clock.paint()
  expect(store.call('a')).toMatchObject({ last_line: { text: 'Before the cut.' }, qa_score: 0.4 })
})

test('P5 attention that is not named is gone, but stands where the part tells only what changed of it', () => {
  const { clock, store } = setUpStore()
  const attention = makeAttention({ score: 40, level: 'watch' })
  const held = [makeCall({ id: 'a', attention, presence }), makeCall({ id: 'b', attention })]
  store.inbox.onSnapshot({ ...snapshot([]), calls: held }, 0)
  const worse = makeAttention({ score: 80, level: 'act' })
  const told = [{ id: 'a' }, { id: 'b', attention: worse }]
  store.inbox.onSnapshot({ ...changes(told), attention: 'changed' }, 0)
  clock.paint()
  expect(store.call('a')).toMatchObject({ attention })
  expect(store.call('a')).not.toHaveProperty('presence')
  expect(store.call('b')).toMatchObject({ attention: worse })
  store.inbox.onSnapshot(changes([{ id: 'a' }, { id: 'b' }]), 0)
  clock.paint()
  expect(store.call('a')).not.toHaveProperty('attention')
})

test('P5 a change of an ended call that is let go already is no fault', () => {
  const { clock, store, needSnapshot } = setUpStore()
  store.inbox.onSnapshot(snapshot(['a']), 0)
  clock.paint()
  store.inbox.onSnapshot(changes([{ id: 'over', status: 'completed' }, { id: 'a' }]), 0)
  clock.paint()
  expect(store.callIds()).toEqual(['a'])
  expect(needSnapshot).not.toHaveBeenCalled()
})

test('P5 a change of a live call that is not held means that the whole floor is asked for, and nothing is lost', () => {
  const { clock, store, needSnapshot } = setUpStore()
  store.inbox.onSnapshot(snapshot(['a']), 0)
  clock.paint()
  store.inbox.onSnapshot(changes([{ id: 'a' }], [], 1, 2), 0)
  store.inbox.onSnapshot(changes([{ id: 'unknown', status: 'in_progress' }], [], 2, 2), 0)
  clock.paint()
  expect(needSnapshot).toHaveBeenCalledTimes(1)
  expect(store.callIds()).toEqual(['a'])
  store.inbox.onSubscribed('calls', 'snapshot')
  store.inbox.onSnapshot(snapshot(['a', 'unknown']), 0)
  clock.paint()
  expect(store.callIds()).toEqual(['a', 'unknown'])
})

test('P5 half a snapshot is forgotten when the stream starts anew', () => {
  const { clock, store } = setUpStore()
  store.inbox.onSnapshot(snapshot(['old'], 1, 2), 0)
  store.inbox.onSubscribed('calls', 'snapshot')
  store.inbox.onSnapshot(snapshot(['new'], 2, 2), 0)
  clock.paint()
  expect(store.getState().loaded).toBe(false)
})

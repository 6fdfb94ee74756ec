import { expect, test } from 'vitest'
import type { ActionContext } from '#src/actions/action-record.ts'
import { type Binding, createRegistry } from '#src/actions/registry.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

type Status = 'in_progress' | 'completed'
const callOf = (id: string, status: Status = 'in_progress') => ({ id, status, ai_paused: false })

function setUp(page: Partial<ActionContext> = {}) {
  const clock = createFakeClock()
  const registry = createRegistry(clock)
  const done: string[] = []
  const shown: Partial<ActionContext> = { role: 'manager', ...page }
  registry.describe(() => shown)
  const binding = (name: string, part: Partial<Binding> = {}): { current: Binding } => ({
    current: { when: true, target: undefined, run: () => done.push(name), ...part },
  })
  return { clock, registry, done, shown, binding }
}

test('the newest part that can do it does it', () => {
  const { registry, done, binding } = setUp({ rows: 1 })
  registry.bind('row.next', binding('board'))
  const end = registry.bind('row.next', binding('queue'))
  registry.bind('row.next', binding('busy', { when: false }))
  registry.run('row.next')
  end()
  registry.run('row.next')
  expect(done).toEqual(['queue', 'board'])
})

test.each<[string, Partial<ActionContext>, Partial<Binding> | null, string]>([
  ['role', { role: 'viewer', call: callOf('a') }, {}, 'Only dispatchers, managers and owners may do this.'],
  ['ended call', { call: callOf('a', 'completed') }, { target: 'a' }, 'This call has ended.'],
  ['no call', {}, null, 'Open a call first.'],
  ['a reason of the part', { call: callOf('a') }, { when: 'It is being paused.' }, 'It is being paused.'],
])('what cannot be done says why: %s', (_, page, part, why) => {
  const { registry, done, binding } = setUp(page)
  if (part) registry.bind('act.pause', binding('pause', part))
  expect(registry.run('act.pause')).toMatchObject({ ready: false, why })
  expect(done).toEqual([])
})

test('an act on a row whose call is not open opens it, and waits until it is there', () => {
  const { registry, done, shown, binding } = setUp({ call: callOf('b') })
  const opened: string[] = []
  registry.setReach((callId) => opened.push(callId))
  const pane = binding('paused a', { target: 'a' })
  registry.bind('act.pause', pane)
  expect(registry.run('act.pause').ready).toBe(true)
  expect(opened).toEqual(['b'])
  expect(done).toEqual([])
  pane.current = { when: true, target: 'b', run: () => done.push('paused b') }
  shown.call = callOf('b')
  registry.settle('act.pause')
  registry.settle('act.pause')
  expect(done).toEqual(['paused b'])
})

test('an act that waited too long for its call is not done', async () => {
  const { clock, registry, done, binding } = setUp({ call: callOf('b') })
  registry.setReach(() => {})
  registry.run('act.pause')
  await clock.advance(6000)
  registry.bind('act.pause', binding('late', { target: 'b' }))
  expect(done).toEqual([])
})

test('another key press forgets the act that waits', () => {
  const { registry, done, binding } = setUp({ call: callOf('b'), rows: 1 })
  registry.setReach(() => {})
  registry.bind('row.next', binding('next'))
  registry.run('act.pause')
  registry.run('row.next')
  registry.bind('act.pause', binding('late', { target: 'b' }))
  expect(done).toEqual(['next'])
})

test('a list of actions keeps the call it was called from', () => {
  const { registry, shown } = setUp({ call: callOf('row') })
  const release = registry.holdCall()
  shown.call = callOf('open')
  expect(registry.context().call?.id).toBe('row')
  release()
  expect(registry.context().call?.id).toBe('open')
})

test('what was done last comes first, once', () => {
  const { registry, binding } = setUp({ rows: 1 })
  registry.bind('view.pause', binding('pause'))
  registry.bind('filter.focus', binding('filter'))
  registry.run('view.pause')
  registry.run('filter.focus')
  registry.run('view.pause')
  expect(registry.recent()).toEqual(['view.pause', 'filter.focus'])
})

test('an offer to undo holds for ten seconds, the newest is taken first, and none twice', async () => {
  const { clock, registry, done, binding } = setUp()
  registry.bind('undo.last', binding('undone', { run: () => registry.undo.take() }))
  registry.undo.offer({ text: 'first', undo: () => done.push('first') })
  await clock.advance(6000)
  registry.undo.offer({ text: 'second', undo: () => done.push('second') })
  expect(registry.context().undo).toBe('second')
  registry.run('undo.last')
  await clock.advance(5000)
  expect(registry.run('undo.last')).toMatchObject({ ready: false, why: 'There is nothing to undo.' })
  expect(done).toEqual(['second'])
})

test('what could not be taken back stays and says so', async () => {
  const { clock, registry } = setUp()
  registry.undo.offer({ text: 'Paused Ava', undo: async () => false })
  registry.undo.take()
  await clock.advance(0)
  expect(registry.undo.get()).toMatchObject([{ text: 'Paused Ava', failed: true }])
})

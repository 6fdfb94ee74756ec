// One commit per painted frame, whatever comes in; and a tab that nobody looks at.
import { expect, test, vi } from 'vitest'
import { makeCall, makeFrame, makeLine } from '#tests/support/factories.ts'
import { createLiveRig } from '#tests/support/live-rig.ts'
import { setUpStore, snapshot } from '#tests/src/live/store-rig.ts'

test('a thousand frames between two paints are one commit', () => {
  const { clock, store, commits, start } = setUpStore()
  for (let index = 0; index < 1000; index += 1) start(`c${index}`)
  expect(commits).not.toHaveBeenCalled()
  clock.paint()
  expect(commits).toHaveBeenCalledTimes(1)
  expect(store.getState().calls.size).toBe(1000)
  clock.paint()
  clock.tick(5000)
  expect(commits).toHaveBeenCalledTimes(1)
})

test('frames before and after a snapshot keep their order', () => {
  const { clock, store, start } = setUpStore()
  start('before')
  store.inbox.onSnapshot(snapshot(['a']), 0)
  start('after')
  clock.paint()
  expect(store.callIds()).toEqual(['a', 'after'])
})

test('a hidden tab is kept up to date for ten minutes, without painting', async () => {
  const rig = createLiveRig()
  await rig.begin()
  rig.clock.setHidden(true)
  for (let second = 0; second < 600; second += 1) {
    rig.floor.happen(makeFrame('call.started', { call: makeCall({ id: `c${second}` }) }))
    rig.floor.deliver()
    await rig.pass(1000)
  }
  await rig.pass(1000)
  expect(rig.store.getState().calls.size).toBe(600)
  rig.clock.setHidden(false)
  rig.clock.paint()
  expect(rig.connection().status).toBe('live')
  expect(rig.floor.snapshots).toBe(1)
})

test('a hidden tab whose timers come once a minute is fed by what comes in', () => {
  const { clock, store, start, commits } = setUpStore()
  clock.setHidden(true)
  for (let index = 0; index < 30; index += 1) {
    start(`c${index}`)
    clock.sleep(400)
  }
  expect(commits.mock.calls.length).toBeGreaterThan(5)
  expect(store.getState().calls.size).toBeGreaterThan(20)
})

test('what waits in a hidden tab is shown as soon as somebody looks', () => {
  const { clock, store, start } = setUpStore()
  store.start()
  clock.setHidden(true)
  start('c1')
  expect(store.getState().calls.size).toBe(0)
  clock.setHidden(false)
  expect(store.getState().calls.size).toBe(1)
})

test('a page frozen for too long throws its queue away and asks for a snapshot', () => {
  const { clock, store, needSnapshot } = setUpStore()
  clock.setHidden(true)
  const frames = Array.from({ length: 20_001 }, (_, index) =>
    makeFrame('call.started', { call: makeCall({ id: `c${index}` }) }),
  )
  store.inbox.onFrames(frames)
  expect(needSnapshot).toHaveBeenCalledTimes(1)
  clock.tick(5000)
  expect(store.getState().calls.size).toBe(0)
  store.inbox.onSnapshot(snapshot(['a']), 0)
  clock.tick(1000)
  expect(store.callIds()).toEqual(['a'])
})

test('a page that threw its queue away ends in the truth of the server', async () => {
  const rig = createLiveRig()
  await rig.begin()
  for (let index = 0; index < 20_001; index += 1)
    rig.floor.happen(
      makeFrame('call.updated', { call: makeCall({ id: `c${index % 50}`, tags: [`${index}`] }) }),
    )
  rig.floor.deliver()
  expect(rig.floor.snapshots).toBe(2)
  await rig.pass(2000)
  expect(rig.store.getState().calls).toEqual(rig.floor.truth)
})

test('a cell is woken by its own call only', () => {
  const { clock, store, start, update } = setUpStore()
  start('a')
  start('b')
  clock.paint()
  const wakeA = vi.fn()
  const wakeB = vi.fn()
  store.watchCall('a', wakeA)
  const stop = store.watchCall('b', wakeB)
  update('a', 'vip')
  clock.paint()
  expect([wakeA.mock.calls.length, wakeB.mock.calls.length]).toEqual([1, 0])
  stop()
  update('b', 'vip')
  clock.paint()
  expect(wakeB).not.toHaveBeenCalled()
})

test('the floor moves on the slow beat, and at once when a call comes', () => {
  const { clock, store, start, update } = setUpStore()
  store.start()
  start('a')
  clock.paint()
  const woken = vi.fn()
  store.watchFloor(woken)
  const ids = store.callIds()
  for (const tag of ['1', '2', '3']) {
    update('a', tag)
    clock.paint()
  }
  expect(woken).not.toHaveBeenCalled()
  clock.tick(1000)
  expect(woken).toHaveBeenCalledTimes(1)
  expect(store.floor().get('a')?.tags).toEqual(['3'])
  expect(store.callIds()).toBe(ids)
  start('b')
  clock.paint()
  expect(woken).toHaveBeenCalledTimes(2)
  expect(store.callIds()).toEqual(['a', 'b'])
})

test('an ended call leaves the floor by itself after 30 s', () => {
  const { clock, store, start } = setUpStore()
  store.start()
  start('a')
  const ended_at = new Date(clock.now()).toISOString()
  store.inbox.onFrames([makeFrame('call.ended', { call_id: 'a', ended_at }, { at: ended_at })])
  clock.paint()
  clock.tick(29_000)
  expect(store.callIds()).toEqual(['a'])
  clock.tick(2000)
  expect(store.callIds()).toEqual([])
})

test('an open call is loading, ready, or not to be found', () => {
  const { clock, store } = setUpStore()
  const close = store.open('c1')
  expect(store.getState().openCalls.get('c1')?.status).toBe('loading')
  store.inbox.onSnapshot(
    {
      stream: 'call:c1',
      part: 1,
      parts: 1,
      seq: 4,
      detail: {
        call: makeCall({ id: 'c1' }),
        interactions: [makeLine({ id: 2 }), makeLine({ id: 1 })],
        interactions_count: 9,
        interventions: [],
        notes: [],
      },
    },
    0,
  )
  clock.paint()
  expect(store.getState().openCalls.get('c1')).toMatchObject({
    status: 'ready',
    hasOlder: true,
    total: 9,
    lines: [{ id: 1 }, { id: 2 }],
  })
  expect(store.call('c1')?.id).toBe('c1')
  store.inbox.onRefused('call:c1', 'not_found')
  expect(store.getState().openCalls.get('c1')).toMatchObject({ status: 'not-found', lines: [] })
  close()
  expect(store.getState().openCalls.size).toBe(0)
})

test('a call opened twice stays open until both have closed it', () => {
  const { store } = setUpStore()
  const first = store.open('c1')
  const second = store.open('c1')
  first()
  first()
  expect(store.getState().openCalls.has('c1')).toBe(true)
  second()
  expect(store.getState().openCalls.has('c1')).toBe(false)
})

test('all who count seconds share one ticker, on whole seconds of the server', () => {
  const { clock, store } = setUpStore()
  store.inbox.onConnection({ ...store.getState().connection, clockOffsetMs: 250 })
  const before = clock.pending()
  const ticks: number[] = []
  const stops = [store.watchTime(1000, () => ticks.push(store.serverNow())), store.watchTime(1000, () => {})]
  expect(clock.pending()).toBe(before + 1)
  clock.tick(3000)
  expect(ticks.map((at) => at % 1000)).toEqual([0, 0, 0])
  for (const stop of stops) stop()
  expect(clock.pending()).toBe(before)
})

// How old the data is: the page knows it to a second, and the line tells it by the way.
import { expect, test } from 'vitest'
import { makeFrame, makeLine } from '#tests/support/factories.ts'
import { openFloor } from '#tests/src/worker/worker-rig.ts'

test('a stream of news carries its age along, and says nothing of the line that stands as it stood', async () => {
  const { updates, clock, store, happen, pass } = await openFloor(2)
  await pass(2000)
  const before = updates.length
  for (let id = 1; id <= 20; id += 1) {
    happen(makeFrame('interaction.added', { call_id: 'c0001', interaction: makeLine({ id }) }))
    await pass(200)
    expect(clock.now() - (store.lastFrameAt() ?? 0)).toBeLessThanOrEqual(250)
  }
  const told = updates.slice(before)
  expect(told.length).toBeGreaterThanOrEqual(20)
  expect(told.filter(({ connection }) => connection !== undefined)).toEqual([])
})

test('on a quiet floor a sign of life is told by itself, within about a second', async () => {
  const { clock, store, floor, pass } = await openFloor(2)
  await pass(4000)
  floor.heartbeat()
  const heardAt = clock.now()
  expect(store.lastFrameAt()).toBeLessThan(heardAt)
  await pass(1100)
  expect(store.lastFrameAt()).toBe(heardAt)
  expect(store.getState().connection).toMatchObject({ status: 'live', lastFrameAt: heardAt })
})

test('a line that stands otherwise is told at once, also amid news', async () => {
  const { updates, store, wire, happen, pass } = await openFloor(2)
  happen(makeFrame('interaction.added', { call_id: 'c0001', interaction: makeLine({ id: 1 }) }))
  await pass(50)
  const before = updates.length
  wire.last().end()
  await pass(50)
  expect(store.getState().connection.status).toBe('offline')
  expect(updates.slice(before).some(({ connection }) => connection?.status === 'offline')).toBe(true)
})

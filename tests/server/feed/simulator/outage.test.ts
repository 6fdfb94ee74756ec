import { expect, test } from 'vitest'
import { openFloor } from '#tests/server/feed/simulator/floor-rig.ts'

test('an ingest that is down for minutes loses nothing, and every fact comes in its order', async () => {
  const [broken, sound] = [openFloor({ seed: 'outage' }), openFloor({ seed: 'outage' })]
  for (const rig of [broken, sound]) {
    rig.simulator.start()
    await rig.time.pass(60_000)
  }
  broken.outage.on = true
  const committed = broken.facts.length
  for (const rig of [broken, sound]) await rig.time.pass(3 * 60_000)
  expect(broken.facts).toHaveLength(committed)
  expect(broken.simulator.stats().waiting).toBeGreaterThan(50)
  broken.outage.on = false
  for (const rig of [broken, sound]) await rig.time.pass(60_000)
  expect(broken.simulator.stats().waiting).toBe(0)
  expect(broken.facts).toEqual(sound.facts)
})

test('it tries again with longer and longer pauses', async () => {
  const rig = openFloor()
  rig.outage.on = true
  rig.simulator.start()
  await rig.time.pass(4000)
  const early = rig.outage.attempts
  expect(early).toBeGreaterThanOrEqual(4)
  await rig.time.pass(120_000)
  expect(rig.outage.attempts - early).toBeLessThanOrEqual(15)
  expect(rig.simulator.stats().retries).toBe(rig.outage.attempts)
})

test('when too much waits no new call comes up, and those on the line are kept', async () => {
  const rig = openFloor({ calls: 40, speed: 10, mostWaiting: 1500 })
  rig.outage.on = true
  rig.simulator.start()
  await rig.time.pass(240_000)
  const { started, live, waiting } = rig.simulator.stats()
  expect(live).toBe(0)
  expect(waiting).toBeLessThan(8000)
  rig.outage.on = false
  await rig.time.pass(60_000)
  expect(rig.simulator.stats().started).toBeGreaterThan(started)
  expect(rig.startedIds().length).toBe(rig.simulator.stats().started)
})

test('a batch that ingest cannot take at all is given up after some tries and counted, so the floor goes on', async () => {
  const rig = openFloor()
  rig.simulator.start()
  await rig.time.pass(5000)
  rig.outage.fault = new TypeError('a fault of the program')
  await rig.time.pass(1000)
  await rig.time.pass(10_000)
  rig.outage.fault = undefined
  await rig.time.pass(20_000)
  expect(rig.simulator.stats().rejected).toBeGreaterThan(0)
  expect(rig.simulator.stats().waiting).toBe(0)
})

test('closing the floor ends every call, and calls an earlier run left open are ended at the start', async () => {
  const rig = openFloor({ calls: 20 })
  rig.simulator.start(['old-1', 'old-2'])
  await rig.time.pass(3000)
  expect(rig.hasEnded('old-1') && rig.hasEnded('old-2')).toBe(true)
  await rig.simulator.stop()
  expect(rig.liveIds()).toEqual([])
  expect(rig.simulator.stats().live).toBe(0)
  expect(rig.time.timers).toBe(0)
  const { length } = rig.facts
  await rig.time.pass(60_000)
  expect(rig.facts).toHaveLength(length)
  expect((await rig.command('old-1', { action: 'end' })).answer.state).toBe('refused')
})

test('closing while ingest is down does not wait for ever', async () => {
  const rig = openFloor()
  rig.simulator.start()
  rig.outage.on = true
  await rig.time.pass(2000)
  let isClosed = false
  void rig.simulator.stop().then(() => {
    isClosed = true
  })
  await rig.time.pass(6000)
  expect(isClosed).toBe(true)
  expect(rig.time.timers).toBe(0)
})

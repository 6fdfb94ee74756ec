// Streams over bad lines: refused, reset, with gaps, with frames that nobody should send.
import { expect, test } from 'vitest'
import { snapshotFirst } from '#contract/protocol.ts'
import { alone, shown, start } from '#tests/src/gateway/gateway-rig.ts'
import { makeFrame } from '#tests/support/factories.ts'
import { createLiveRig } from '#tests/support/live-rig.ts'

test('P13 a call that does not exist here is refused by its stream alone', async () => {
  const { clock, wire, gateway, refused, heartbeat, status } = alone()
  gateway.subscribe('call:nope')
  gateway.start()
  await clock.advance(0)
  const [asked] = wire.last().subscriptions()
  wire.last().say({
    event: 'error',
    data: { code: 'not_found', message: 'No such call', ...(asked?.sub ? { ref: asked.sub } : {}) },
    at: 'x',
  })
  heartbeat()
  expect(refused).toEqual(['call:nope not_found'])
  expect(status()).toBe('live')
})

test('a stream that the server cannot open now is asked for again', async () => {
  const { clock, wire, gateway, refused } = alone()
  gateway.subscribe('call:c1')
  gateway.start()
  await clock.advance(0)
  const socket = wire.last()
  const ref = socket.subscriptions()[0]?.sub ?? ''
  socket.say({ event: 'error', data: { code: 'unavailable', message: 'Later', ref }, at: 'x' })
  await clock.advance(3000)
  expect(refused).toEqual([])
  expect(socket.subscriptions()).toHaveLength(2)
})

test('a role that may not listen to the floor is told so', async () => {
  const { clock, wire, gateway, status } = alone()
  gateway.subscribe('calls')
  gateway.start()
  await clock.advance(0)
  const ref = wire.last().subscriptions()[0]?.sub ?? ''
  wire.last().say({ event: 'error', data: { code: 'forbidden', message: 'No', ref }, at: 'x' })
  expect(status()).toBe('refused')
  expect(wire.last().closed).toBe(true)
})

test('P5 the floor is asked for with the calls on screen first, no more than may be asked for', async () => {
  let onScreen = new Set<string>()
  const { clock, wire, gateway } = alone({ onScreen: () => onScreen })
  gateway.subscribe('calls')
  gateway.subscribe('call:c1')
  gateway.start()
  await clock.advance(0)
  expect(wire.last().subscriptions()).toEqual([
    expect.not.objectContaining({ first: expect.anything() }),
    expect.not.objectContaining({ first: expect.anything() }),
  ])
  onScreen = new Set(Array.from({ length: 300 }, (_, index) => `c${index}`))
  gateway.resync()
  const [floor, open] = wire.last().subscriptions().slice(-2)
  expect(floor?.first).toEqual([...onScreen].slice(0, snapshotFirst))
  expect(open).not.toHaveProperty('first')
})

test('P8 a reset stream goes on from the last safe position', async () => {
  const rig = createLiveRig()
  await rig.begin()
  start(rig, 'a')
  rig.wire.last().say({ event: 'reset', data: { stream: 'calls', seq: 1, reason: 'slow' }, at: 'x' })
  expect(rig.wire.last().subscriptions().at(-1)).toMatchObject({ since: 1, log: 'log-1' })
})

test('P6 a server whose frames always leave gaps is asked for a snapshot, and not without end', async () => {
  const { clock, wire, gateway } = alone()
  gateway.subscribe('calls')
  gateway.start()
  await clock.advance(0)
  const socket = wire.last()
  let answered = 0
  const answer = (): void => {
    for (const asked of socket.subscriptions().slice(answered)) {
      answered += 1
      const data = { stream: 'calls', seq: 5, log: 'L', sub: asked.sub ?? '', mode: 'live' } as const
      socket.say({ event: 'subscribed', data, at: new Date(clock.now()).toISOString() })
    }
  }
  for (let turn = 0; turn < 50; turn += 1) {
    answer()
    socket.say(makeFrame('call.left', { call_id: 'a' }, { seq: 90, prev: 80 }))
  }
  const asked = socket.subscriptions()
  expect(asked.length).toBeLessThan(10)
  expect(asked.at(-1)?.since).toBe(0)
})

test('malformed, unknown and repeated frames are dropped and counted', async () => {
  const rig = createLiveRig()
  await rig.begin()
  start(rig, 'a')
  start(rig, 'b')
  rig.floor.repeat(1)
  rig.wire.last().sayText('{{{')
  rig.wire.last().say({ event: 'presence.joined', data: {} })
  await rig.pass(1000)
  expect(rig.connection().dropped).toEqual({ malformed: 1, duplicate: 1, unknown: 1 })
  expect(rig.connection().status).toBe('live')
  expect(shown(rig)).toEqual(['a', 'b'])
})

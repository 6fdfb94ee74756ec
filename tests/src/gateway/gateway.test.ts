// The line to the server through bad days: cuts, sleep, hidden tabs, tokens, refusals.
import { expect, test } from 'vitest'
import { closeCode } from '#contract/protocol.ts'
import { createGateway } from '#src/gateway/gateway.ts'
import type { GatewayListener } from '#src/gateway/port.ts'
import type { Connection } from '#src/lib/connection.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { makeCall, makeFrame } from '#tests/support/factories.ts'
import { createFakeTokens, createFakeWire } from '#tests/support/fake-transport.ts'
import { type LiveRig, createLiveRig } from '#tests/support/live-rig.ts'

const start = (rig: LiveRig, id: string): void => {
  const at = new Date(rig.clock.now()).toISOString()
  rig.floor.happen(makeFrame('call.started', { call: makeCall({ id }) }, { at }))
  rig.floor.deliver()
}
const shown = (rig: LiveRig): string[] => [...rig.store.getState().calls.keys()]
/** The network is gone: sockets fail a second after they were tried. */
const unplug = (rig: LiveRig): void => {
  rig.wire.onConnect = (socket) => rig.clock.after(1000, () => socket.end(null, 'unreachable'))
}
const plugIn = (rig: LiveRig): void => {
  rig.wire.onConnect = (socket) => rig.floor.attach(socket)
}

/** A gateway alone, its server played by hand. */
function alone() {
  const clock = createFakeClock()
  const wire = createFakeWire()
  const tokens = createFakeTokens()
  const connections: Connection[] = []
  const refused: string[] = []
  const listener: GatewayListener = {
    onFrames: () => {},
    onSnapshot: () => {},
    onSubscribed: () => {},
    onRefused: (stream, code) => refused.push(`${stream} ${code}`),
    onConnection: (connection) => connections.push(connection),
  }
  wire.onConnect = (socket) => socket.open()
  const gateway = createGateway({
    url: 'https://calls.test',
    transport: wire.transport,
    tokens,
    clock,
    page: clock.page,
    listener,
    random: () => 0,
  })
  const heartbeat = (): void =>
    wire.last().say({ event: 'heartbeat', at: new Date(clock.now()).toISOString(), streams: {} })
  return {
    clock,
    wire,
    tokens,
    connections,
    refused,
    gateway,
    heartbeat,
    status: () => connections.at(-1)?.status,
  }
}

test('the page is connecting until the first snapshot is whole, then live', async () => {
  const rig = createLiveRig()
  expect(rig.connection().status).toBe('connecting')
  await rig.begin()
  expect(rig.connection()).toMatchObject({ status: 'live', lastGapMs: null })
  expect(rig.store.getState().loaded).toBe(true)
})

test('P6 twelve seconds of silence are stale since the last frame, and any frame ends it', async () => {
  const rig = createLiveRig()
  await rig.begin()
  rig.floor.heartbeat()
  const lastLife = rig.clock.now()
  await rig.clock.advance(11_500)
  expect(rig.connection().status).toBe('live')
  await rig.clock.advance(1500)
  expect(rig.connection()).toMatchObject({ status: 'stale', since: lastLife })
  rig.floor.heartbeat()
  expect(rig.connection()).toMatchObject({ status: 'live', lastGapMs: 13_000 })
  expect(rig.wire.sockets).toHaveLength(1)
})

test('a line cut for 60 s: the page says so, comes back by resuming, misses nothing and tells how long it was blind', async () => {
  const rig = createLiveRig()
  await rig.begin()
  start(rig, 'before')
  await rig.pass(5000)
  const cutAt = rig.clock.now()
  unplug(rig)
  rig.wire.last().end(1006, '')
  expect(rig.connection().status).toBe('offline')
  await rig.clock.advance(60_000)
  start(rig, 'meanwhile')
  plugIn(rig)
  await rig.pass(40_000)
  expect(shown(rig)).toEqual(['before', 'meanwhile'])
  expect(rig.floor).toMatchObject({ snapshots: 1, resumes: 1 })
  const { status, lastGapMs } = rig.connection()
  expect(status).toBe('live')
  expect(lastGapMs).toBeGreaterThanOrEqual(60_000)
  expect(lastGapMs).toBeLessThanOrEqual(rig.clock.now() - cutAt)
})

test('a cut that nobody announces is noticed by its silence', async () => {
  const rig = createLiveRig()
  await rig.begin()
  const silent = rig.wire.last()
  await rig.clock.advance(25_000)
  expect(silent.closed).toBe(true)
  expect(rig.wire.sockets.length).toBeGreaterThan(1)
})

test('reconnects after 1, 2, 4 … 30 s, for days', async () => {
  const { clock, wire, gateway, connections } = alone()
  wire.onConnect = (socket) => socket.end(null, 'unreachable')
  gateway.start()
  await clock.advance(0)
  const waits: number[] = []
  for (let turn = 0; turn < 8; turn += 1) {
    const next = connections.at(-1)?.nextTryAt ?? 0
    waits.push(next - clock.now())
    await clock.advance(next - clock.now())
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  const tries = wire.sockets.length
  await clock.advance(3 * 24 * 3600_000)
  expect(wire.sockets.length - tries).toBe((3 * 24 * 3600) / 30)
})

test('P14 a renewed token is shown on the open socket', async () => {
  const { clock, wire, tokens, gateway } = alone()
  gateway.start()
  await clock.advance(0)
  tokens.renew('t9')
  expect(wire.last().sent).toContainEqual({ event: 'auth', data: { token: 't9' } })
  expect(wire.sockets).toHaveLength(1)
})

test('P14 a token that expired while connected: a fresh one first, then back at once', async () => {
  const rig = createLiveRig()
  await rig.begin()
  rig.wire
    .last()
    .say({ event: 'closing', data: { code: closeCode.unauthorized, reason: 'expired' }, at: 'x' })
  await rig.clock.advance(0)
  expect(rig.tokens.refreshed).toBe(1)
  expect(rig.wire.last().token).toBe('t2')
  expect(rig.wire.sockets).toHaveLength(2)
  await rig.pass(2000)
  expect(rig.connection().status).toBe('live')
})

test('P14 a server that refuses fresh tokens too is not hammered', async () => {
  const { clock, wire, gateway } = alone()
  wire.onConnect = (socket) => socket.end(closeCode.unauthorized, 'no')
  gateway.start()
  await clock.advance(10_000)
  expect(wire.sockets.length).toBeLessThan(6)
})

test.each([
  ['a role that may not listen', closeCode.forbidden],
  ['too many consoles of one person', closeCode.tooMany],
])('P14 %s is told why, and does not knock again by itself', async (_, code) => {
  const { clock, wire, gateway, connections, tokens } = alone()
  gateway.start()
  await clock.advance(0)
  wire.last().say({ event: 'closing', data: { code, reason: 'Because.' }, at: 'x' })
  expect(connections.at(-1)).toMatchObject({ status: 'refused', reason: 'Because.' })
  tokens.renew('t5')
  clock.goOnline()
  await clock.advance(3600_000)
  expect(wire.sockets).toHaveLength(1)
  gateway.retryNow()
  await clock.advance(0)
  expect(wire.sockets).toHaveLength(2)
})

test('a server restart is followed by a reconnect', async () => {
  const rig = createLiveRig()
  await rig.begin()
  rig.wire.last().end(closeCode.restart, 'restart')
  await rig.pass(3000)
  expect(rig.connection().status).toBe('live')
  expect(rig.floor.snapshots + rig.floor.resumes).toBe(2)
})

test('signing out closes the line; signing in opens it again', async () => {
  const { clock, wire, tokens, gateway, status } = alone()
  gateway.start()
  await clock.advance(0)
  tokens.renew(null)
  expect(wire.last().closed).toBe(true)
  expect(status()).toBe('refused')
  tokens.renew('t7')
  await clock.advance(0)
  expect(wire.last().token).toBe('t7')
})

test('a laptop that slept gives its socket two seconds, then connects anew', async () => {
  const rig = createLiveRig()
  await rig.begin()
  await rig.pass(5000)
  rig.clock.sleep(3600_000)
  rig.floor.happen(makeFrame('call.started', { call: makeCall({ id: 'while asleep' }) }))
  const asleep = rig.wire.last()
  // The socket died in the sleep: nothing more comes from it.
  rig.floor.lose()
  await rig.clock.advance(1000)
  expect(rig.connection().status).not.toBe('connecting')
  await rig.clock.advance(2500)
  expect(asleep.closed).toBe(true)
  await rig.pass(3000)
  expect(rig.connection().status).toBe('live')
  expect(rig.connection().lastGapMs).toBeGreaterThanOrEqual(3600_000)
  expect(shown(rig)).toContain('while asleep')
})

test('a laptop whose socket survived the sleep keeps it', async () => {
  const rig = createLiveRig()
  await rig.begin()
  rig.clock.sleep(60_000)
  await rig.clock.advance(1000)
  rig.floor.heartbeat()
  await rig.pass(10_000)
  expect(rig.wire.sockets).toHaveLength(1)
  expect(rig.connection().status).toBe('live')
})

test('the network is back: no waiting for the backoff', async () => {
  const rig = createLiveRig()
  await rig.begin()
  unplug(rig)
  rig.wire.last().end(1006, '')
  await rig.clock.advance(50_000)
  plugIn(rig)
  const tries = rig.wire.sockets.length
  rig.clock.goOnline()
  await rig.clock.advance(0)
  expect(rig.wire.sockets.length).toBe(tries + 1)
})

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

test('P16 timers run on the server clock although the desk is ten minutes behind', async () => {
  const rig = createLiveRig({ serverAheadMs: 600_000 })
  await rig.begin()
  await rig.pass(6000)
  expect(rig.connection().clockOffsetMs).toBe(600_000)
  expect(rig.store.serverNow()).toBe(rig.clock.now() + 600_000)
})

test('P6 while nothing is missing the age of the data is told once a second at most', async () => {
  const { clock, gateway, connections, heartbeat } = alone()
  gateway.start()
  await clock.advance(0)
  heartbeat()
  const before = connections.length
  for (let turn = 0; turn < 100; turn += 1) {
    heartbeat()
    await clock.advance(30)
  }
  expect(connections.length - before).toBeLessThanOrEqual(4)
})

test('after stop nothing is tried any more', async () => {
  const { clock, wire, gateway } = alone()
  gateway.start()
  await clock.advance(0)
  gateway.stop()
  expect(wire.last().closed).toBe(true)
  await clock.advance(3600_000)
  expect(wire.sockets).toHaveLength(1)
  expect(clock.pending()).toBe(0)
})

// The line to the server through bad days: cuts, sleep, hidden tabs, tokens.
import { expect, test } from 'vitest'
import { closeCode } from '#contract/protocol.ts'
import { alone, shown, start } from '#tests/src/gateway/gateway-rig.ts'
import { makeCall, makeFrame } from '#tests/support/factories.ts'
import { type LiveRig, createLiveRig } from '#tests/support/live-rig.ts'

/** The network is gone: sockets fail a second after they were tried. */
const unplug = (rig: LiveRig): void => {
  rig.wire.onConnect = (socket) => rig.clock.after(1000, () => socket.end(null, 'unreachable'))
}
const plugIn = (rig: LiveRig): void => {
  rig.wire.onConnect = (socket) => rig.floor.attach(socket)
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

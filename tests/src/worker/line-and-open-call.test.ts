// The open call, tokens and the line to the server, as the page has them through its worker.
import { expect, test } from 'vitest'
import { closeCode } from '#contract/protocol.ts'
import type { CallInteraction } from '#contract/transcript.ts'
import { makeCall, makeFrame, makeIntervention, makeLine, makeQaScore } from '#tests/support/factories.ts'
import { createWorkerRig, makeDetail, manyStarted, started } from '#tests/src/worker/worker-rig.ts'

async function openFloor(options = {}) {
  const rig = createWorkerRig(options)
  rig.happen(...manyStarted(3))
  rig.details.set(
    'c0001',
    makeDetail('c0001', { interactions: [makeLine({ id: 1 })], interactions_count: 1 }),
  )
  await rig.pass(300)
  return rig
}

/** Opens a call as the pane does. */
function open(rig: Awaited<ReturnType<typeof openFloor>>, callId = 'c0001') {
  const close = rig.store.open(callId)
  const leave = rig.live.subscribe(`call:${callId}`)
  return () => {
    leave()
    close()
  }
}

const textsOf = (lines: readonly CallInteraction[] | undefined): string[] =>
  (lines ?? []).map(({ text }) => text)

test('an open call has its transcript, and each line that is said, in order', async () => {
  const rig = await openFloor()
  open(rig)
  expect(rig.store.getState().openCalls.get('c0001')?.status).toBe('loading')
  await rig.pass(100)
  for (const id of [2, 3, 4]) rig.tellOpen('c0001', lineOf(id))
  await rig.pass(50)
  const held = rig.store.getState().openCalls.get('c0001')
  expect(held?.status).toBe('ready')
  expect(textsOf(held?.lines)).toEqual(['Line 1', 'Line 2', 'Line 3', 'Line 4'])
})

const lineOf = (id: number) =>
  makeFrame('interaction.added', { call_id: 'c0001', interaction: makeLine({ id, call_id: 'c0001' }) })

test('what comes while the page is busy is there afterwards, complete and in order', async () => {
  const rig = await openFloor()
  open(rig)
  await rig.pass(100)
  rig.holdPage(true)
  for (let id = 2; id <= 40; id += 1) {
    rig.tellOpen('c0001', lineOf(id))
    await rig.clock.advance(30)
  }
  rig.holdPage(false)
  await rig.pass(100)
  expect(textsOf(rig.store.getState().openCalls.get('c0001')?.lines)).toEqual(
    Array.from({ length: 40 }, (_, index) => `Line ${index + 1}`),
  )
})

test('lines of an open call do not wake the floor, and rows of the floor do not wake the open call', async () => {
  const rig = await openFloor()
  open(rig)
  await rig.pass(100)
  const floorBefore = rig.store.getState().calls
  rig.tellOpen('c0001', lineOf(2))
  await rig.pass(50)
  expect(rig.store.getState().calls).toBe(floorBefore)
  const openBefore = rig.store.getState().openCalls
  rig.happen(makeFrame('call.updated', { call: makeCall({ id: 'c0002', tags: ['x'] }) }))
  await rig.pass(50)
  expect(rig.store.getState().calls.get('c0002')?.tags).toEqual(['x'])
  expect(rig.store.getState().openCalls).toBe(openBefore)
})

test('a call that is not there is told as not found', async () => {
  const rig = await openFloor()
  open(rig, 'nobody')
  await rig.pass(100)
  expect(rig.store.getState().openCalls.get('nobody')?.status).toBe('not-found')
})

test('a closed call is asked for no longer; opened twice it stays until both have closed it', async () => {
  const rig = await openFloor()
  const closeFirst = open(rig)
  const closeSecond = open(rig)
  await rig.pass(100)
  const asked = () => rig.wire.last().sent.map(({ event }) => event)
  expect(asked()).toEqual(['subscribe', 'subscribe'])
  closeFirst()
  closeFirst()
  await rig.pass(100)
  expect(asked()).toEqual(['subscribe', 'subscribe'])
  closeSecond()
  await rig.pass(100)
  expect(asked()).toEqual(['subscribe', 'subscribe', 'unsubscribe'])
  expect(rig.store.getState().openCalls.size).toBe(0)
  open(rig)
  await rig.pass(100)
  expect(asked().at(-1)).toBe('subscribe')
  expect(rig.store.getState().openCalls.get('c0001')?.status).toBe('ready')
})

test('a receipt settles the wish and marks the row, of an open call and of one that is not open', async () => {
  const rig = await openFloor()
  const wish = { callId: 'c0001', action: 'send_message', askedAt: 0, state: 'sending' } as const
  rig.store.setPending({ ...wish, commandId: 'k1' })
  rig.store.setPending({ ...wish, commandId: 'k2', callId: 'c0002' })
  const receipt = (command_id: string, call_id: string, state: 'sent' | 'applied') =>
    makeFrame('intervention.updated', makeIntervention({ command_id, call_id, state }))
  rig.happen(receipt('k2', 'c0002', 'sent'))
  await rig.pass(50)
  expect([...rig.store.getState().pending.keys()]).toEqual(['k1'])
  expect(rig.store.getState().latestIntervention.get('c0002')?.state).toBe('sent')
  open(rig)
  await rig.pass(100)
  rig.tellOpen('c0001', receipt('k1', 'c0001', 'applied'))
  await rig.pass(50)
  expect(rig.store.getState().pending.size).toBe(0)
  expect(rig.store.getState().openCalls.get('c0001')?.interventions).toMatchObject([{ command_id: 'k1' }])
})

test('while the rows are paused the open call goes on, and says of itself what is so now', async () => {
  const rig = await openFloor()
  open(rig)
  rig.live.desk.ask({ paused: true, watch: ['c0001'] })
  await rig.pass(100)
  const paused = makeFrame('call.updated', { call: makeCall({ id: 'c0001', ai_paused: true }) })
  rig.tellOpen('c0001', lineOf(2))
  rig.tellOpen('c0001', paused)
  rig.happen(paused)
  await rig.pass(3000)
  expect(textsOf(rig.store.getState().openCalls.get('c0001')?.lines)).toEqual(['Line 1', 'Line 2'])
  expect(rig.store.call('c0001')?.ai_paused).toBe(true)
  expect(rig.live.desk.row('c0001')?.ai_paused).toBeUndefined()
})

test('after a cut the floor and the open call are as the server has them, by snapshots', async () => {
  const rig = await openFloor()
  open(rig)
  await rig.pass(100)
  rig.wire.last().end()
  await rig.pass(100)
  expect(rig.store.getState().connection.status).toBe('offline')
  rig.floor.happen(started('c0009'))
  rig.floor.happen(makeFrame('call.left', { call_id: 'c0000' }))
  rig.floor.newLog()
  rig.details.set('c0001', makeDetail('c0001', { interactions: [makeLine({ id: 1 }), makeLine({ id: 5 })] }))
  await rig.pass(6000)
  expect(rig.wire.sockets.length).toBe(2)
  expect(rig.store.getState().connection.status).toBe('live')
  expect([...rig.live.desk.getState().window.ids].sort()).toEqual(['c0001', 'c0002', 'c0009'])
  expect(textsOf(rig.store.getState().openCalls.get('c0001')?.lines)).toEqual(['Line 1', 'Line 5'])
})

test('choices made on other machines are told to the page, and after a cut that some may be missed', async () => {
  const rig = await openFloor()
  const data = { preferences: { theme: { value: 'dark', changed_at: '2026-11-20T14:00:00.000Z' } } }
  rig.wire.last().say({ event: 'preferences.changed', data, at: '2026-11-20T14:00:00.000Z' })
  await rig.pass(50)
  expect(rig.choices).toEqual([data])
  rig.wire.last().end()
  await rig.pass(6000)
  expect(rig.choices).toEqual([data, null])
})

test('a page that can no longer follow is given a snapshot instead of a queue without end', async () => {
  const rig = await openFloor()
  open(rig)
  await rig.pass(100)
  rig.holdPage(true)
  const lines = [makeLine({ id: 1 }), makeLine({ id: 2, text: 'As the server has it' })]
  rig.details.set('c0001', makeDetail('c0001', { interactions: lines, interactions_count: 2 }))
  const score = makeFrame('qa.score.updated', { call_id: 'c0001', qa_score: makeQaScore() })
  for (let index = 0; index <= 20_000; index += 1) rig.tellOpen('c0001', score)
  expect(
    rig.wire
      .last()
      .subscriptions()
      .map(({ type }) => type),
  ).toEqual(['all_calls', 'call', 'all_calls', 'call'])
  rig.holdPage(false)
  await rig.pass(500)
  expect(textsOf(rig.store.getState().openCalls.get('c0001')?.lines)).toEqual([
    'Line 1',
    'As the server has it',
  ])
  const carried = rig.updates.flatMap(({ deliveries }) => deliveries).filter(({ kind }) => kind === 'frames')
  expect(carried.length).toBeLessThan(100)
  expect(rig.live.desk.getState().window.ids).toEqual(['c0000', 'c0001', 'c0002'])
})

test('the token is asked for over the line, and a new one is handed to the server', async () => {
  const rig = await openFloor()
  expect(rig.wire.last()).toMatchObject({ token: 't1', url: 'http://floor.test' })
  rig.tokens.renew('t9')
  await rig.pass(50)
  expect(rig.wire.last().sent.at(-1)).toEqual({ event: 'auth', data: { token: 't9' } })
})

test('a token the server refuses is renewed before the next try', async () => {
  const rig = await openFloor()
  rig.wire.last().end(closeCode.unauthorized)
  await rig.pass(2500)
  expect(rig.tokens.refreshed).toBe(1)
  expect(rig.wire.last().token).toBe('t2')
  expect(rig.store.getState().connection.status).toBe('live')
})

test('a token that cannot be had is asked for again later', async () => {
  const rig = await openFloor()
  const { token } = rig.tokens
  rig.tokens.token = () => Promise.reject(new Error('no network'))
  rig.wire.last().end()
  await rig.pass(8000)
  expect(rig.wire.sockets.length).toBe(1)
  expect(rig.store.getState().connection.status).toBe('offline')
  rig.tokens.token = token
  rig.live.retryNow()
  await rig.pass(2500)
  expect(rig.store.getState().connection.status).toBe('live')
})

test('signed out means signed out, and signed in again means back', async () => {
  const rig = await openFloor()
  rig.tokens.renew(null)
  await rig.pass(100)
  expect(rig.wire.last().closed).toBe(true)
  expect(rig.store.getState().connection).toMatchObject({
    status: 'refused',
    reason: 'You are signed out.',
  })
  rig.tokens.renew('t5')
  await rig.pass(2500)
  expect(rig.wire.last().token).toBe('t5')
  expect(rig.store.getState().connection.status).toBe('live')
})

test('a network that is back is used at once, not at the end of the wait', async () => {
  const rig = await openFloor()
  const attach = rig.wire.onConnect
  rig.wire.onConnect = (socket) => socket.end()
  rig.wire.last().end()
  await rig.pass(60_000)
  rig.wire.onConnect = attach
  const tries = rig.wire.sockets.length
  rig.clock.goOnline()
  await rig.clock.advance(10)
  expect(rig.wire.sockets.length).toBe(tries + 1)
})

test('time is the time of the server, also where the desk has the wrong one', async () => {
  const rig = await openFloor({ serverAheadMs: 3_600_000 })
  expect(rig.store.serverNow() - rig.clock.now()).toBe(3_600_000)
  rig.live.desk.ask({ paused: true })
  await rig.pass(50)
  expect(rig.live.desk.getState().frozenAt).toBe(rig.clock.now() - 50 + 3_600_000)
})

test('a stopped page listens no longer and says no more', async () => {
  const rig = await openFloor()
  rig.live.stop()
  const said = rig.toWorker.length
  const { calls } = rig.store.getState()
  rig.happen(started('late'))
  rig.tokens.renew('t7')
  rig.clock.goOnline()
  rig.clock.setHidden(true)
  rig.clock.setHidden(false)
  await rig.pass(3000)
  expect(rig.toWorker.length).toBe(said)
  expect(rig.store.getState().calls).toBe(calls)
})

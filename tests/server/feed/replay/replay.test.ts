import { expect, test } from 'vitest'
import { createReplay } from '#server/feed/replay/create-replay.ts'
import { ReplayFileError } from '#server/feed/replay/recording-source.ts'
import { callIdOf } from '#server/domain/fact.ts'
import { dialogue, replayOf } from '#tests/server/feed/replay/replay-fixture.ts'

const file = (count: number, turns = 6) =>
  Array.from({ length: count }, (_, n) => dialogue(turns, `house${n}`)).join('\n\n')

test('a recording becomes a call that rings, is answered, is spoken line by line and ends', async () => {
  const { replay, time, facts, lines } = await replayOf(file(1))
  await replay.start()
  await time.until(() => replay.stats().finished, 'the end of the recording')
  const events = facts().map(({ event }) => event)
  expect(events).toEqual([
    'call.started',
    'call.updated',
    ...Array(6).fill('interaction.added'),
    'call.ended',
  ])
  expect(lines().map(({ speaker }) => speaker)).toEqual([
    'customer',
    'ai',
    'customer',
    'ai',
    'customer',
    'ai',
  ])
  expect(lines().every(({ sentiment }) => sentiment === undefined)).toBe(true)
  const [started] = facts()
  expect(started).toMatchObject({
    data: {
      call: {
        status: 'ringing',
        business_id: 'roofing',
        to_number: '+12105550142',
        metadata: { source: 'replay' },
      },
    },
  })
  expect(replay.stats()).toMatchObject({ started: 1, ended: 1, active: 0, faults: 0, recordings: 1 })
  expect(time.pending()).toBe(0)
})

test('speed shortens a call by its factor', async () => {
  async function length(speed: number) {
    const { replay, time, facts } = await replayOf(file(1), { speed })
    const begin = time.clock.now()
    await replay.start()
    await time.until(() => replay.stats().finished, 'the end')
    const last = facts().at(-1)
    return last?.event === 'call.ended' ? Date.parse(last.data.ended_at ?? '') - begin : Number.NaN
  }
  expect((await length(1)) / (await length(4))).toBeCloseTo(4, 1)
})

test('the floor fills within a minute, not at once, and never beyond its limit', async () => {
  const { replay, time } = await replayOf(file(200, 40), { maxConcurrent: 40 })
  await replay.start()
  await time.advance(2000)
  const early = replay.stats().active
  expect(early).toBeGreaterThan(0)
  expect(early).toBeLessThan(10)
  await time.advance(58_000)
  expect(replay.stats().active).toBe(40)
  for (let minute = 0; minute < 5; minute++) {
    await time.advance(60_000)
    expect(replay.stats().active).toBeLessThanOrEqual(40)
    expect(replay.stats().active).toBeGreaterThan(30)
  }
  await replay.stop()
})

test('a looped file goes on with new calls and tells each fault once', async () => {
  const { replay, time, callIds, logged } = await replayOf(`${file(2)}\n\nROBOT\tx\n`, {
    loop: true,
    maxConcurrent: 2,
  })
  await replay.start()
  expect(replay.faults.map(({ line }) => line)).toEqual([17])
  await time.until(() => replay.stats().ended >= 7, 'seven calls')
  expect(callIds().length).toBeGreaterThanOrEqual(7)
  expect(replay.stats()).toMatchObject({ faults: 1, recordings: 2, finished: false })
  expect(JSON.stringify(logged)).not.toContain('house')
  await replay.stop()
  expect(time.pending()).toBe(0)
})

test('a file without one readable conversation is a clear error that names the first fault', async () => {
  const { replay } = await replayOf('this is\nno recording\n')
  await expect(replay.start()).rejects.toThrow(ReplayFileError)
  await expect(replay.start()).rejects.toThrow(/no conversation .* line 1: The first column must be/)
  await expect((await replayOf('')).replay.start()).rejects.toThrow(/It is empty/)
  const { replay: missing } = await replayOf('', { file: '/nowhere/at/all.tsv' })
  await expect(missing.start()).rejects.toThrow(/ENOENT/)
})

test('nothing is lost or doubled while ingest is away', async () => {
  const { replay, time, state, lines, of } = await replayOf(file(3), { maxConcurrent: 3 })
  await replay.start()
  await time.advance(8000)
  state.away = true
  await time.advance(60_000)
  const before = lines().length
  state.away = false
  await time.until(() => replay.stats().finished, 'the end')
  expect(before).toBeLessThan(18)
  expect(lines()).toHaveLength(18)
  expect(of('call.ended')).toHaveLength(3)
})

test('lines of one call come in order with rising times', async () => {
  const { replay, time, facts, callIds } = await replayOf(file(5, 12), { speed: 20 })
  await replay.start()
  await time.until(() => replay.stats().finished, 'the end')
  expect(callIds()).toHaveLength(5)
  for (const callId of callIds()) {
    const told = facts().filter((fact) => callIdOf(fact) === callId)
    const lines = told.flatMap((fact) => (fact.event === 'interaction.added' ? [fact.data.interaction] : []))
    expect(lines.map(({ id }) => Number(id))).toEqual(lines.map((_, index) => index + 1))
    const times = lines.map(({ timestamp }) => Date.parse(timestamp ?? ''))
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  }
})

test('stopping ends every playing call', async () => {
  const { replay, time, of, callIds } = await replayOf(file(10, 30), { maxConcurrent: 5 })
  await replay.start()
  await time.advance(50_000)
  const playing = callIds().length
  await replay.stop()
  expect(of('call.ended').length).toBe(playing)
  expect(replay.stats().active).toBe(0)
  expect(time.pending()).toBe(0)
})

test('stopping does not hang when ingest is away', async () => {
  const { replay, time, state } = await replayOf(file(3, 30))
  await replay.start()
  await time.advance(20_000)
  state.away = true
  await time.advance(20_000)
  await replay.stop()
  expect(replay.stats().active).toBe(0)
})

test('a recorded mood and an unknown business are passed on as they are', async () => {
  const whole = {
    id: 'rec-1',
    direction: 'outbound',
    business: 'Elsewhere',
    lines: [{ speaker: 'customer', text: 'Awful', sentiment: 0.1 }],
  }
  const { replay, time, facts, lines } = await replayOf(JSON.stringify(whole))
  await replay.start()
  await time.until(() => replay.stats().finished, 'the end')
  expect(lines()[0]?.sentiment).toEqual({ score: 0.1, label: 'negative' })
  expect(facts()[0]).toMatchObject({
    data: { call: { direction: 'outbound', metadata: { recording: 'rec-1', business: 'Elsewhere' } } },
  })
})

test('a speed that makes no sense is refused', async () => {
  const options = { clock: {}, ingest: {}, log: {}, companyId: 'demo', businesses: [], file: 'x' }
  expect(() =>
    createReplay({ ...options, speed: 0 } as unknown as Parameters<typeof createReplay>[0]),
  ).toThrow(RangeError)
})

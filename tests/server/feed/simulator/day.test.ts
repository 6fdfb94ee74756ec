import { expect, test } from 'vitest'
import { dayCurve } from '#server/feed/simulator/day-curve.ts'
import { directory, opening, openFloor } from '#tests/server/feed/simulator/floor-rig.ts'

const starts = (rig: ReturnType<typeof openFloor>) =>
  rig.facts.flatMap((fact) => (fact.event === 'call.started' ? [fact.data.call] : []))
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

test('the same seed gives the same day, to the letter; another seed gives another one', async () => {
  const [one, same, other] = [openFloor({ seed: 'x' }), openFloor({ seed: 'x' }), openFloor({ seed: 'y' })]
  for (const rig of [one, same, other]) {
    rig.simulator.start()
    await rig.time.pass(10 * 60_000)
  }
  expect(one.facts.length).toBeGreaterThan(500)
  expect(same.facts).toEqual(one.facts)
  expect(other.facts).not.toEqual(one.facts)
})

test('a supervisor who steps in changes his call and nobody else’s', async () => {
  const [quiet, busy] = [openFloor({ seed: 'x' }), openFloor({ seed: 'x' })]
  for (const rig of [quiet, busy]) {
    rig.simulator.start()
    await rig.time.pass(5000)
  }
  const callId = busy.liveIds()[2] as string
  await busy.command(callId, { action: 'end' })
  await busy.command('desk-1', { action: 'dial', toNumber: '+12105550199' })
  for (const rig of [quiet, busy]) await rig.time.pass(8 * 60_000)
  for (const id of quiet.startedIds().filter((one) => one !== callId))
    expect(busy.ofCall(id)).toEqual(quiet.ofCall(id))
})

test('the floor opens with its calls under way, each begun in the past and with words already said then', async () => {
  const rig = openFloor({ calls: 120 })
  rig.simulator.start()
  await rig.time.pass(0)
  expect(rig.simulator.stats().live).toBe(120)
  expect(starts(rig).every((call) => Date.parse(call.started_at ?? '') < opening)).toBe(true)
  const talked = rig.startedIds().filter((id) => rig.linesOf(id).length >= 3)
  expect(talked.length).toBeGreaterThan(100)
  for (const id of rig.startedIds())
    for (const { timestamp } of rig.linesOf(id))
      expect(Date.parse(timestamp ?? '')).toBeLessThanOrEqual(opening)
})

test('a floor of thousands opens with every call and only the last words of each', async () => {
  const rig = openFloor({ calls: 5000, checks: false })
  rig.simulator.start()
  await rig.time.pass(200)
  expect(rig.simulator.stats().live).toBeGreaterThan(4900)
  expect(rig.facts.length).toBeLessThan(80_000)
  expect(rig.time.timers).toBeLessThanOrEqual(1)
})

test('arrivals hold the level, and calls last four minutes in the mean, log-normally', async () => {
  const speed = 30
  const calls = 100
  const rig = openFloor({ calls, speed, checks: false, seed: 'level' })
  rig.simulator.start()
  const levels: number[] = []
  for (let minute = 0; minute < 16; minute++) {
    await rig.time.pass(30_000)
    levels.push(rig.simulator.stats().live)
  }
  const expected = calls * dayCurve(opening + 4 * 60_000)
  expect(Math.abs(mean(levels) / expected - 1)).toBeLessThan(0.1)
  expect(levels.every((level) => level > calls * 0.6 && level < calls * 1.6)).toBe(true)

  // Those that came after the opening, so that no call is counted for being long.
  const began = new Map(starts(rig).map((call) => [call.id, Date.parse(call.started_at ?? '')]))
  const lengths = rig.facts.flatMap((fact) => {
    if (fact.event !== 'call.ended') return []
    const start = began.get(fact.data.call_id) ?? 0
    return start > opening && start < opening + 6 * 60_000
      ? [((Date.parse(fact.data.ended_at ?? '') - start) / 1000) * speed]
      : []
  })
  expect(lengths.length).toBeGreaterThan(2000)
  expect(mean(lengths)).toBeGreaterThan(225)
  expect(mean(lengths)).toBeLessThan(255)
  const logs = lengths.filter((seconds) => seconds > 75).map(Math.log)
  const middle = mean(logs)
  const spread = Math.sqrt(mean(logs.map((log) => (log - middle) ** 2)))
  const skew = mean(logs.map((log) => ((log - middle) / spread) ** 3))
  expect(spread).toBeGreaterThan(0.33)
  expect(spread).toBeLessThan(0.5)
  expect(Math.abs(skew)).toBeLessThan(0.35)
})

test('calls come like Poisson: the gaps between them spread as much as they are long', async () => {
  const rig = openFloor({ calls: 60, speed: 30, checks: false })
  rig.simulator.start()
  await rig.time.pass(6 * 60_000)
  const times = starts(rig).flatMap((call) => {
    const at = Date.parse(call.started_at ?? '')
    return at > opening ? [at] : []
  })
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at))
  const average = mean(gaps)
  const deviation = Math.sqrt(mean(gaps.map((gap) => (gap - average) ** 2)))
  expect(gaps.length).toBeGreaterThan(1500)
  expect(deviation / average).toBeGreaterThan(0.9)
  expect(deviation / average).toBeLessThan(1.1)
})

test('a day is busier in the morning than at night, and as busy as asked for in the mean', () => {
  const hours = Array.from({ length: 240 }, (_, tenth) => dayCurve(opening + tenth * 360_000))
  expect(mean(hours)).toBeCloseTo(1, 2)
  expect(dayCurve(Date.parse('2026-11-20T16:00:00Z'))).toBeGreaterThan(1.1)
  expect(dayCurve(Date.parse('2026-11-20T08:00:00Z'))).toBeLessThan(0.9)
})

test('a hundred and twenty calls do not read alike', async () => {
  const rig = openFloor({ calls: 120 })
  rig.simulator.start()
  await rig.time.pass(60_000)
  const calls = starts(rig)
  expect(new Set(calls.map(({ contact_name }) => contact_name)).size).toBeGreaterThan(115)
  expect(new Set(calls.map(({ metadata }) => metadata?.intent)).size).toBeGreaterThan(35)
  const customer = rig
    .startedIds()
    .flatMap((id) => rig.linesOf(id).filter(({ speaker }) => speaker === 'customer'))
  const long = customer.map(({ text }) => text).filter((text) => text.length > 45)
  expect(new Set(long).size / long.length).toBeGreaterThan(0.5)
})

test('csr, tech and rep always have calls of their own', async () => {
  const rig = openFloor({ calls: 60 })
  rig.simulator.start()
  await rig.time.pass(0)
  const calls = starts(rig)
  const { csrAgentId, techUserId, repUserId } = directory.owners
  expect(calls.filter((call) => call.assigned_agent_id === csrAgentId).length).toBeGreaterThanOrEqual(3)
  expect(calls.filter((call) => call.assigned_tech_id === techUserId).length).toBeGreaterThanOrEqual(3)
  expect(calls.filter((call) => call.metadata?.owner === repUserId).length).toBeGreaterThanOrEqual(3)
})

test('outbound and missed calls happen too, and calls that fail say why', async () => {
  const rig = openFloor({ calls: 100, speed: 20, checks: false })
  rig.simulator.start()
  await rig.time.pass(4 * 60_000)
  const ends = rig.facts.flatMap((fact) => (fact.event === 'call.ended' ? [fact.data] : []))
  expect(starts(rig).some(({ direction }) => direction === 'outbound')).toBe(true)
  expect(ends.some(({ missed }) => missed)).toBe(true)
  expect(ends.some(({ reason }) => reason === 'Nobody answered.')).toBe(true)
  expect(ends.filter(({ status, reason }) => status === 'failed' && !reason)).toEqual([])
})

test('a machine that slept goes on where it was', async () => {
  const rig = openFloor({ calls: 20 })
  rig.simulator.start()
  await rig.time.pass(2000)
  const before = { facts: rig.facts.length, started: rig.simulator.stats().started }
  rig.time.sleep(3 * 3600_000)
  await rig.time.pass(2000)
  expect(rig.facts.length - before.facts).toBeLessThan(60)
  expect(rig.simulator.stats().started - before.started).toBeLessThan(5)
})

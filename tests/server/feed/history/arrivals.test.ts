import { expect, test } from 'vitest'
import { type Arrival, type ArrivalsWish, drawArrivals } from '#server/feed/history/arrivals.ts'
import { createLocalClock } from '#server/feed/history/local-clock.ts'
import { createRandom } from '#server/feed/simulator/random.ts'

const businesses = (['roofing', 'plumbing', 'heating', 'auto'] as const).map((kind) => ({
  id: kind,
  name: kind,
  kind,
  number: '+12105550100',
  aiName: 'Ava',
}))
const day = 24 * 3600_000
const year: ArrivalsWish = {
  from: Date.parse('2025-01-01T06:00:00Z'),
  until: Date.parse('2026-01-01T06:00:00Z'),
  zone: 'America/Chicago',
  calls: 60_000,
  businesses,
  random: createRandom('a year'),
}
const whole = [...drawArrivals(year)]

function countBy(arrivals: readonly Arrival[], key: (arrival: Arrival) => number | string) {
  const counts: Record<string, number> = {}
  for (const arrival of arrivals) counts[key(arrival)] = (counts[key(arrival)] ?? 0) + 1
  return (name: number | string) => counts[name] ?? 0
}

test('a year has exactly the calls that were asked for, in order of time and within its span', () => {
  expect(whole).toHaveLength(year.calls)
  expect(whole.map(({ n }) => n)).toEqual(whole.map((_, index) => index))
  for (const [index, { at }] of whole.entries()) {
    expect(at).toBeGreaterThanOrEqual(whole[index - 1]?.at ?? year.from)
    expect(at).toBeLessThan(year.until)
  }
})

test('Mondays are the busiest, Sundays the quietest, and Saturdays are half a day', () => {
  const on = countBy(whole, ({ local }) => local.weekday)
  for (const other of [2, 3, 4, 5, 6, 0]) expect(on(1)).toBeGreaterThan(on(other))
  expect(on(0)).toBeLessThan(on(1) / 3)
  expect(on(6)).toBeGreaterThan(on(0) * 1.3)
  expect(on(6)).toBeLessThan(on(5) * 0.75)
})

test('a workday has a morning peak, a dip at noon, an afternoon peak and a night of emergencies', () => {
  const workdays = whole.filter(({ local }) => local.weekday >= 1 && local.weekday <= 5)
  const at = countBy(workdays, ({ local }) => Math.floor(local.hour))
  expect(at(12)).toBeLessThan(at(9) * 0.75)
  expect(at(12)).toBeLessThan(at(14) * 0.9)
  expect(at(3)).toBeLessThan(at(9) / 15)
  expect(at(3)).toBeGreaterThan(0)
})

test('each trade has its season and its hours', () => {
  const heating = countBy(
    whole.filter(({ business }) => business.kind === 'heating'),
    ({ local }) => local.date.slice(5, 7),
  )
  expect(heating('01')).toBeGreaterThan(heating('10') * 1.2)
  expect(heating('07')).toBeGreaterThan(heating('04') * 1.2)
  const nightly = countBy(
    whole.filter(({ local }) => local.hour < 5),
    ({ business }) => business.kind,
  )
  expect(nightly('plumbing')).toBeGreaterThan(nightly('auto') * 5)
})

test('office hours stay where the clock shows them when summer time begins and ends', () => {
  const utcHour = (arrival: Arrival) => new Date(arrival.at).getUTCHours()
  const opening = (from: string, to: string) => {
    const days = whole.filter(
      ({ local }) => local.date >= from && local.date < to && local.weekday >= 1 && local.weekday <= 5,
    )
    return { local: countBy(days, ({ local }) => Math.floor(local.hour)), utc: countBy(days, utcHour) }
  }
  // Chicago: summer time from 9 March to 2 November 2025.
  const winter = opening('2025-02-10', '2025-03-09')
  const summer = opening('2025-03-10', '2025-04-07')
  for (const { local } of [winter, summer]) expect(local(8)).toBeGreaterThan(local(6) * 2)
  expect(winter.utc(12)).toBeLessThan(winter.utc(14) / 2)
  expect(summer.utc(11)).toBeLessThan(summer.utc(13) / 2)
  expect(summer.utc(12)).toBeGreaterThan(winter.utc(12) * 1.5)
})

test('the hour that clocks skip has no calls, and the one they repeat has about twice as many', () => {
  const drawn = (from: string, calls: number) => {
    const start = Date.parse(from)
    const random = createRandom('a night')
    const wish = { ...year, zone: 'Europe/Berlin', from: start, until: start + day, calls, random }
    return countBy([...drawArrivals(wish)], ({ local }) => Math.floor(local.hour))
  }
  const spring = drawn('2026-03-28T23:00:00Z', 40_000)
  expect(spring(2)).toBe(0)
  expect(spring(3)).toBeGreaterThan(0)
  const autumn = drawn('2026-10-24T22:00:00Z', 40_000)
  expect(autumn(2) / autumn(3)).toBeGreaterThan(1.6)
  expect(autumn(2) / autumn(3)).toBeLessThan(2.6)
})

test('drawing that begins later gives the same calls from there on, and another seed gives others', () => {
  const few = { ...year, calls: 500 }
  const all = [...drawArrivals(few)]
  expect([...drawArrivals(few, 480)]).toEqual(all.slice(480))
  const other = [...drawArrivals({ ...few, random: createRandom('another') })]
  expect(other.map(({ at }) => at)).not.toEqual(all.map(({ at }) => at))
})

test('the clock of a zone is read on both sides of its changes', () => {
  const clock = createLocalClock('Australia/Lord_Howe')
  expect(clock(Date.parse('2026-04-04T14:45:00Z')).hour).toBe(1.75)
  expect(clock(Date.parse('2026-04-04T15:00:00Z')).hour).toBe(1.5)
  expect(clock(Date.parse('2026-01-01T00:00:00Z'))).toMatchObject({
    date: '2026-01-01',
    weekday: 4,
    hour: 11,
  })
})

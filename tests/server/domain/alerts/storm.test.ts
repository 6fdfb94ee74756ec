import { expect, test } from 'vitest'
import { StormGauge } from '#server/domain/alerts/storm.ts'
import { madeAt } from '#tests/support/factories.ts'

const start = Date.parse(madeAt)

test('ten alerts in ten minutes are ten alerts; the eleventh makes them a storm that began with the first', () => {
  const gauge = new StormGauge()
  const seen = Array.from({ length: 11 }, (_, index) => gauge.count(`a${index}`, start + index * 1000))
  expect(seen).toEqual([...Array.from({ length: 10 }, () => null), start])
  expect(gauge.count('a3', start + 20_000)).toBe(start)
})

test('alerts further apart than ten minutes are no storm', () => {
  const gauge = new StormGauge()
  for (let index = 0; index < 30; index++) expect(gauge.count(`a${index}`, start + index * 61_000)).toBeNull()
})

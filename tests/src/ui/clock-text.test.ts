import { afterEach, expect, test } from 'vitest'
import { clockText, setClockZone, zoneText } from '#src/ui/clock-text.ts'

const winter = Date.parse('2026-01-15T18:02:10.000Z')
const summer = Date.parse('2026-07-15T18:02:10.000Z')

afterEach(() => setClockZone(null))

test.each([
  ['UTC', '18:02:10', 'UTC', '18:02:10'],
  ['America/Chicago', '12:02:10', 'CST', '13:02:10'],
  ['Asia/Kolkata', '23:32:10', 'GMT+5:30', '23:32:10'],
])('clocks in %s say the time and the zone there, summer time too', (zone, inWinter, name, inSummer) => {
  setClockZone(zone)
  expect([clockText(winter), zoneText(winter), clockText(summer)]).toEqual([inWinter, name, inSummer])
})

test('a zone taken back is that of the machine again', () => {
  const before = clockText(winter)
  setClockZone('Pacific/Auckland')
  setClockZone(null)
  expect(clockText(winter)).toBe(before)
})

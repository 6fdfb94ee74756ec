import { expect, test } from 'vitest'
import type { Alert } from '#contract/alert.ts'
import { type CueMemory, nextCue, noCues, repeatMs } from '#src/features/alerts/next-cue.ts'
import { defaultSound, isQuiet } from '#src/features/alerts/sound-preference.ts'
import { titleWith } from '#src/features/alerts/page-marks.ts'
import { madeAt, makeAlert } from '#tests/support/factories.ts'

const item = (over: Partial<Alert> & { id: string }, snoozed = false) => ({
  alert: makeAlert(over),
  caller: 'Ana Ruiz',
  business: null,
  snoozed,
})
const warning = item({ id: 'w' })
const info = item({ id: 'i', severity: 'info' })
const critical = item({ id: 'c', severity: 'critical' })
const owned = item({
  id: 'c',
  severity: 'critical',
  state: 'acknowledged',
  owner: { id: 'u2', name: 'Mara' },
})

/** Plays the looks one after the other; the cue of each. */
function play(looks: { mine: ReturnType<typeof item>[]; at?: number; looksAt?: string }[]) {
  let memory: CueMemory = noCues
  return looks.map(({ mine, at = 0, looksAt }) => {
    const verdict = nextCue(memory, mine, looksAt ?? null, at)
    memory = verdict.memory
    return verdict.cue
  })
}

test('what was open when the page came is no news, but a critical alert nobody has is said', () => {
  expect(play([{ mine: [warning] }])).toEqual([null])
  expect(play([{ mine: [critical, warning] }])).toEqual(['critical'])
})

test('a new alert sounds once, with the cue of the worst', () => {
  expect(play([{ mine: [] }, { mine: [info, warning] }, { mine: [info, warning] }])).toEqual([
    null,
    'warning',
    null,
  ])
})

test('a critical alert sounds again every 30 s until somebody has it', () => {
  expect(
    play([
      { mine: [] },
      { mine: [critical], at: 1000 },
      { mine: [critical], at: 1000 + repeatMs - 1 },
      { mine: [critical], at: 1000 + repeatMs },
      { mine: [owned], at: 1000 + 3 * repeatMs },
    ]),
  ).toEqual([null, 'critical', null, 'critical', null])
})

test('a call that is before the eyes needs no cue', () => {
  expect(
    play([
      { mine: [], looksAt: 'c1' },
      { mine: [critical], looksAt: 'c1', at: 90_000 },
    ]),
  ).toEqual([null, null])
})

test('a snoozed alert is silent, and sounds when its time is over', () => {
  const asleep = item({ id: 'w' }, true)
  expect(play([{ mine: [] }, { mine: [asleep] }, { mine: [warning] }])).toEqual([null, null, 'warning'])
})

test('two hundred alerts of a storm are one cue and one sentence', () => {
  const storm = Array.from({ length: 200 }, (_, index) => item({ id: `s${index}`, storm_since: madeAt }))
  const first = nextCue(noCues, [], null, 0)
  const { cue, fresh, stormOf, memory } = nextCue(first.memory, storm, null, 1000)
  expect([cue, fresh.length, stormOf]).toEqual(['warning', 0, 200])
  const more = [...storm, item({ id: 'late', storm_since: madeAt })]
  expect(nextCue(memory, more, null, 2000)).toMatchObject({ cue: null, fresh: [], stormOf: null })
})

test.each([
  ['22:00', '06:00', '23:30', true],
  ['22:00', '06:00', '05:59', true],
  ['22:00', '06:00', '06:00', false],
  ['12:00', '13:00', '12:30', true],
  ['12:00', '13:00', '11:59', false],
  ['12:00', '12:00', '12:00', false],
])('quiet from %s to %s: at %s quiet is %s', (from, to, time, quiet) => {
  expect(isQuiet({ ...defaultSound, quiet: { on: true, from, to } }, time)).toBe(quiet)
  expect(isQuiet({ ...defaultSound, quiet: { on: false, from, to } }, time)).toBe(false)
})

test('the title carries the count, and gives it back', () => {
  expect(titleWith(3, 'Callboard')).toBe('(3) Callboard')
  expect(titleWith(120, '(3) Callboard')).toBe('(99+) Callboard')
  expect(titleWith(0, '(99+) Callboard')).toBe('Callboard')
})

test('an alert that somebody has and that asks again sounds once for each time it does', () => {
  const again = (reminded_at: string) => ({ ...owned, alert: { ...owned.alert, reminded_at } })
  const [first, second] = [again('2026-11-20T14:15:00.000Z'), again('2026-11-20T14:30:00.000Z')]
  expect(
    play([
      { mine: [owned] },
      { mine: [first] },
      { mine: [first], at: 2 * repeatMs },
      { mine: [second], at: 3 * repeatMs },
      { mine: [second], at: 5 * repeatMs },
    ]),
  ).toEqual([null, 'critical', null, 'critical', null])
})

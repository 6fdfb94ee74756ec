// The figures of the whole floor, against counting them one by one.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Alert } from '#contract/alert.ts'
import type { Call } from '#contract/call.ts'
import { actCalls, digestFloor, keepEqual } from '#src/floor/floor-digest.ts'
import { emptyFilter } from '#src/floor/view.ts'
import { madeAt, makeAlert, makeAttention, makeCall } from '#tests/support/factories.ts'

const now = Date.parse(madeAt) + 60_000
const silence = { code: 'silence', text: 'Silence', since: madeAt }

const anyCall = fc
  .record({
    id: fc.uuid(),
    direction: fc.constantFrom('inbound' as const, 'outbound' as const),
    status: fc.constantFrom(
      'in_progress' as const,
      'ringing' as const,
      'completed' as const,
      'failed' as const,
    ),
    level: fc.constantFrom('act' as const, 'watch' as const, 'calm' as const),
    score: fc.integer({ min: 0, max: 100 }),
    hour: fc.integer({ min: 10, max: 13 }),
    escalation: fc.constantFrom('pending' as const, 'in_progress' as const, undefined),
    mood: fc.option(fc.constantFrom(0.1, 0.5, 0.9), { nil: undefined }),
    business: fc.option(fc.constantFrom('roofs', 'auto'), { nil: undefined }),
    isPaused: fc.boolean(),
  })
  .map(({ id, direction, status, level, score, hour, escalation, mood, business, isPaused }) => {
    const started_at = `2026-11-20T${hour}:00:00.000Z`
    return makeCall({
      id,
      direction,
      status,
      started_at,
      ai_paused: isPaused,
      attention: makeAttention({ score, level, reasons: [silence] }),
      ...(escalation ? { escalation_status: escalation, signals: { escalated_since: started_at } } : {}),
      ...(mood === undefined
        ? {}
        : { sentiment_score: mood, sentiment: mood < 0.4 ? 'negative' : 'neutral' }),
      ...(business ? { business_id: business, business_name: `The ${business}` } : {}),
    })
  })
const floors = fc.uniqueArray(anyCall, { selector: ({ id }) => id, maxLength: 15 })

test('every figure is what counting the calls one by one gives', () => {
  fc.assert(
    fc.property(floors, (calls) => {
      const { sums, chips, levels, acts, businesses } = digestFloor(calls, emptyFilter, now, null)
      const live = calls.filter(({ status }) => status === 'in_progress' || status === 'ringing')
      const count = (test: (call: Call) => boolean): number => live.filter(test).length
      const moods = live.flatMap(({ sentiment_score }) => sentiment_score ?? [])
      const asked = live.flatMap((call) =>
        call.escalation_status === 'pending' ? Date.parse(call.started_at) : [],
      )
      const act = count(({ attention }) => attention?.level === 'act')
      const watch = count(({ attention }) => attention?.level === 'watch')
      const waiting = count((call) => call.escalation_status === 'pending')
      const humanOn = count((call) => call.escalation_status === 'in_progress')
      const inbound = count(({ direction }) => direction === 'inbound')
      expect(sums).toEqual({
        live: live.length,
        inbound,
        act,
        watch,
        waiting,
        waitingSince: asked.length > 0 ? Math.min(...asked) : null,
        humanOn,
        paused: count(({ ai_paused }) => ai_paused === true),
        mood:
          moods.length > 0 ? Math.round((moods.reduce((a, b) => a + b, 0) / moods.length) * 100) / 100 : null,
        moodCalls: moods.length,
      })
      expect(chips).toEqual({
        all: live.length,
        inbound,
        outbound: live.length - inbound,
        humanOn,
        waiting,
        negative: count(({ sentiment }) => sentiment === 'negative'),
        // Every call began on a full hour, and it is past ten minutes since.
        long: live.length,
      })
      expect(levels).toEqual({ all: calls.length, act, watch })
      expect(acts.length).toBe(act)
      expect(businesses.map(({ value }) => value)).toEqual(
        [...new Set(calls.flatMap(({ business_id }) => business_id ?? []))].sort(),
      )
    }),
  )
})

test('a digest of the same floor is the same object, and a changed part takes nothing else with it', () => {
  fc.assert(
    fc.property(floors, (calls) => {
      const before = digestFloor(calls, emptyFilter, now, null)
      const copies = structuredClone(calls)
      expect(digestFloor(copies, emptyFilter, now, before)).toBe(before)
      const more = makeCall({ id: 'more', direction: 'outbound', started_at: madeAt })
      const after = digestFloor([...calls, more], emptyFilter, now, before)
      expect(after).not.toBe(before)
      expect(after.sums.live).toBe(before.sums.live + 1)
      for (const part of ['acts', 'outside', 'businesses'] as const) expect(after[part]).toBe(before[part])
    }),
  )
})

test('alerts stand worst first, then by their age, and each stays the object it was while it says the same', () => {
  const alerted = (id: string, over: Partial<Alert> = {}): Call =>
    makeCall({ id, alerts: [makeAlert({ id: `alert of ${id}`, call_id: id, ...over })] })
  const calls = [
    alerted('young'),
    alerted('bad', { severity: 'critical' }),
    alerted('old', { active_at: '2026-11-20T13:00:00.000Z' }),
  ]
  const before = digestFloor(calls, emptyFilter, now, null)
  expect(before.alerts.map(({ alert }) => alert.call_id)).toEqual(['bad', 'old', 'young'])
  const after = digestFloor([...calls, alerted('new', { severity: 'info' })], emptyFilter, now, before)
  expect(after.alerts.map(({ alert }) => alert.call_id)).toEqual(['bad', 'old', 'young', 'new'])
  for (const [index, item] of before.alerts.entries()) expect(after.alerts[index]).toBe(item)
})

test('calls that need a person stand by the ten of their score, the older first, and say who and why', () => {
  const needy = (id: string, score: number, started_at: string): Call =>
    makeCall({
      id,
      started_at,
      contact_name: `Caller ${id}`,
      attention: makeAttention({ score, level: 'act', reasons: [silence] }),
    })
  const calls = [
    needy('young', 78, '2026-11-20T13:50:00.000Z'),
    needy('old', 71, '2026-11-20T13:10:00.000Z'),
    needy('worst', 90, '2026-11-20T13:59:00.000Z'),
    makeCall({ id: 'calm' }),
    { ...needy('over', 99, '2026-11-20T13:00:00.000Z'), status: 'completed' as const },
  ]
  expect(actCalls(calls).map(({ id }) => id)).toEqual(['worst', 'old', 'young'])
  expect(digestFloor(calls, emptyFilter, now, null).acts[0]).toEqual({
    id: 'worst',
    words: 'Caller worst: Silence',
  })
})

test('a call that needs a person and that the filter hides is told, the oldest of them by name', () => {
  const needy = (id: string, started_at: string): Call =>
    makeCall({ id, started_at, attention: makeAttention({ score: 80, level: 'act', reasons: [silence] }) })
  const calls = [
    needy('young', '2026-11-20T13:50:00.000Z'),
    needy('old', '2026-11-20T13:10:00.000Z'),
    { ...needy('shown', '2026-11-20T13:00:00.000Z'), direction: 'outbound' as const },
  ]
  const filter = { ...emptyFilter, direction: 'outbound' as const }
  expect(digestFloor(calls, filter, now, null).outside).toEqual({
    count: 2,
    first: {
      id: 'old',
      direction: 'inbound',
      name: '(210) 555-0142',
      reason: 'Silence for 60 s',
      since: Date.parse('2026-11-20T13:10:00.000Z'),
    },
  })
  expect(digestFloor(calls, emptyFilter, now, null).outside).toEqual({ count: 0, first: null })
})

test('a business without a name stands by its id, and they come by name', () => {
  const calls = [
    makeCall({ id: 'a', business_id: 'z', business_name: 'Auto' }),
    makeCall({ id: 'b', business_id: 'mid' }),
    makeCall({ id: 'c', business_id: 'a', business_name: 'Zinc' }),
    makeCall({ id: 'd', business_id: 'z', business_name: 'Auto' }),
  ]
  expect(digestFloor(calls, emptyFilter, now, null).businesses).toEqual([
    { value: 'z', label: 'Auto' },
    { value: 'mid', label: 'mid' },
    { value: 'a', label: 'Zinc' },
  ])
})

test('equal parts are kept, and the whole when all are equal', () => {
  const before = { a: { x: 1 }, b: [1, 2] }
  expect(keepEqual({ a: { x: 1 }, b: [1, 2] }, before)).toBe(before)
  const next = keepEqual({ a: { x: 1 }, b: [1, 3] }, before)
  expect(next.a).toBe(before.a)
  expect(next.b).toEqual([1, 3])
})

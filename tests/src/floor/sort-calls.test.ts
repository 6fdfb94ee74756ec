import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import { createFloorRows } from '#src/floor/floor-rows.ts'
import { emptyView } from '#src/floor/desk.ts'
import { isByBay, sortRows } from '#src/floor/sort-calls.ts'
import { type ColumnId, type SortRule, columnIds } from '#src/floor/view.ts'
import { makeAttention, makeCall } from '#tests/support/factories.ts'

function order(calls: readonly Call[], sort: readonly SortRule[]): string[] {
  const rows = createFloorRows()
  const view = { ...emptyView, sort: [...sort] }
  rows.take(new Map(calls.map((call) => [call.id, call])), { view, mine: new Set(), now: 0, arrivedAt: 0 })
  const shown = rows.shownAfter([])
  sortRows(shown, sort)
  return shown.map(({ id }) => id)
}

const lastLine = (at: string): Partial<Call> => ({ last_line: { id: 1, speaker: 'ai', text: '', at } })
const agent = (name: string): Partial<Call> => ({ assigned_agent: { id: name, name } })

/** For each column: members of calls in ascending order, each different from the one before. */
const ascending: Record<ColumnId, Partial<Call>[]> = {
  status: [
    { status: 'in_progress' },
    { status: 'escalated' },
    { status: 'ringing' },
    { status: 'initiated' },
    { status: 'failed' },
    { status: 'completed' },
  ],
  direction: [{ direction: 'inbound' }, { direction: 'outbound' }],
  from: [{ contact_name: 'Ábel' }, { contact_name: 'Berta' }, { contact_name: 'carla' }],
  marks: [
    {
      claimed_by: {
        id: 'a',
        name: 'Ana',
        since: '2026-11-20T14:00:00.000Z',
        until: '2026-11-20T15:00:00.000Z',
      },
    },
    {
      claimed_by: {
        id: 'b',
        name: 'Bo',
        since: '2026-11-20T14:00:00.000Z',
        until: '2026-11-20T15:00:00.000Z',
      },
    },
    {},
  ],
  to: [{ to_number: '+12105550100' }, { to_number: '+12105550200' }],
  last_line: [lastLine('2026-11-20T14:00:01.000Z'), lastLine('2026-11-20T14:00:09.000Z'), {}],
  sentiment: [{ sentiment_score: 0 }, { sentiment_score: 0.3 }, { sentiment_score: 1 }, {}],
  duration: [{ started_at: '2026-11-20T14:30:00.000Z' }, { started_at: '2026-11-20T14:00:00.000Z' }],
  escalation: [
    { escalation_status: 'pending' },
    { escalation_status: 'in_progress' },
    { escalation_status: 'completed' },
    {},
  ],
  agent: [agent('Anna'), { ai_name: 'Ava' }, { ...agent('Zoe'), ai_name: 'Ava' }],
  business: [{ business_name: 'Auto' }, { business_name: 'Roofs' }, {}],
  qa: [{ qa_score: 0 }, { qa_score: 0.5 }, { qa_score: 0.9 }, {}],
  started: [{ started_at: '2026-11-20T14:00:00.000Z' }, { started_at: '2026-11-20T14:30:00.000Z' }],
  attention: [
    { attention: makeAttention({ score: 72, level: 'act' }) },
    { attention: makeAttention({ score: 95, level: 'watch' }) },
    { attention: makeAttention({ score: 45, level: 'watch' }) },
    {},
  ],
}

describe.each(columnIds)('sorted by %s', (id) => {
  const calls = ascending[id].map((over, index) => makeCall({ id: `c${index}`, ...over }))
  const shuffled = [...calls.slice(1), ...calls.slice(0, 1)].reverse()
  const ids = calls.map((call) => call.id)
  /** A call without a value; attention knows none: such a call is calm. */
  const isMissing = Object.keys(ascending[id].at(-1) ?? {}).length === 0 && id !== 'attention'

  test('ascending', () => expect(order(shuffled, [{ id, desc: false }])).toEqual(ids))

  test('descending, with what has no value last all the same', () => {
    const withValue = isMissing ? ids.slice(0, -1) : ids
    expect(order(shuffled, [{ id, desc: true }])).toEqual([
      ...withValue.toReversed(),
      ...(isMissing ? ids.slice(-1) : []),
    ])
  })
})

test('a call without a name stands by its number, and a caller of ours by theirs', () => {
  const calls = [
    makeCall({ id: 'named', contact_name: 'Aaron' }),
    makeCall({ id: 'out', direction: 'outbound', to_number: '+12105550001', from_number: '+19995550001' }),
    makeCall({ id: 'in', from_number: '+12105550002' }),
  ]
  expect(order(calls, [{ id: 'from', desc: false }])).toEqual(['out', 'in', 'named'])
})

test('the second column decides where the first is equal, each in its own direction', () => {
  const calls = [
    makeCall({ id: 'a', business_name: 'Roofs', qa_score: 0.2 }),
    makeCall({ id: 'b', business_name: 'Auto', qa_score: 0.9 }),
    makeCall({ id: 'c', business_name: 'Roofs', qa_score: 0.8 }),
    makeCall({ id: 'd', business_name: 'Auto' }),
    makeCall({ id: 'e', qa_score: 0.1 }),
    makeCall({ id: 'f', qa_score: 0.7 }),
  ]
  const byBusiness = { id: 'business', desc: false } as const
  expect(order(calls, [byBusiness, { id: 'qa', desc: true }])).toEqual(['b', 'd', 'c', 'a', 'f', 'e'])
  expect(order(calls, [byBusiness, { id: 'qa', desc: false }])).toEqual(['b', 'd', 'a', 'c', 'e', 'f'])
})

test('equal calls stand by age in both directions, so that turning a column round shuffles nobody', () => {
  const calls = ['2026-11-20T13:00:00.000Z', '2026-11-20T12:00:00.000Z', '2026-11-20T14:00:00.000Z'].map(
    (started_at, index) => makeCall({ id: `c${index}`, started_at, qa_score: 0.5 }),
  )
  for (const desc of [true, false]) expect(order(calls, [{ id: 'qa', desc }])).toEqual(['c1', 'c0', 'c2'])
})

test('nothing chosen means who needs a person, and stands in bays; so does attention, not turned round', () => {
  const calls = ascending.attention.map((over, index) => makeCall({ id: `c${index}`, ...over }))
  expect(order(calls.toReversed(), [])).toEqual(['c0', 'c1', 'c2', 'c3'])
  expect(isByBay([])).toBe(true)
  expect(isByBay([{ id: 'attention', desc: false }])).toBe(true)
  expect(isByBay([{ id: 'attention', desc: true }])).toBe(false)
  expect(isByBay([{ id: 'qa', desc: false }])).toBe(false)
})

const anyCall = fc.record({
  id: fc.uuid(),
  status: fc.constantFrom('in_progress' as const, 'ringing' as const, 'completed' as const),
  direction: fc.constantFrom('inbound' as const, 'outbound' as const),
  started: fc.integer({ min: 10, max: 13 }),
  name: fc.option(fc.constantFrom('Ana', 'ana', 'Ána', 'Bo', ''), { nil: undefined }),
  qa: fc.option(fc.constantFrom(0, 0.5, 1), { nil: undefined }),
  sentiment: fc.option(fc.constantFrom(0, 0.5, 1), { nil: undefined }),
  points: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
})
const calls = fc.uniqueArray(anyCall, { selector: ({ id }) => id, maxLength: 12 }).map((all) =>
  all.map(({ id, status, direction, started, name, qa, sentiment, points }) =>
    makeCall({
      id,
      status,
      direction,
      started_at: `2026-11-20T${started}:00:00.000Z`,
      ...(name === undefined ? {} : { contact_name: name }),
      ...(qa === undefined ? {} : { qa_score: qa }),
      ...(sentiment === undefined ? {} : { sentiment_score: sentiment }),
      ...(points === undefined
        ? {}
        : { attention: makeAttention({ score: points, level: points > 60 ? 'act' : 'calm' }) }),
    }),
  ),
)
const rules = fc.uniqueArray(fc.record({ id: fc.constantFrom(...columnIds), desc: fc.boolean() }), {
  selector: ({ id }) => id,
  maxLength: 3,
})

test('the order is the same whatever order the calls come in, and sorting again moves nobody', () => {
  fc.assert(
    fc.property(calls, rules, fc.infiniteStream(fc.nat()), (all, sort, dice) => {
      const sorted = order(all, sort)
      const shuffled = all
        .map((call) => ({ call, at: dice.next().value ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ call }) => call)
      expect(order(shuffled, sort)).toEqual(sorted)
      const inOrder = sorted.flatMap((id) => all.find((call) => call.id === id) ?? [])
      expect(order(inOrder, sort)).toEqual(sorted)
      expect([...sorted].sort()).toEqual(all.map(({ id }) => id).sort())
    }),
  )
})

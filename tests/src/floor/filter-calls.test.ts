import { describe, expect, test } from 'vitest'
import { countChips, matchesFilter } from '#src/floor/filter-calls.ts'
import { emptyFilter } from '#src/floor/view.ts'
import { madeAt, makeCall } from '#tests/support/factories.ts'

const now = Date.parse(madeAt)
const call = makeCall({
  id: 'c1',
  contact_name: 'Marisol Trevino',
  business_id: 'plumbing',
  qa_score: 0.596,
  sentiment: 'negative',
  escalation_status: 'pending',
  last_line: { id: 1, speaker: 'customer', text: 'The heater leaks', at: madeAt },
})

describe('what a filter lets through', () => {
  test.each([
    ['a name in any case', { text: 'marisol' }, true],
    ['digits however they are typed', { text: '(210) 555-0142' }, true],
    ['words of the last line', { text: 'heater' }, true],
    ['other words', { text: 'roof' }, false],
    ['its status among others', { status: ['ringing', 'in_progress'] as const }, true],
    ['another status', { status: ['ringing'] as const }, false],
    ['the other direction', { direction: 'outbound' as const }, false],
    ['its business', { businessId: 'plumbing' }, true],
    ['another mood', { mood: 'positive' as const }, false],
    ['a QA that is shown as 60 is not below 60', { qa: { side: 'below' as const, percent: 60 } }, false],
    ['below 61', { qa: { side: 'below' as const, percent: 61 } }, true],
    ['nobody is on it yet', { humanOn: true }, false],
    ['it waits for a person', { waiting: true }, true],
    ['it is not long yet', { long: true }, false],
  ])('%s', (_, part, expected) => {
    expect(matchesFilter(call, { ...emptyFilter, ...part }, now)).toBe(expected)
  })

  test('ten minutes on the line is long', () => {
    expect(matchesFilter(call, { ...emptyFilter, long: true }, now + 600_000)).toBe(true)
  })

  test('a call that was never scored is neither below nor above', () => {
    const unscored = makeCall({ id: 'c2' })
    for (const side of ['below', 'above'] as const)
      expect(matchesFilter(unscored, { ...emptyFilter, qa: { side, percent: 50 } }, now)).toBe(false)
  })
})

test('chips count live calls only', () => {
  const counts = countChips([call, makeCall({ id: 'c2', status: 'completed' })], now)
  expect(counts).toMatchObject({ all: 1, inbound: 1, outbound: 0, waiting: 1, humanOn: 0, negative: 1 })
})

import { expect, test } from 'vitest'
import { type CallsQuery, callsAddress, readCallsQuery } from '#contract/call-link.ts'

const read = (search: string) => readCallsQuery(new URLSearchParams(search))

test('an address is read as it was written, whatever is sought', () => {
  const query: CallsQuery = {
    status: ['completed', 'failed'],
    direction: 'outbound',
    business_id: 'roofing & gutters',
    from_date: '2026-11-01',
    to_date: '2026-11-02T05:59:59.999Z',
    weekday: 0,
    hour: 23,
    zone: 'America/Argentina/Buenos_Aires',
    search: '+1 (210) 555',
    text: '"call me back" -today +50 % ü',
    min_qa_score: 0,
    max_qa_score: 0.6,
    sentiment: 'negative',
    max_duration: 59.5,
    answered_by: 'human',
    escalated: false,
    has_note: true,
    sort_by: 'qa_score',
    sort_order: 'asc',
  }
  const address = callsAddress(query)
  expect(read(address.slice('/calls'.length))).toEqual({ query, dropped: [] })
  expect(address).toContain('status=completed,failed&')
  expect(callsAddress({})).toBe('/calls')
})

test.each([
  ['colour=red', ['colour']],
  ['status=completed,gone', ['status']],
  ['from_date=2026-06-31', ['from_date']],
  ['from_date=yesterday', ['from_date']],
  ['zone=Mars/Base', ['zone']],
  ['hour=3.5', ['hour']],
  ['min_qa_score=0.8&max_qa_score=0.2', ['max_qa_score']],
  ['period=7d&from_date=2026-11-01', ['from_date']],
  ['min_duration=', ['min_duration']],
  ['page=4&after=x&until=2026-11-01T00:00:00Z&cols=qa&view=v1&limit=100', []],
])('of the address %s is dropped, by name: %j', (search, names) => {
  const { query, dropped } = read(search)
  expect(dropped.map(({ name }) => name)).toEqual(names)
  for (const name of names) expect(query).not.toHaveProperty(name)
})

import { expect, test } from 'vitest'
import type { Transfer } from '#contract/transfer.ts'
import type { EscalationItem } from '#contract/escalation-endpoints.ts'
import { groupQueue, withNews } from '#src/features/escalations/queue-items.ts'
import { nextWords, standingWords, transferSteps } from '#src/features/transfer/transfer-words.ts'
import { makeEscalation } from '#tests/support/factories.ts'

const start = Date.parse('2026-11-20T14:00:00.000Z')
const iso = (second: number) => new Date(start + second * 1000).toISOString()
const agent = { id: 'a', name: 'Priya Raman' }
const ringing: Transfer = {
  state: 'ringing',
  since: iso(20),
  agent,
  attempts: [{ agent, state: 'ringing', at: iso(18) }],
  deadline: iso(60),
  fallback: 'next_agent',
}
const states = (transfer: Transfer) =>
  transferSteps(makeEscalation({ requested_at: iso(18) }), transfer, start, start + 32_000).map(
    ({ name, state }) => `${name} ${state}`,
  )

test('the state under way has its time, and what follows is said with the seconds that are left', () => {
  const steps = transferSteps(makeEscalation({ requested_at: iso(18) }), ringing, start, start + 32_000)
  expect(steps[2]).toEqual({ name: 'Ringing', state: 'current', note: '00:12' })
  expect(standingWords(ringing)).toBe('Ringing Priya Raman.')
  expect(nextWords(ringing, start + 32_000)).toBe('00:28 left, then the next free agent is asked')
})

test('a no stands in its place, and a settled transfer says what it came to', () => {
  const { agent: _, ...rest } = ringing
  const rejected: Transfer = { ...rest, state: 'rejected', reason: 'Priya Raman said no.' }
  expect(states(rejected)).toEqual([
    'Requested done',
    'Briefing done',
    'Ringing failed',
    'Accepted coming',
    'Bridged coming',
    'Done coming',
  ])
  expect(standingWords({ ...rejected, outcome: 'callback' })).toBe(
    'Priya Raman said no. A call back is owed.',
  )
  expect(nextWords({ ...rejected, outcome: 'callback' }, start)).toBeNull()
})

const item = (id: number, over: Partial<EscalationItem> = {}): EscalationItem => ({
  ...makeEscalation({ id, call_id: `c${id}`, requested_at: iso(id) }),
  call: {
    from_number: '+12105550142',
    to_number: '+12105550100',
    direction: 'inbound',
    status: 'in_progress',
  },
  ...over,
})
const everybody = () => true

test('who waits longest is on top, and what was settled last is first among the settled', () => {
  const items = [
    item(3),
    item(1),
    item(4, { status: 'completed', completed_at: iso(40) }),
    item(5, { status: 'cancelled', completed_at: iso(50) }),
    item(2, { status: 'in_progress' }),
  ]
  expect(groupQueue(items, everybody).map(({ items: rows }) => rows.map(({ id }) => id))).toEqual([
    [1, 3],
    [2],
    [5, 4],
  ])
})

test('what was told since the list was asked for wins; what was told before does not; who is new is missed', () => {
  const old = makeEscalation({ id: 1, call_id: 'c1', status: 'pending' })
  const taken = makeEscalation({ id: 2, call_id: 'c2', status: 'in_progress' })
  const news = new Map([
    ['c1', old],
    ['c2', taken],
  ])
  const merged = withNews([item(1, { status: 'in_progress' }), item(2)], news, new Map([['c1', old]]))
  expect(merged.items.map(({ status }) => status)).toEqual(['in_progress', 'in_progress'])
  expect(merged.isIncomplete).toBe(false)
  const more = new Map([...news, ['c9', makeEscalation({ id: 9, call_id: 'c9' })]])
  expect(withNews([item(1), item(2)], more, news).isIncomplete).toBe(true)
})

import { expect, test } from 'vitest'
import { findCalls } from '#src/floor/find-calls.ts'
import { makeAttention, makeCall } from '#tests/support/factories.ts'

const act = makeAttention({ score: 80, level: 'act' })
const calls = [
  makeCall({ id: 'gwen', contact_name: 'Gwen Stallworth', from_number: '+12105550177', ai_name: 'Ava' }),
  makeCall({
    id: 'marisol',
    contact_name: 'Marisol Trevino',
    business_name: 'Summit Roofing',
    ai_name: 'Ava',
  }),
  makeCall({ id: 'gwendolyn', contact_name: 'Gwendolyn Ray', attention: act, ai_name: 'Theo' }),
  makeCall({
    id: 'human',
    contact_name: 'Caleb Brandt',
    escalation_status: 'in_progress',
    assigned_agent: { id: 'a1', name: 'Priya Nair' },
  }),
]
const ids = (typed: string) => findCalls(calls, typed, 10).calls.map(({ id }) => id)

test('a call is found by caller, number, business and who speaks, and one that needs a person comes first', () => {
  expect(ids('gwen')).toEqual(['gwendolyn', 'gwen'])
  expect(ids('0177')).toEqual(['gwen'])
  expect(ids('(210) 555-0177')).toEqual(['gwen'])
  expect(ids('roof')).toEqual(['marisol'])
  expect(ids('priya')).toEqual(['human'])
  expect(ids('marisol roof')).toEqual(['marisol'])
})

test('who speaks is found with the number of their calls', () => {
  expect(findCalls(calls, 'ava', 10).agents).toEqual([{ name: 'Ava', kind: 'ai', calls: 2 }])
  expect(findCalls(calls, 'priya', 10).agents).toEqual([{ name: 'Priya Nair', kind: 'person', calls: 1 }])
})

test('nothing typed finds nothing, and no more is found than asked for', () => {
  expect(findCalls(calls, '  ', 10)).toEqual({ calls: [], agents: [] })
  expect(findCalls(calls, 'gwen', 1).calls).toHaveLength(1)
})

import { expect, test } from 'vitest'
import type { Call, CallSignals } from '#contract/call.ts'
import { type SuggestFor, suggestActs } from '#server/domain/suggest-acts.ts'
import { madeAt, makeCall } from '#tests/support/factories.ts'

const now = Date.parse(madeAt)
const at = new Date(now - 5000).toISOString()
const dana = { id: 'a1', name: 'Dana Whitfield', knows: true }
const given = (call: Partial<Call>, part: Partial<SuggestFor> = {}): SuggestFor => ({
  call: makeCall({ id: 'c1', status: 'in_progress', contact_name: 'Karen Holt', started_at: at, ...call }),
  role: 'manager',
  skill: 'roofing',
  free: dana,
  lastWords: 'When is the crew coming?',
  now,
  ...part,
})
const signals = (part: CallSignals): Partial<Call> => ({ signals: part })
const asked = signals({ asked_for_human: { count: 2, at } })

test('a caller who asked for a person twice: escalate to the trade, with who is free', () => {
  expect(suggestActs(given(asked))).toEqual([
    {
      code: 'asked_for_human',
      reason: 'Asked for a person twice',
      act: 'escalate',
      label: 'Escalate to roofing',
      detail: 'Dana Whitfield is free',
      prefill: { agent_id: 'a1', reason: 'Asked for a person twice' },
    },
  ])
})

test.each<[string, SuggestFor, string, string | undefined]>([
  [
    'nobody of the trade is free',
    given(asked, { free: { ...dana, knows: false } }),
    'Escalate to a person',
    'Dana Whitfield is free; nobody who knows roofing is',
  ],
  [
    'nobody is free at all',
    given(asked, { free: null }),
    'Offer a callback',
    'Nobody is free to take the call',
  ],
  [
    'a keyword was said',
    given(signals({ keyword: { word: 'lawyer', at } })),
    'Escalate to roofing',
    'Dana Whitfield is free',
  ],
  [
    'the same was asked again',
    given(signals({ repeated_question: { count: 2, at } })),
    'Have the question answered',
    undefined,
  ],
  [
    'a tool failed',
    given(signals({ failed_tool: { name: 'dispatch_crew', at } })),
    'Have the AI say what failed',
    undefined,
  ],
  [
    'a notice was not given',
    given(signals({ compliance_missed: { what: 'Recording notice not given', at } })),
    'Have it said now',
    undefined,
  ],
  [
    'the AI is paused',
    given({ ai_paused: true, ai_name: 'Ava', ...signals({ paused_since: at }) }),
    'Resume Ava',
    undefined,
  ],
  [
    'somebody is being asked already',
    given({ escalation_status: 'pending', ...signals({ escalated_since: at, escalated_to: 'Owen' }) }),
    'Keep the caller company',
    'Owen is being asked',
  ],
])('%s', (_, input, label, detail) => {
  const [first] = suggestActs(input)
  expect([first?.label, first?.detail]).toEqual([label, detail])
})

test('a prepared message quotes what was asked, cut where it is long', () => {
  const repeated = signals({ repeated_question: { count: 1, at } })
  const text = (lastWords?: string) => suggestActs(given(repeated, { lastWords }))[0]?.prefill.text
  expect(text('When is the crew coming?')).toContain('“When is the crew coming?”')
  expect(text('why '.repeat(100))).toContain('…”')
  expect(text()).not.toContain('“')
})

test('a role is offered only what it may do', () => {
  const both = signals({ asked_for_human: { count: 2, at }, failed_tool: { name: 'x', at } })
  const acts = (role: SuggestFor['role']) => suggestActs(given(both, { role })).map(({ act }) => act)
  expect(acts('manager')).toEqual(['escalate', 'message'])
  expect(acts('csr')).toEqual(['escalate'])
  expect(acts('viewer')).toEqual([])
})

test('the same act is offered once, and no more than three', () => {
  const many = signals({
    asked_for_human: { count: 2, at },
    keyword: { word: 'lawyer', at },
    failed_tool: { name: 'x', at },
    compliance_missed: { what: 'Notice not given', at },
    repeated_question: { count: 3, at },
  })
  const labels = suggestActs(given(many)).map(({ label }) => label)
  expect(labels.length).toBeLessThanOrEqual(3)
  expect(new Set(labels).size).toBe(labels.length)
})

test('a calm call, an ended one and one that a person has get nothing', () => {
  expect(suggestActs(given({}))).toEqual([])
  expect(suggestActs(given({ ...asked, status: 'completed' }))).toEqual([])
  expect(suggestActs(given({ ...asked, escalation_status: 'in_progress' }))).toEqual([])
})

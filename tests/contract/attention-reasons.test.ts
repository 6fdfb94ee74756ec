// Why a call needs a person, in the words of a supervisor.
import { expect, test } from 'vitest'
import { attention } from '#contract/attention.ts'
import type { Call } from '#contract/call.ts'
import { ago, call, now } from '#tests/contract/attention-rig.ts'

test('reasons carry their start and no number that grows old', () => {
  const found = attention(call({ escalation_status: 'pending', signals: { escalated_since: ago(77) } }), now)
  expect(found.reasons[0]).toEqual({
    code: 'escalation_waiting',
    text: 'Waiting for a person',
    since: ago(77),
  })
})

test.each<[string, Partial<Call>, string]>([
  ['asked once', { signals: { asked_for_human: { count: 1, at: ago(1) } } }, 'Asked for a person'],
  ['asked twice', { signals: { asked_for_human: { count: 2, at: ago(1) } } }, 'Asked for a person twice'],
  ['asked more', { signals: { asked_for_human: { count: 4, at: ago(1) } } }, 'Asked for a person 4 times'],
  ['said again', { signals: { repeated_question: { count: 2, at: ago(1) } } }, 'Said the same thing 3 times'],
  ['a keyword', { signals: { keyword: { word: 'gas smell', at: ago(1) } } }, 'Said “gas smell”'],
  ['a tool', { signals: { failed_tool: { name: 'Booking', at: ago(1) } } }, 'Booking failed'],
  [
    'nobody came',
    { signals: { failed_transfer: { count: 1, at: ago(1) } } },
    'The person asked could not take the call',
  ],
  [
    'somebody did not come',
    { signals: { failed_transfer: { count: 1, to: 'Lee', at: ago(1) } } },
    'Lee could not take the call',
  ],
  [
    'several did not come',
    { signals: { failed_transfer: { count: 3, to: 'Lee', at: ago(1) } } },
    '3 people could not take the call',
  ],
  ['talked over', { signals: { talk_over: { count: 2, at: ago(1) } } }, 'Talked over each other twice'],
  ['low QA', { qa_score: 0.414 }, 'QA at 41'],
])('%s is said as a supervisor would say it', (_, patch, words) => {
  expect(attention(call(patch), now).reasons[0]?.text).toBe(words)
})

test('the worst reason comes first and three are enough', () => {
  const found = attention(
    call({
      escalation_status: 'pending',
      qa_score: 0.3,
      signals: {
        escalated_since: ago(90),
        asked_for_human: { count: 1, at: ago(90) },
        failed_tool: { name: 'Booking', at: ago(10) },
        talk_over: { count: 2, at: ago(10) },
      },
    }),
    now,
  )
  expect(found.reasons.map(({ code }) => code)).toEqual([
    'escalation_waiting',
    'asked_for_human',
    'failed_tool',
  ])
  expect(found.score).toBe(100)
})

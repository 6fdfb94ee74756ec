import { describe, expect, test } from 'vitest'
import type { AlertCondition } from '#contract/alert.ts'
import type { Call } from '#contract/call.ts'
import { type Heard, type WatchedRule } from '#server/domain/alerts/alert-signals.ts'
import { evaluate, noMemory } from '#server/domain/alerts/evaluate.ts'
import { at, call, rule, spoke, start } from '#tests/server/domain/alerts/alert-rig.ts'
import { makeAttention } from '#tests/support/factories.ts'

const heard = (seconds: number): Heard => ({ line_id: 4, word: 'lawyer', at: at(seconds) })
const act = (state: 'refused' | 'unknown' | 'applied') => ({
  last_act: {
    command_id: 'c-1',
    action: 'send_message',
    state,
    by: { id: 'u1', name: 'Mara' },
    at: at(5),
    updated_at: at(6),
  },
})
const waits = { escalation_status: 'pending' as const, signals: { escalated_since: at(10) } }

interface Row {
  when: string
  condition: AlertCondition
  call: Partial<Call>
  heard?: Heard
  /** Seconds after the call began. */
  now: number
  /** The reason said, or null when nobody is told. */
  says: string | null
  over?: Partial<WatchedRule>
}

const low: AlertCondition = { type: 'sentiment_below', score: 0.3 }
const silence: AlertCondition = { type: 'silence', seconds: 45 }
const said: AlertCondition = { type: 'keyword', words: ['lawyer'], by: 'customer' }
const notSaid: AlertCondition = { type: 'not_said', phrases: ['recorded'], by: 'ai', within_minutes: 2 }
const waiting: AlertCondition = { type: 'escalation_waiting', seconds: 60 }
const long: AlertCondition = { type: 'duration', seconds: 600 }
const qa: AlertCondition = { type: 'qa_below', score: 0.5 }
const failed: AlertCondition = { type: 'failed_command' }
const acts: AlertCondition = { type: 'attention', level: 'act' }

const table: Row[] = [
  {
    when: 'the mood is below',
    condition: low,
    call: { sentiment_score: 0.1 },
    now: 60,
    says: 'Mood −0.8, below −0.4',
  },
  {
    when: 'the mood is at the threshold',
    condition: low,
    call: { sentiment_score: 0.3 },
    now: 60,
    says: null,
  },
  { when: 'no mood is known', condition: low, call: {}, now: 60, says: null },
  {
    when: 'nobody has spoken for long enough',
    condition: silence,
    call: spoke(10),
    now: 55,
    says: 'Nobody has spoken for 45 s',
  },
  { when: 'the silence is a second short', condition: silence, call: spoke(10), now: 54, says: null },
  {
    when: 'the AI is paused, silence is meant',
    condition: silence,
    call: { ...spoke(10), ai_paused: true },
    now: 90,
    says: null,
  },
  {
    when: 'it still rings',
    condition: silence,
    call: { ...spoke(0), status: 'ringing' },
    now: 90,
    says: null,
  },
  {
    when: 'the call lasts too long',
    condition: long,
    call: {},
    now: 600,
    says: 'On the line for more than 10 min',
  },
  { when: 'the call is a second short of too long', condition: long, call: {}, now: 599, says: null },
  { when: 'the word was said', condition: said, call: {}, heard: heard(20), now: 21, says: 'Said “lawyer”' },
  { when: 'the word was not said', condition: said, call: {}, now: 21, says: null },
  {
    when: 'the sentence did not come in time',
    condition: notSaid,
    call: {},
    now: 120,
    says: '“recorded” not said within 2 min',
  },
  { when: 'there is still time for the sentence', condition: notSaid, call: {}, now: 119, says: null },
  { when: 'the sentence came', condition: notSaid, call: {}, heard: heard(30), now: 300, says: null },
  {
    when: 'nobody answered the phone yet',
    condition: notSaid,
    call: { status: 'ringing' },
    now: 300,
    says: null,
  },
  {
    when: 'the caller waits for a person',
    condition: waiting,
    call: waits,
    now: 70,
    says: 'Waiting for a person for more than 1 min',
  },
  { when: 'the caller waits not long yet', condition: waiting, call: waits, now: 69, says: null },
  {
    when: 'a person has taken the call',
    condition: waiting,
    call: { ...waits, escalation_status: 'in_progress' },
    now: 90,
    says: null,
  },
  { when: 'QA is low', condition: qa, call: { qa_score: 0.42 }, now: 60, says: 'QA at 42, below 50' },
  { when: 'QA is not known', condition: qa, call: {}, now: 60, says: null },
  {
    when: 'a message was refused',
    condition: failed,
    call: act('refused'),
    now: 60,
    says: 'A message to the AI was refused',
  },
  {
    when: 'a message got no answer',
    condition: failed,
    call: act('unknown'),
    now: 60,
    says: 'A message to the AI got no answer',
  },
  { when: 'the message arrived', condition: failed, call: act('applied'), now: 60, says: null },
  {
    when: 'the call is Act now',
    condition: acts,
    call: {
      attention: makeAttention({
        level: 'act',
        reasons: [{ code: 'x', text: 'Asked for a person twice', since: at(1) }],
      }),
    },
    now: 60,
    says: 'Act now: Asked for a person twice',
  },
  {
    when: 'the call is only Watch',
    condition: acts,
    call: { attention: makeAttention({ level: 'watch' }) },
    now: 60,
    says: null,
  },
  {
    when: 'Watch or worse is asked and it is Act now',
    condition: { type: 'attention', level: 'watch' },
    call: { attention: makeAttention({ level: 'act' }) },
    now: 60,
    says: 'Act now',
  },
  { when: 'the call is over', condition: long, call: { status: 'completed' }, now: 900, says: null },
  {
    when: 'the rule watches another business',
    condition: long,
    call: { business_id: 'roofing' },
    over: { business_id: 'auto' },
    now: 900,
    says: null,
  },
  {
    when: 'the rule watches this business',
    condition: long,
    call: { business_id: 'auto' },
    over: { business_id: 'auto' },
    now: 900,
    says: 'On the line for more than 10 min',
  },
]

describe('somebody is told', () => {
  test.each(table)(
    '$condition.type: $when → $says',
    ({ condition, call: over, heard: line, now, says, over: of }) => {
      const signals = { call: call(over), heard: line }
      const { step, reason } = evaluate(rule(condition, of), signals, noMemory, false, start + now * 1000)
      expect(step === 'raise' ? reason : null).toBe(says)
    },
  )
})

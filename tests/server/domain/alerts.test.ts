import { describe, expect, test } from 'vitest'
import type { AlertCondition } from '#contract/alert.ts'
import type { Call } from '#contract/call.ts'
import { type Heard, type WatchedRule, hear } from '#server/domain/alerts/alert-signals.ts'
import { type RuleMemory, evaluate, noMemory } from '#server/domain/alerts/evaluate.ts'
import { StormGauge } from '#server/domain/alerts/storm.ts'
import { madeAt, makeAttention, makeCall } from '#tests/support/factories.ts'

const start = Date.parse(madeAt)
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString()
const call = (over: Partial<Call> = {}) => makeCall({ id: 'c1', ...over })
const rule = (condition: AlertCondition, over: Partial<WatchedRule> = {}): WatchedRule => ({
  condition,
  min_duration_s: 0,
  hysteresis: 0,
  business_id: null,
  ...over,
})
const spoke = (seconds: number, over: object = {}) => ({
  last_line: { id: 7, speaker: 'customer' as const, text: 'Hello', at: at(seconds), ...over },
})
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

/** Plays the looks one after the other; what happened at each, with an alert opened and closed as the engine says. */
function play(
  watched: WatchedRule,
  looks: { now: number; call?: Partial<Call>; heard?: Heard; byHand?: boolean }[],
) {
  let memory: RuleMemory = noMemory
  let isOpen = false
  return looks.map((look) => {
    if (look.byHand) isOpen = false
    const signals = { call: call(look.call), heard: look.heard }
    const verdict = evaluate(watched, signals, memory, isOpen, start + look.now * 1000)
    memory = verdict.memory
    if (verdict.step === 'raise') isOpen = true
    if (verdict.step === 'clear') isOpen = false
    return verdict.step
  })
}

test('a mood that dips for a moment is no news; one that stays down is, once', () => {
  const watched = rule(low, { min_duration_s: 30 })
  const down = { sentiment_score: 0.1 }
  expect(
    play(watched, [
      { now: 0, call: down },
      { now: 20, call: { sentiment_score: 0.8 } },
      { now: 25, call: down },
      { now: 54, call: down },
      { now: 55, call: down },
      { now: 56, call: down },
    ]),
  ).toEqual(['none', 'none', 'none', 'none', 'raise', 'none'])
})

test('an alert stays until the mood has recovered past the threshold and its hysteresis', () => {
  const watched = rule(low, { hysteresis: 0.1 })
  const moods = [0.2, 0.35, 0.39, 0.4, 0.35]
  expect(
    play(
      watched,
      moods.map((sentiment_score, index) => ({ now: index, call: { sentiment_score } })),
    ),
  ).toEqual(['raise', 'none', 'none', 'clear', 'none'])
})

test('what was resolved by hand is told again only after it went away and came back', () => {
  const down = { sentiment_score: 0.1 }
  expect(
    play(rule(low), [
      { now: 0, call: down },
      { now: 5, call: down, byHand: true },
      { now: 10, call: { sentiment_score: 0.9 } },
      { now: 15, call: down },
    ]),
  ).toEqual(['raise', 'none', 'none', 'raise'])
})

test('a word that is said again after the alert was resolved is news again', () => {
  expect(
    play(rule(said), [
      { now: 21, heard: heard(20) },
      { now: 30, heard: heard(29) },
      { now: 40, heard: heard(29), byHand: true },
      { now: 60, heard: heard(59) },
    ]),
  ).toEqual(['raise', 'none', 'raise', 'none'])
})

test('silence clears with the next word', () => {
  expect(
    play(rule(silence), [
      { now: 60, call: spoke(10) },
      { now: 61, call: spoke(61) },
    ]),
  ).toEqual(['raise', 'clear'])
})

test('the engine says when to look again although nothing happens', () => {
  const due = (condition: AlertCondition, over: Partial<Call>, now: number, min_duration_s = 0) =>
    (evaluate(rule(condition, { min_duration_s }), { call: call(over) }, noMemory, false, start + now * 1000)
      .due -
      start) /
    1000
  expect(due(silence, spoke(10), 20)).toBe(55)
  expect(due(long, {}, 20)).toBe(600)
  expect(due(long, {}, 600, 30)).toBe(630)
  expect(due(low, { sentiment_score: 0.1 }, 20, 30)).toBe(50)
  expect(due(low, { sentiment_score: 0.9 }, 20)).toBe(Number.POSITIVE_INFINITY)
})

test('after a restart the mood line says how long the mood has been down', () => {
  const mood = [...Array.from({ length: 12 }, () => 0.8), ...Array.from({ length: 12 }, () => 0.1)]
  const over = { sentiment_score: 0.1, mood, mood_at: at(300) }
  const { step } = evaluate(
    rule(low, { min_duration_s: 45 }),
    { call: call(over) },
    noMemory,
    false,
    start + 300_000,
  )
  expect(step).toBe('raise')
})

test.each([
  ['customer', 'customer', 'My LAWYER will call.', true],
  ['customer', 'ai', 'My lawyer will call.', false],
  ['ai', 'ai', 'my lawyer', true],
  ['anyone', 'agent', 'A lawyer?', true],
  ['anyone', 'system', 'lawyer lookup', false],
  ['customer', 'customer', 'lawyers are many', false],
  ['customer', 'customer', 'law yer', false],
] as const)('a word of %s, when %s says “%s”: heard %s', (by, speaker, text, isHeard) => {
  const found = hear([{ id: 'r', condition: { type: 'keyword', words: ['lawyer'], by } }], {
    id: 3,
    speaker,
    text,
    at: madeAt,
  })
  expect(found.has('r')).toBe(isHeard)
})

test('ten alerts in ten minutes are ten alerts; the eleventh makes them a storm that began with the first', () => {
  const gauge = new StormGauge()
  const seen = Array.from({ length: 11 }, (_, index) => gauge.count(`a${index}`, start + index * 1000))
  expect(seen).toEqual([...Array.from({ length: 10 }, () => null), start])
  expect(gauge.count('a3', start + 20_000)).toBe(start)
})

test('alerts further apart than ten minutes are no storm', () => {
  const gauge = new StormGauge()
  for (let index = 0; index < 30; index++) expect(gauge.count(`a${index}`, start + index * 61_000)).toBeNull()
})

import { expect, test } from 'vitest'
import type { AlertCondition } from '#contract/alert.ts'
import type { Call } from '#contract/call.ts'
import { type Heard, type WatchedRule, hear } from '#server/domain/alerts/alert-signals.ts'
import { type RuleMemory, evaluate, noMemory } from '#server/domain/alerts/evaluate.ts'
import { at, call, rule, spoke, start } from '#tests/server/domain/alerts/alert-rig.ts'
import { madeAt } from '#tests/support/factories.ts'

const heard = (seconds: number): Heard => ({ line_id: 4, word: 'lawyer', at: at(seconds) })

const low: AlertCondition = { type: 'sentiment_below', score: 0.3 }
const silence: AlertCondition = { type: 'silence', seconds: 45 }
const said: AlertCondition = { type: 'keyword', words: ['lawyer'], by: 'customer' }
const long: AlertCondition = { type: 'duration', seconds: 600 }

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

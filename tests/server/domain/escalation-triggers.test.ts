import { expect, test } from 'vitest'
import { firedTrigger } from '#server/domain/escalation-triggers.ts'

const quiet = { text: null, mood: null, askedForHuman: 0, qaScore: null }
const config = {
  enabled: true,
  warm_transfer: true,
  triggers: [
    { type: 'keyword', keywords: ['lawyer', 'gas leak', '弁護士'] },
    { type: 'sentiment', threshold: 0.3 },
    { type: 'asked_for_human', threshold: 2 },
    { type: 'low_qa_score', threshold: 0.5 },
  ],
}

test.each([
  ['I will call my LAWYER, then.', 'lawyer'],
  ['There is a gas   leak!', 'gas leak'],
  ['弁護士を呼びます', '弁護士'],
])('a keyword fires as a whole word in any case: %s', (text, keyword) => {
  expect(firedTrigger(config, { ...quiet, text })).toEqual({ type: 'keyword', details: { keyword } })
})

test.each(['The lawyers next door', 'vegas leaks', ''])('a part of a word does not fire: %s', (text) => {
  expect(firedTrigger(config, { ...quiet, text })).toBeNull()
})

test('mood fires below its threshold, not at it', () => {
  expect(firedTrigger(config, { ...quiet, mood: 0.29 })).toEqual({
    type: 'sentiment',
    details: { score: 0.29, threshold: 0.3 },
  })
  expect(firedTrigger(config, { ...quiet, mood: 0.3 })).toBeNull()
})

test('asking for a person fires at the configured number of times', () => {
  expect(firedTrigger(config, { ...quiet, askedForHuman: 1 })).toBeNull()
  expect(firedTrigger(config, { ...quiet, askedForHuman: 2 })).toEqual({
    type: 'asked_for_human',
    details: { count: 2 },
  })
  const once = { ...config, triggers: [{ type: 'asked_for_human' }] }
  expect(firedTrigger(once, { ...quiet, askedForHuman: 1 })?.type).toBe('asked_for_human')
  expect(firedTrigger({ ...once, triggers: [{ type: 'asked_for_human', threshold: 0 }] }, quiet)).toBeNull()
})

test('a low QA score fires below its threshold', () => {
  expect(firedTrigger(config, { ...quiet, qaScore: 0.49 })?.type).toBe('low_qa_score')
  expect(firedTrigger(config, { ...quiet, qaScore: 0.5 })).toBeNull()
})

test('the first trigger of the configuration wins', () => {
  const facts = { text: 'my lawyer', mood: 0.1, askedForHuman: 5, qaScore: 0.1 }
  expect(firedTrigger(config, facts)?.type).toBe('keyword')
  const reversed = { ...config, triggers: config.triggers.toReversed() }
  expect(firedTrigger(reversed, facts)?.type).toBe('low_qa_score')
})

test('nothing fires when escalation is off, or for a type nobody knows', () => {
  const facts = { text: 'my lawyer', mood: 0, askedForHuman: 9, qaScore: 0 }
  expect(firedTrigger({ ...config, enabled: false }, facts)).toBeNull()
  expect(firedTrigger({ ...config, triggers: [{ type: 'moon_phase', threshold: 1 }] }, facts)).toBeNull()
})

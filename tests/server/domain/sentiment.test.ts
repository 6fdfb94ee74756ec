import { expect, test } from 'vitest'
import { sentimentLabel } from '#contract/call-rules.ts'
import { decayedMood, lexiconScorer, moodHalfLifeMs, moodScore } from '#server/domain/sentiment.ts'

const scorer = lexiconScorer()

test.each([
  "This is ridiculous, I've called three times already.",
  'That is the third time I tell you.',
  'Nobody showed up and nobody called.',
  'I’m fed up with this.',
  'I am really not happy with this.',
  'How many times do I have to say it?',
  'Are you even listening to me?',
  'You people are useless.',
])('a caller who complains sounds negative: %s', (line) => {
  expect(sentimentLabel(scorer.score(line))).toBe('negative')
})

test.each([
  "Thank you so much, you've been very helpful.",
  'Perfect, that works for me.',
  'Not bad at all, I like it.',
  'Awesome, see you Tuesday. 😀',
])('a caller who is pleased sounds positive: %s', (line) => {
  expect(sentimentLabel(scorer.score(line))).toBe('positive')
})

test.each([
  "There's a leak under the kitchen sink.",
  'My furnace is broken and the house is cold.',
  'I have an emergency, a pipe burst.',
  'My car died on the highway.',
  'No.',
  'Can you tell me how much it costs?',
  'أهلا وسهلا',
  '',
  '   ',
])('a caller who only says what the job is sounds neutral: %s', (line) => {
  expect(sentimentLabel(scorer.score(line))).toBe('neutral')
})

test('the score stays within 0 and 1 for any text, however long or strange', () => {
  const texts = [
    'terrible '.repeat(3000),
    'wonderful '.repeat(3000),
    '<script>alert(1)</script>',
    '\u202Eabc',
    '\uD83D',
  ]
  for (const text of texts) {
    const score = scorer.score(text)
    expect(score).toBeGreaterThanOrEqual(0)
    expect(score).toBeLessThanOrEqual(1)
  }
})

test('only the beginning of a very long line is scored', () => {
  const long = `${'the roof '.repeat(300)}this is terrible and ridiculous`
  expect(scorer.score(long)).toBe(0.5)
})

test('a call starts neutral and one word does not swing it all the way', () => {
  expect(moodScore(null)).toBe(0.5)
  const first = moodScore(decayedMood(null, 0, 0))
  expect(first).toBeGreaterThan(0)
  expect(first).toBeLessThan(0.4)
})

test('a line counts half after one half-life', () => {
  const bad = { sum: 0, weight: 1, at: 0 }
  const later = decayedMood(bad, 1, moodHalfLifeMs)
  expect(later.weight).toBeCloseTo(1.5)
  expect(moodScore(later)).toBeCloseTo(1 / 1.5)
})

test('an angry minute fades when the caller calms down', () => {
  let mood = decayedMood(null, 0.1, 0)
  for (const at of [10_000, 20_000]) mood = decayedMood(mood, 0.1, at)
  expect(sentimentLabel(moodScore(mood))).toBe('negative')
  for (const at of [90_000, 110_000, 130_000]) mood = decayedMood(mood, 0.8, at)
  expect(sentimentLabel(moodScore(mood))).toBe('positive')
})

test('a line that arrives late still counts and time does not run backwards', () => {
  const mood = decayedMood(decayedMood(null, 0.5, 60_000), 0, 30_000)
  expect(mood.at).toBe(60_000)
  expect(moodScore(mood)).toBeLessThan(0.5)
})

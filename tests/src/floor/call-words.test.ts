import { expect, test } from 'vitest'
import type { Attention } from '#contract/call.ts'
import { reasonWords } from '#src/floor/call-words.ts'
import { makeAttention, makeCall } from '#tests/support/factories.ts'

const since = '2026-03-02T10:00:00.000Z'
const reason = (code: string, text: string) => ({ code, text, since }) as Attention['reasons'][number]
const wordsOf = (...reasons: Attention['reasons']) =>
  reasonWords(
    makeCall({ id: 'c1', attention: makeAttention({ level: 'act', score: 90, reasons }) }),
    Date.parse(since),
  )

test('a second reason goes on in the sentence, but names keep their first letter', () => {
  const twice = reason('asked_for_human', 'Asked for a person twice')
  expect(wordsOf(twice, reason('mood_falling', 'Mood falling'))).toBe(
    'Asked for a person twice · mood falling',
  )
  expect(wordsOf(twice, reason('failed_transfer', 'Priya could not take the call'))).toBe(
    'Asked for a person twice · Priya could not take the call',
  )
  expect(wordsOf(twice, reason('qa_low', 'QA at 40'))).toBe('Asked for a person twice · QA at 40')
})

import { expect, test } from 'vitest'
import type { AlertCondition, AlertRule } from '#contract/alert.ts'
import { draftOf, emptyDraft, readDraft } from '#src/features/alert-rules/rule-draft.ts'
import { madeAt } from '#tests/support/factories.ts'

const conditions: AlertCondition[] = [
  { type: 'sentiment_below', score: 0.15 },
  { type: 'silence', seconds: 45 },
  { type: 'duration', seconds: 900 },
  { type: 'keyword', words: ['gas smell', 'lawyer'], by: 'customer' },
  { type: 'not_said', phrases: ['recorded'], by: 'ai', within_minutes: 1.5 },
  { type: 'escalation_waiting', seconds: 60 },
  { type: 'qa_below', score: 0.45 },
  { type: 'failed_command' },
  { type: 'attention', level: 'act' },
]

test.each(conditions)(
  'a rule of the kind $type stands in the fields and means the same again',
  (condition) => {
    const rule: AlertRule = {
      id: 'r1',
      name: 'Mine',
      business_id: 'roofing',
      severity: 'critical',
      condition,
      min_duration_s: 30,
      hysteresis: condition.type === 'sentiment_below' || condition.type === 'qa_below' ? 0.05 : 0,
      remind_after_min: 20,
      recipients: ['csr', 'owner'],
      enabled: true,
      created_at: madeAt,
      updated_at: madeAt,
    }
    const { id: _i, enabled: _e, created_at: _c, updated_at: _u, ...body } = rule
    const read = readDraft(draftOf(rule))
    expect(read.faults).toEqual({})
    expect(read.body).toEqual({ ...body, condition: near(condition) })
  },
)

/** Scores go through a number on screen: the last digits may differ. */
function near(condition: AlertCondition): unknown {
  return 'score' in condition
    ? { ...condition, score: expect.closeTo(condition.score, 5) as unknown }
    : condition
}

test.each([
  [{ name: ' ' }, 'name', 'Give the rule a name.'],
  [{ mood: '3' }, 'mood', 'Write a mood from −1 to +1.'],
  [{ mood: '' }, 'mood', 'Write a mood from −1 to +1.'],
  [{ type: 'silence', seconds: '1.5' }, 'seconds', 'Write whole seconds, 1 to 14,400.'],
  [{ type: 'keyword', words: ' , ' }, 'words', 'Write at least one word or phrase.'],
  [{ type: 'not_said', words: 'a', minutes: '0' }, 'minutes', 'Write minutes, 0.25 to 120.'],
  [{ type: 'qa_below', percent: '120' }, 'percent', 'Write a score from 0 to 100.'],
  [{ remind: '0' }, 'remind', 'Write whole minutes, 1 to 240, or nothing.'],
  [{ lasts: '-1' }, 'lasts', 'Write whole seconds, 0 to 3600.'],
  [{ recipients: [] }, 'recipients', 'Choose who is told.'],
] as const)('%j is told beside the field', (part, field, words) => {
  const { body, faults } = readDraft({ ...emptyDraft, name: 'Mine', ...part })
  expect([body, faults]).toEqual([null, { [field]: words }])
})

test('a rule that asks nobody again is written with an empty field', () => {
  const { body } = readDraft({ ...emptyDraft, name: 'Mine', remind: ' ' })
  expect(body?.remind_after_min).toBeNull()
})

test('a mood may be written with a real minus sign or a comma', () => {
  const { body } = readDraft({ ...emptyDraft, name: 'Mine', mood: '−0,5' })
  expect(body?.condition).toEqual({ type: 'sentiment_below', score: 0.25 })
})

import { expect, test } from 'vitest'
import type { Speaker } from '#contract/call.ts'
import { type QaLine, qaDiffers, qaResult, qaWeights, scoreLine, startQa } from '#server/domain/qa-rules.ts'

type Said = [speaker: Speaker, text: string, more?: Partial<QaLine>]

/** Lines five seconds apart unless they say otherwise. */
function judge(said: readonly Said[], complianceCheck = true) {
  let track = startQa()
  said.forEach(([speaker, text, more], index) => {
    const line = { speaker, text, at: (index + 1) * 5000, startedAt: 0, metadata: {}, ...more }
    track = scoreLine(track, line, { complianceCheck })
  })
  return { track, ...qaResult(track) }
}
const opening: Said[] = [['ai', 'Thanks for calling Alamo Roofing, this call is recorded. How can I help?']]
const filler = (count: number): Said[] => Array.from({ length: count }, () => ['ai', 'What kind of roof?'])

test('the weights add up to one', () => {
  expect(Object.values(qaWeights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1)
})

test('a model call rises above where it started', () => {
  const before = qaResult(startQa()).overall_score
  const model = judge([
    ...opening,
    ['customer', 'I need my roof checked.', { sentiment: 0.5 }],
    ['ai', 'Let me confirm your address: 14 Oak Street, is that correct?'],
    ['customer', 'Yes, perfect.', { sentiment: 0.9 }],
    ['ai', "I'll book the estimator for Thursday."],
    ['customer', 'Great, thank you!', { sentiment: 0.9 }],
    ['ai', 'Thank you for calling, have a great day.'],
  ])
  expect(model.overall_score).toBeGreaterThan(before)
  expect(model.overall_score).toBeGreaterThan(0.9)
  expect(model.compliance_issues).toEqual([])
  expect(model.flagged_issues).toEqual([])
})

test('the notice is due by the fourth line of the AI and is forgiven once said', () => {
  const greeted: Said[] = [['ai', 'Hello, this is Ava with Alamo Roofing.']]
  expect(judge([...greeted, ...filler(2)]).compliance_issues).toEqual([])
  expect(judge([...greeted, ...filler(3)]).compliance_issues).toEqual(['No recording notice'])
  expect(judge([...greeted, ...filler(3)]).compliance_score).toBeCloseTo(0.6)
  const late: Said[] = [...greeted, ...filler(3), ['ai', 'This call is recorded.']]
  expect(judge(late).compliance_issues).toEqual([])
})

test('a missing greeting is told, and neither is asked for where the business does not check', () => {
  expect(judge(filler(4)).compliance_issues).toEqual(['No recording notice', 'No greeting'])
  expect(judge(filler(4), false).compliance_issues).toEqual([])
})

test.each([
  ['I guarantee you the lowest price in town.', 'Promised a price'],
  ['Your insurance will definitely cover it.', 'Promised what insurance decides'],
  ['Please read me your full card number.', 'Asked for payment or identity numbers'],
])('a forbidden promise costs compliance: %s', (text, issue) => {
  const told = judge([...opening, ['ai', text], ['ai', text]])
  expect(told.compliance_issues).toEqual([issue])
  expect(told.compliance_score).toBeCloseTo(0.7)
})

test.each([
  ['Calm down, sir.', 'Told the customer to calm down'],
  ["That's not my problem.", 'Pushed the blame away'],
  ['Do not be stupid.', 'Used rude words'],
])('bad manners cost professionalism: %s', (text, issue) => {
  const told = judge([...opening, ['ai', text]])
  expect(told.flagged_issues).toEqual([issue])
  expect(told.professionalism_score).toBeLessThan(qaResult(startQa()).professionalism_score)
})

test('the customer may swear without the AI losing points', () => {
  expect(judge([...opening, ['customer', 'This is damn stupid.']]).flagged_issues).toEqual([])
})

test('a bad moment asks for an apology within two lines', () => {
  const angry: Said = ['customer', 'This is awful.', { sentiment: 0.1 }]
  const calm = judge([...opening, angry, ['ai', 'I am so sorry about that.']])
  const cold = judge([...opening, angry, ['ai', 'What is the address?'], ['ai', 'And the date?']])
  const slow = judge([...opening, angry, ['ai', 'What is the address?']])
  expect(calm.professionalism_score).toBeGreaterThan(slow.professionalism_score)
  expect(slow.flagged_issues).toEqual([])
  expect(cold.flagged_issues).toEqual(['No apology for a bad moment'])
  expect(cold.professionalism_score).toBeLessThan(slow.professionalism_score)
})

test('failed tools, repeats and corrections cost accuracy', () => {
  const start = qaResult(startQa()).accuracy_score
  const failed = judge([['system', 'timeout', { metadata: { tool: 'find_slot', failed: true } }]])
  expect(failed.accuracy_score).toBeLessThan(start)
  expect(failed.flagged_issues).toEqual(['Find slot failed'])
  const question: Said = ['customer', 'When does the technician come to my house?']
  const repeated = judge([question, question, question])
  expect(repeated.flagged_issues).toEqual(['The customer had to repeat themselves (2 times)'])
  expect(repeated.accuracy_score).toBeCloseTo(start - 0.2)
  expect(judge([['customer', 'No, I said Thursday.']]).flagged_issues).toEqual([
    'The customer corrected the AI',
  ])
})

test('dead air counts beyond the time the words take, and hold music does not', () => {
  const slow: Said[] = [...opening, ['customer', 'Hello?', { at: 40_000 }]]
  expect(judge(slow).flagged_issues).toEqual(['Long silence'])
  const held: Said[] = [
    ...opening,
    ['system', 'Hold music', { metadata: { hold: true }, at: 6000 }],
    ['customer', 'Hello?', { at: 40_000 }],
  ]
  expect(judge(held).flagged_issues).toEqual([])
  const long: Said[] = [
    ['ai', 'word '.repeat(60), { at: 5000 }],
    ['customer', 'Yes.', { at: 5000 + 60 * 400 + 3000 }],
  ]
  expect(judge(long).flagged_issues).toEqual([])
})

test('talking over the customer and monologues are told', () => {
  const words = 'one two three four five six seven eight nine ten eleven twelve'
  const over: Said[] = [
    ['customer', words, { at: 5000 }],
    ['ai', words, { at: 5600 }],
  ]
  expect(judge(over, false).flagged_issues).toEqual(['Talked over the customer'])
  const together = over.map(([speaker, text]): Said => [speaker, text, { at: 5000 }])
  expect(judge(together, false).flagged_issues).toEqual([])
  expect(judge([['ai', 'word '.repeat(120)]], false).flagged_issues).toEqual(['Spoke too long at once'])
})

test('mood moves the score down and up again', () => {
  const calm = judge([['customer', 'a', { sentiment: 0.5 }]])
  const angry = judge([['customer', 'a', { sentiment: 0.05 }]])
  const settled = judge([
    ['customer', 'a', { sentiment: 0.05 }],
    ['customer', 'b', { sentiment: 1, at: 200_000 }],
  ])
  expect(angry.overall_score).toBeLessThan(calm.overall_score)
  expect(settled.sentiment_score).toBeGreaterThan(angry.sentiment_score)
})

test('the worst call stays within 0 and 1', () => {
  const awful: Said[] = Array.from({ length: 40 }, (_, i) =>
    i % 2 === 0
      ? [
          'customer',
          'No, that is not right, when does the technician come?',
          { sentiment: 0, at: i * 90_000 },
        ]
      : [
          'ai',
          `Calm down, not my problem, shut up. I guarantee the lowest price. ${'so '.repeat(100)}`,
          { at: i * 90_000 },
        ],
  )
  const { track, compliance_issues: _, flagged_issues: __, ...scores } = judge(awful)
  for (const score of Object.values(scores)) {
    expect(score).toBeGreaterThanOrEqual(0)
    expect(score).toBeLessThanOrEqual(1)
  }
  expect(scores.overall_score).toBeLessThan(0.3)
  expect(JSON.stringify(track).length).toBeLessThan(4000)
})

test('a note of the system returns the same track, and small talk changes no score', () => {
  const { track } = judge(opening)
  const line = { at: 9000, startedAt: 0, metadata: {} }
  expect(scoreLine(track, { ...line, speaker: 'system', text: 'Looked up' }, { complianceCheck: true })).toBe(
    track,
  )
  const next = scoreLine(
    track,
    { ...line, speaker: 'customer', text: 'It is a tile roof.' },
    { complianceCheck: true },
  )
  expect(qaDiffers(track, next)).toBe(false)
  const bad = scoreLine(next, { ...line, speaker: 'ai', text: 'Calm down.' }, { complianceCheck: true })
  expect(qaDiffers(next, bad)).toBe(true)
})

test('the track survives being stored as JSON', () => {
  const { track } = judge([...opening, ['customer', 'This is awful.', { sentiment: 0.1 }]])
  expect(JSON.parse(JSON.stringify(track))).toEqual(track)
})

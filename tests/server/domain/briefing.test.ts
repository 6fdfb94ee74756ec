import fc from 'fast-check'
import { expect, test } from 'vitest'
import { briefingText, draftBriefing, editBriefing, promisesIn } from '#server/domain/briefing.ts'
import { makeCall } from '#tests/support/factories.ts'

const at = '2026-11-20T14:00:00.000Z'
const call = makeCall({
  id: 'c1',
  contact_name: 'Marisol Trevino',
  business_name: 'Alamo Roofing',
  sentiment: 'negative',
  sentiment_score: 0.22,
  signals: { asked_for_human: { count: 2, at } },
})
const lines = [
  { id: 1, speaker: 'ai', text: 'Alamo Roofing, how can I help you today?' },
  { id: 2, speaker: 'customer', text: 'Hi. My roof is leaking into the kids’ room.' },
  { id: 3, speaker: 'system', text: 'Calendar: two slots' },
  {
    id: 4,
    speaker: 'ai',
    text: "I'm sorry. I'll send a crew with a tarp tomorrow at nine. There is no charge for the tarp.",
  },
  { id: 5, speaker: 'customer', text: 'I want to talk to a real person. Will they fix the ceiling too?' },
] as const

test('the briefing says who, what, what was promised, the mood, and what is open, each from its line', () => {
  expect(draftBriefing(call, lines, 'Upset', at)).toEqual({
    who: 'Marisol Trevino · Alamo Roofing',
    wants: { text: 'My roof is leaking into the kids’ room.', line_id: 2 },
    promised: [
      { text: "I'll send a crew with a tarp tomorrow at nine.", line_id: 4 },
      { text: 'There is no charge for the tarp.', line_id: 4 },
    ],
    mood: 'Negative (22 of 100); asked for a person 2 times',
    open_questions: [{ text: 'Will they fix the ceiling too?', line_id: 5 }],
    drafted_at: at,
  })
})

test('a call without words has the reason as its wish, and nothing that nobody said', () => {
  const { contact_name: _, sentiment: _s, sentiment_score: _m, signals: _g, ...quiet } = call
  expect(draftBriefing(quiet, [], 'Caller is silent', at)).toMatchObject({
    who: `${call.from_number} · Alamo Roofing`,
    wants: { text: 'Caller is silent' },
    promised: [],
    mood: 'Not known yet.',
    open_questions: [],
  })
})

test.each([
  ["I'll call you back tomorrow.", true],
  ["You're booked for Thursday at ten.", true],
  ["I'll be right with you.", false],
  ["I'll need a few details.", false],
  ["I'll keep this short.", false],
  ['I will connect you with my colleague.', false],
  ['Shall we say that I will come at nine?', false],
  ['The roof is forty years old.', false],
])('"%s" is a promise: %s', (text, isPromise) => {
  expect(promisesIn(text).length > 0).toBe(isPromise)
})

test('nothing is made up: every item with a line is word for word in that line', () => {
  const line = fc.record({
    speaker: fc.constantFrom('ai', 'customer', 'agent', 'system'),
    text: fc.oneof(
      fc.string(),
      fc.constantFrom("I'll send somebody. OK?", 'I need a plumber! Now.', 'What does it cost?', 'Yes.'),
    ),
  })
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (said) => {
      const numbered = said.map((one, index) => ({ ...one, id: index + 1 }))
      const { wants, promised, open_questions } = draftBriefing(call, numbered, undefined, at)
      for (const { text, line_id } of [wants, ...promised, ...open_questions])
        if (line_id !== undefined) expect(numbered[line_id - 1]?.text).toContain(text)
      for (const { line_id } of promised)
        expect(['ai', 'agent']).toContain(numbered[(line_id ?? 0) - 1]?.speaker)
    }),
  )
})

test('a correction keeps the lines of what stays, gives none to new words, and takes the confirmation back', () => {
  const by = { id: 'u', name: 'Dana Whitfield' }
  const drafted = { ...draftBriefing(call, lines, 'Upset', at), confirmed_at: at, confirmed_by: by }
  const edited = editBriefing(
    drafted,
    { promised: ['There is no charge for the tarp.', 'A call before they come'] },
    by,
    at,
  )
  expect(edited.promised).toEqual([
    { text: 'There is no charge for the tarp.', line_id: 4 },
    { text: 'A call before they come' },
  ])
  expect(edited).toMatchObject({ edited_by: by, edited_at: at, wants: drafted.wants })
  expect(edited.confirmed_at).toBeUndefined()
  expect(editBriefing(drafted, { who: drafted.who }, by, at)).toBe(drafted)
  expect(briefingText(edited)).toContain('A call before they come')
})

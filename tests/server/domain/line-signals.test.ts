import { expect, test } from 'vitest'
import type { CallSignals, Speaker } from '#contract/call.ts'
import { lineSignals, startHistory } from '#server/domain/line-signals.ts'

const at = '2026-11-20T14:00:00.000Z'
const line = (speaker: Speaker, text: string, metadata: Record<string, unknown> = {}) => ({
  speaker,
  text,
  at,
  metadata,
})

function hear(lines: readonly ReturnType<typeof line>[], complianceCheck = false) {
  let history = startHistory()
  let signals: CallSignals = {}
  for (const each of lines)
    ({ signals, history } = lineSignals({ signals }, each, history, { complianceCheck }))
  return { signals, history }
}

test.each([
  'Can I speak to a real person?',
  'I want to talk to a human.',
  'Get me a manager.',
  'Let me talk to your supervisor',
  'Transfer me to an agent please.',
  'Representative!',
  'operator, please',
  'human',
  'I need to speak with someone real.',
  'Could you put me through to somebody? I want to talk to someone.',
  'I don’t want to talk to a robot.',
  'Stop it, I hate talking to a machine!',
  'Is there a person I can talk to?',
  'Can I get a live agent',
  "I'd like to speak with the manager right now",
])('the caller asks for a person: %s', (text) => {
  expect(hear([line('customer', text)]).signals.asked_for_human).toEqual({ count: 1, at })
})

test.each([
  'The person who installed it never came back.',
  'I talked to the person who came last week.',
  'I am the property manager here.',
  'My insurance agent told me to call.',
  'I need to get my insurance agent the photos.',
  'It is for two people.',
  'Can you come in person?',
  'It costs ten dollars per person.',
  "I don't need a person, you are doing fine.",
  'My manager will pay for it.',
  'I need to talk to someone who lives here first, my wife.',
  'It is a human error, I think.',
  'The operator of the crane damaged the roof.',
  'My computer is recording it.',
])('the word alone is no request: %s', (text) => {
  expect(hear([line('customer', text)]).signals.asked_for_human).toBeUndefined()
})

test('asking again is counted, and only the customer asks', () => {
  const { signals } = hear([
    line('customer', 'I want a human.'),
    line('ai', 'Do you want to speak to a person?'),
    line('customer', 'Yes! Let me speak to a person.'),
  ])
  expect(signals.asked_for_human?.count).toBe(2)
})

test('the same question in almost the same words is a repeat', () => {
  const { signals } = hear([
    line('customer', 'When is the technician coming to my house?'),
    line('ai', 'Could you tell me your address?'),
    line('customer', 'Well, when is the technician coming to the house'),
  ])
  expect(signals.repeated_question).toEqual({ count: 1, at })
})

test.each([
  ['Thank you very much.', 'Thank you very much.'],
  ['Yes, that is right.', 'Yes, that is right.'],
  ['On Thursday.', 'On Thursday.'],
  ['How much does a new roof cost?', 'How long does a new furnace last?'],
])('courtesy, short answers and other questions are no repeat: %s / %s', (first, second) => {
  expect(hear([line('customer', first), line('customer', second)]).signals.repeated_question).toBeUndefined()
})

test('a question from more than four lines ago is forgotten', () => {
  const asked = line('customer', 'When is the technician coming to my house?')
  const others = [
    'my roof leaks badly',
    'address four oak street',
    'two storey house here',
    'tiles missing near chimney',
  ]
  const between = others.map((text) => line('customer', text))
  expect(hear([asked, ...between, asked]).signals.repeated_question).toBeUndefined()
  expect(hear([asked, ...between.slice(1), asked]).signals.repeated_question?.count).toBe(1)
})

test('a failed tool is named in words', () => {
  const failed = line('system', 'timeout', { tool: 'book_appointment', failed: true })
  expect(hear([failed]).signals.failed_tool).toEqual({ name: 'Book appointment', at })
  expect(hear([line('system', 'ok', { tool: 'book_appointment' })]).signals).toEqual({})
})

test('a missing recording notice shows at the fourth line of the AI and goes when it is said', () => {
  const chat = ['Hello there.', 'What is the address?', 'When?'].map((text) => line('ai', text))
  expect(hear(chat, true).signals.compliance_missed).toBeUndefined()
  const due = [...chat, line('ai', 'Fine.')]
  expect(hear(due, true).signals.compliance_missed).toEqual({ what: 'No recording notice', at })
  expect(hear(due, false).signals.compliance_missed).toBeUndefined()
  const said = [...due, line('ai', 'By the way, this call is recorded.')]
  expect(hear(said, true).signals.compliance_missed).toBeUndefined()
})

test.each([
  'Hi, this call may be recorded for quality.',
  'You are on a recorded line.',
  'Calls are monitored and recorded.',
])('the notice is heard in its usual wordings: %s', (text) => {
  expect(hear([line('ai', text)]).history.noticed).toBe(true)
})

test('a line that says nothing returns the very same objects', () => {
  const signals: CallSignals = { asked_for_human: { count: 1, at } }
  const history = { ...startHistory(), noticed: true }
  for (const each of [line('ai', 'Sure.'), line('system', 'Note'), line('customer', 'Okay, thanks.')]) {
    const outcome = lineSignals({ signals }, each, history, { complianceCheck: true })
    expect(outcome.signals).toBe(signals)
    expect(outcome.history).toBe(history)
  }
})

test('what is remembered stays bounded', () => {
  const flood = Array.from({ length: 50 }, (_, i) =>
    line('customer', `${'word'.repeat(i + 1)} `.repeat(2000)),
  )
  const { history } = hear(flood)
  expect(JSON.stringify(history).length).toBeLessThan(3000)
})

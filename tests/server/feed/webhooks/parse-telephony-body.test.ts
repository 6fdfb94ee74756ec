import { expect, test } from 'vitest'
import { parseTelephonyBody } from '#server/feed/webhooks/parse-telephony-body.ts'

const at = '2026-11-20T14:00:00.000Z'
const started = { event: 'call.started', data: { call: { id: 'c1', direction: 'inbound' } } }
const line = {
  event: 'interaction.added',
  data: { call_id: 'c1', interaction: { id: 7, speaker: 'ai', text: 'Hi' } },
}

function faultsOf(json: unknown) {
  const parsed = parseTelephonyBody(json)
  if (parsed.ok) throw new Error('expected faults')
  return parsed.faults
}

test('good events come out parsed, in order, with numbers as ids made text', () => {
  const parsed = parseTelephonyBody({ events: [started, line] })
  expect(parsed).toMatchObject({
    ok: true,
    events: [{ event: 'call.started' }, { data: { interaction: { id: '7' } } }],
  })
})

test('every fault of every event is told with its index and field', () => {
  const faults = faultsOf({
    events: [
      started,
      { event: 'call.ended', data: {} },
      line,
      { event: 'interaction.added', data: { call_id: 'c1', interaction: { speaker: 'robot', text: 5 } } },
      {
        event: 'sentiment.changed',
        data: { call_id: 'c1', sentiment: { score: 1.5, label: 'positive' }, at: 'noon' },
      },
      'words',
      { event: 'call.ended' },
    ],
  })
  expect(faults.map(({ field }) => field).toSorted()).toEqual([
    'body.events[1].data.call_id',
    'body.events[3].data.interaction.id',
    'body.events[3].data.interaction.speaker',
    'body.events[3].data.interaction.text',
    'body.events[4].data.at',
    'body.events[4].data.sentiment.score',
    'body.events[5]',
    'body.events[6].data',
  ])
})

test('each message says what to do', () => {
  const message = (events: unknown[]) => faultsOf({ events })[0]?.message
  expect(message([{ event: 'call.ended', data: {} }])).toBe('Add it: text is needed.')
  expect(message([{ event: 'call.ended', data: { call_id: 5 } }])).toBe('Send text.')
  expect(message([{ event: 'call.ended', data: { call_id: '' } }])).toBe('Do not leave it empty.')
  expect(message([{ event: 'call.ended', data: { call_id: 'c', ended_at: 'noon' } }])).toContain(
    '2026-11-20T14:00:00.000Z',
  )
  expect(message([{ event: 'call.ended', data: { call_id: 'c', status: 'gone' } }])).toBe(
    'Use one of "completed", "failed".',
  )
  const long = {
    ...line,
    data: { call_id: 'c', interaction: { id: 1, speaker: 'ai', text: 'x'.repeat(20_001) } },
  }
  expect(message([long])).toBe('Keep it at 20000 characters or fewer.')
})

test('an unknown event lists the known ones', () => {
  const [fault] = faultsOf({ events: [{ event: 'call.exploded', data: {} }] })
  expect(fault?.field).toBe('body.events[0].event')
  for (const name of ['call.started', 'interaction.added', 'escalation.completed', 'intervention.updated'])
    expect(fault?.message).toContain(name)
  expect(faultsOf({ events: [{ data: {} }] })[0]?.message).toContain('call.started')
  expect(faultsOf({ events: [{ event: 'toString', data: {} }] })[0]?.field).toBe('body.events[0].event')
})

test.each([null, [], 'x', 5, {}, { events: {} }, { events: [] }])(
  'a body that is none is told once: %j',
  (json) => {
    expect(faultsOf(json)).toHaveLength(1)
  },
)

test('a thousand events pass and one more does not', () => {
  const many = (count: number) => ({ events: Array.from({ length: count }, () => line) })
  expect(parseTelephonyBody(many(1000)).ok).toBe(true)
  expect(faultsOf(many(1001))[0]?.message).toContain('1001')
})

test('no fault repeats what somebody said or a number', () => {
  const faults = faultsOf({
    events: [
      { event: 'my secret', data: {} },
      {
        event: 'interaction.added',
        data: { call_id: 'c1', interaction: { id: 1, speaker: 'my secret', text: 'x' } },
      },
      {
        event: 'call.started',
        data: { call: { id: 'c1', direction: 'my secret', started_at: 'my secret' } },
      },
    ],
  })
  expect(faults.length).toBe(4)
  expect(JSON.stringify(faults)).not.toContain('secret')
})

test('members nobody knows are left out and do no harm', () => {
  const parsed = parseTelephonyBody({
    events: [{ ...started, extra: 1, data: { ...started.data, at, __proto__: null } }],
  })
  expect(parsed.ok && parsed.events[0]).toEqual({ ...started, data: { ...started.data, at } })
})

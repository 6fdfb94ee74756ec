// Whatever comes over the wire: understood, or counted and dropped, never thrown.
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { events } from '#contract/events.ts'
import { decode } from '#src/gateway/decode.ts'
import {
  makeAlert,
  makeAttention,
  makeCall,
  makeClaim,
  makeEscalation,
  makeFrame,
  makeIntervention,
  makeLine,
  makeNote,
  makeQaScore,
} from '#tests/support/factories.ts'

const call_id = 'c1'
const good = [
  makeFrame('call.started', { call: makeCall({ id: call_id }) }),
  makeFrame('call.updated', { call: makeCall({ id: call_id }) }),
  makeFrame('call.ended', { call_id }),
  makeFrame('call.left', { call_id }),
  makeFrame('interaction.added', { call_id, interaction: makeLine({ id: 1 }) }),
  makeFrame('qa.score.updated', { call_id, qa_score: makeQaScore() }),
  makeFrame('sentiment.changed', { call_id, sentiment: { score: 0.2, label: 'negative' } }),
  makeFrame('escalation.triggered', { call_id, escalation: makeEscalation() }),
  makeFrame('escalation.updated', { call_id, escalation: makeEscalation() }),
  makeFrame('escalation.completed', { call_id, escalation: makeEscalation() }),
  makeFrame('intervention.updated', makeIntervention({ command_id: 'm1' })),
  makeFrame('note.added', { call_id, note: makeNote({ id: 1 }) }),
  makeFrame('note.removed', { call_id, note_id: 1, by: { id: 'u1', name: 'Dana' } }),
  makeFrame('attention.changed', { call_id, attention: makeAttention() }),
  makeFrame('alert.updated', {
    call_id,
    alert: {
      id: 'a1',
      rule_id: 'r1',
      rule_name: 'Long silence',
      call_id,
      severity: 'warning',
      state: 'active',
      recipients: ['manager'],
      reason: 'Silent for 40 s',
      triggered_at: makeClaim().since,
      active_at: makeClaim().since,
      updated_at: makeClaim().since,
    },
  }),
  makeFrame('claim.changed', { call_id, change: 'taken', claim: makeClaim(), by: makeClaim() }),
  makeFrame('presence.changed', {
    call_id,
    presence: {
      watchers: [{ id: 'u1', name: 'Mara', initials: 'M', role: 'manager', since: makeClaim().since }],
      more: 0,
    },
  }),
]

test('P1 every event of the contract is understood, as text and as an object', () => {
  expect(good.map(({ event }) => event).toSorted()).toEqual(events.map(({ name }) => name).toSorted())
  for (const frame of good)
    for (const message of [JSON.stringify(frame), structuredClone(frame)])
      expect(decode(message)).toEqual({
        frame: { event: 'frames', frames: [frame], stream: 'calls', safe: null },
        malformed: 0,
        unknown: 0,
      })
})

test('P5 a change that is none is left out and counted, the others of its part are kept', () => {
  const good = { id: 'a', mood: [null, 0.4], mood_at: '2026-11-20T14:00:05.000Z' }
  const bad = [
    7,
    { last_line: null },
    { id: 'b', mood_at: 'soon' },
    { id: 'c', mood: 'bad' },
    { id: 'd', attention: { score: 4 } },
    { id: 'e', started_at: 'then' },
    { id: 'f', status: 3 },
  ]
  const data = { stream: 'calls', part: 1, parts: 1, seq: 4, calls: [], changes: [good, ...bad, { id: 'g' }] }
  const { frame, malformed } = decode({ event: 'snapshot', data, at: 'x' })
  expect(frame).toMatchObject({ data: { calls: [], changes: [good, { id: 'g' }] } })
  expect(malformed).toBe(bad.length)
})

test('P5 a part says that attention which is not named stands, or nothing of it', () => {
  const part = { stream: 'calls', part: 1, parts: 1, seq: 4, calls: [], changes: [{ id: 'a' }] }
  const markOf = (attention: unknown) => {
    const { frame } = decode({ event: 'snapshot', data: { ...part, attention }, at: 'x' })
    return frame?.event === 'snapshot' ? frame.data.attention : frame
  }
  expect(markOf('changed')).toBe('changed')
  expect(markOf(true)).toBeUndefined()
})

test('P15 the names of older documents mean the same', () => {
  for (const { name, ...spec } of events)
    for (const alias of 'aliases' in spec ? spec.aliases : []) {
      const frame = good.find(({ event }) => event === name)
      expect(decode({ ...structuredClone(frame), event: alias }).frame).toMatchObject({ frames: [frame] })
    }
})

test('P15 an unknown event is counted, and keeps its place in the stream', () => {
  expect(decode({ event: 'presence.joined', data: {} })).toEqual({ frame: null, malformed: 0, unknown: 1 })
  const later = decode({ event: 'call.sang', data: {}, stream: 'calls', seq: 5, prev: 4, safe: 5 })
  expect(later).toMatchObject({ unknown: 1, frame: { frames: [{ event: 'skipped', seq: 5, prev: 4 }] } })
})

test.each([
  ['text that is no JSON', '{"event":'],
  ['a number', '7'],
  ['null', 'null'],
  ['an array', '[]'],
  ['no event', '{"data":{}}'],
  ['an inherited name', '{"event":"constructor","data":{},"stream":"calls"}'],
  ['a call without id', JSON.stringify({ ...good[0], data: { call: { status: 'ringing' } } })],
  ['a time that is none', JSON.stringify({ ...good[6], at: 'yesterday' })],
  [
    'a score that is text',
    JSON.stringify({ ...good[6], data: { call_id, sentiment: { score: '1', label: 'x' } } }),
  ],
  ['a stream that is none', JSON.stringify({ ...good[0], stream: 'room' })],
  ['data that is null', JSON.stringify({ ...good[0], data: null })],
  [
    'choices without an instant',
    '{"event":"preferences.changed","data":{"preferences":{"theme":{"value":1}}}}',
  ],
  ['a batch without frames', '{"event":"batch","safe":1,"stream":"calls"}'],
  [
    'a snapshot of a call without the call',
    '{"event":"snapshot","data":{"stream":"call:a","part":1,"parts":1,"seq":1}}',
  ],
])('a malformed frame is dropped and counted: %s', (_, text) => {
  const { frame, malformed, unknown } = decode(text)
  expect(frame).toBeNull()
  expect(malformed + unknown).toBe(1)
})

test('one bad frame in a batch costs only itself, and leaves no gap', () => {
  const bad = { ...good[0], data: {}, seq: 2, prev: 1, safe: 2 }
  const result = decode({ event: 'batch', stream: 'calls', safe: 3, frames: [good[1], bad, 7, good[2]] })
  expect(result.malformed).toBe(2)
  expect(result.frame).toMatchObject({
    safe: 3,
    frames: [{ event: 'call.updated' }, { event: 'skipped', seq: 2 }, { event: 'call.ended' }],
  })
})

test('a call is not lost for an alert that is none, and is counted as not whole', () => {
  const fine = makeAlert({ id: 'a' })
  const call = () => ({ ...makeCall({ id: call_id }), alerts: [fine, { ...fine, recipients: 'all' }, null] })
  const sifted = { id: call_id, alerts: [fine] }
  expect(decode({ ...good[1], data: { call: call() } })).toMatchObject({
    malformed: 1,
    frame: { frames: [{ event: good[1]!.event, data: { call: sifted } }] },
  })
  const odd = decode({ ...good[1], data: { call: { ...call(), alerts: 'many' } } })
  expect(odd).toMatchObject({ malformed: 1, frame: { frames: [{ data: { call: { id: call_id } } }] } })
  expect(odd).not.toHaveProperty('frame.frames.0.data.call.alerts')
  const none = decode({ ...good[1], data: { call: { ...call(), alerts: null } } })
  expect(none.malformed).toBe(0)
  expect(none).not.toHaveProperty('frame.frames.0.data.call.alerts')
  const change = { id: call_id, alerts: call().alerts }
  const data = { stream: 'calls', part: 1, parts: 1, seq: 9, calls: [call()], changes: [change] }
  expect(decode({ event: 'snapshot', at: good[1]!.at, data })).toMatchObject({
    malformed: 2,
    frame: { data: { calls: [sifted], changes: [sifted] } },
  })
})

test('one bad call in a snapshot costs only itself', () => {
  const data = { stream: 'calls', part: 1, parts: 1, seq: 9, calls: [makeCall({ id: 'a' }), { id: 7 }] }
  const result = decode({ event: 'snapshot', at: '2026-11-20T14:00:00Z', data })
  expect(result).toMatchObject({ malformed: 1, frame: { data: { calls: [{ id: 'a' }] } } })
})

test('nothing that can be sent makes it throw', () => {
  const broken = fc
    .tuple(fc.constantFrom(...good), fc.string(), fc.jsonValue())
    .map(([frame, member, value]) => ({ ...structuredClone(frame), [member]: value, data: value }))
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.string(), broken), (message) => {
      const { malformed, unknown, frame } = decode(message)
      expect(malformed + unknown + (frame ? 1 : 0)).toBeGreaterThan(0)
    }),
  )
})

test('a line of 20,000 characters with markup, right-to-left text and emoji comes through as it was said', () => {
  const text = '<b>שלום</b> 👩‍👩‍👧 & "quote" '.repeat(700).slice(0, 20_000)
  const frame = makeFrame('interaction.added', { call_id, interaction: makeLine({ id: 1, text }) })
  expect(decode(JSON.stringify(frame)).frame).toMatchObject({ frames: [{ data: { interaction: { text } } }] })
})

test.each(['', 'soon', 7, null, undefined])(
  'an instant is read although the one before was good: %s',
  async (bad) => {
    // As the first one ever, and behind a good one.
    vi.resetModules()
    const fresh = await import('#src/gateway/decode.ts')
    const line = (id: number) => makeFrame('interaction.added', { call_id, interaction: makeLine({ id }) })
    const uncommitted = { ...line(2), at: bad }
    const unsaid = { ...line(3), data: { call_id, interaction: { ...makeLine({ id: 3 }), timestamp: bad } } }
    for (const frames of [
      [uncommitted, unsaid],
      [line(1), uncommitted, unsaid],
    ])
      expect(
        fresh.decode(JSON.stringify({ event: 'batch', stream: 'calls', frames, safe: 1 })).malformed,
      ).toBe(2)
  },
)

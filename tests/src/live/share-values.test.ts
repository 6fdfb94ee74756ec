import { expect, test } from 'vitest'
import { shareAttention, shareEvent, shareValues } from '#src/live/share-values.ts'
import { madeAt, makeAlert, makeAttention, makeCall, makeFrame, makeLine } from '#tests/support/factories.ts'

const read = (call: object) => JSON.parse(JSON.stringify(call))

test('a call says the same after its values were shared with other calls', () => {
  const call = makeCall({
    id: 'c',
    business_name: 'Alamo Roofing',
    metadata: {},
    attention: { score: 12, level: 'calm', reasons: [] },
    last_line: { id: 3, speaker: 'customer', text: 'Hello?', at: madeAt },
    mood: [null, 0.637, 0.1234567, 1],
    signals: { negative_since: madeAt, compliance_missed: { what: 'No recording notice', at: madeAt } },
    alerts: [makeAlert({ id: 'a1' }), makeAlert({ id: 'a2', recipients: [] })],
  })
  const before = read(call)
  expect(shareValues(read(call))).toEqual(before)
})

test('calm attention is held once, attention with a reason by each call itself', () => {
  const calm = { score: 4, level: 'calm' as const, reasons: [] }
  expect(shareAttention({ ...calm, reasons: [] })).toBe(shareAttention({ ...calm, reasons: [] }))
  expect(shareAttention({ ...calm, score: 5 })).toEqual({ ...calm, score: 5 })
  const why = { score: 80, level: 'act' as const, reasons: [{ code: 'x', text: 'X', since: 's' }] }
  expect(shareAttention(why)).toBe(why)
})

test('metadata of one call never becomes that of another', () => {
  const one = shareValues(read(makeCall({ id: 'c', metadata: { plan: 'gold' } })))
  const other = shareValues(read(makeCall({ id: 'c', metadata: {} })))
  expect(one.metadata).toEqual({ plan: 'gold' })
  expect(other.metadata).toEqual({})
})

test('an event says the same after its values were shared, and whom alerts are told to is held once', () => {
  const call_id = 'c'
  const frames = [
    makeFrame('call.updated', { call: makeCall({ id: call_id }) }),
    makeFrame('interaction.added', { call_id, interaction: makeLine({ id: 1 }) }),
    makeFrame('sentiment.changed', { call_id, sentiment: { score: 0.2, label: 'negative' } }),
    makeFrame('attention.changed', { call_id, attention: makeAttention() }),
    makeFrame('alert.updated', { call_id, alert: makeAlert({ id: 'a1' }) }),
    makeFrame('call.left', { call_id }),
  ]
  for (const frame of frames) {
    const before = read(frame)
    const shared = read(frame)
    shareEvent(shared)
    expect(shared).toEqual(before)
  }
  const [one, other] = ['a1', 'a2'].map((id) => {
    const frame = read(makeFrame('alert.updated', { call_id, alert: makeAlert({ id }) }))
    shareEvent(frame)
    return frame.data.alert.recipients
  })
  expect(one).toBe(other)
})

import { expect, test } from 'vitest'
import { shareAttention, shareValues } from '#src/live/share-values.ts'
import { makeCall } from '#tests/support/factories.ts'

const read = (call: object) => JSON.parse(JSON.stringify(call))

test('a call says the same after its values were shared with other calls', () => {
  const call = makeCall({
    id: 'c',
    business_name: 'Alamo Roofing',
    metadata: {},
    attention: { score: 12, level: 'calm', reasons: [] },
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

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimMs, holderOf } from '#contract/claim-rules.ts'
import type { ClaimNews, Person } from '#contract/claim.ts'
import { applyFact } from '#server/domain/apply-fact.ts'
import type { ClaimWish } from '#server/domain/apply-claim.ts'
import type { CallState, FactContext } from '#server/domain/call-state.ts'
import { dueOf } from '#server/domain/apply-holds.ts'
import { lexiconScorer } from '#server/domain/sentiment.ts'
import { callEnded, callStarted } from '#tests/support/facts.ts'

const dana: Person = { id: 'dana', name: 'Dana' }
const marcus: Person = { id: 'marcus', name: 'Marcus' }
const start = Date.parse('2026-11-20T14:00:00.000Z')

const contextAt = (now: number): FactContext => ({
  now,
  nextId: () => 1,
  scorer: lexiconScorer(),
  business: () => undefined,
  agent: () => undefined,
})
const begun = (): CallState => applyFact(null, callStarted('c1'), contextAt(start)).state

/** Carries out wishes at their second; what was told, and who has the call after the last. */
function after(...wishes: [second: number, wish: ClaimWish][]) {
  let state = begun()
  const told: ClaimNews[] = []
  let now = start
  for (const [second, wish] of wishes) {
    now = start + second * 1000
    const draft = applyFact(state, { event: 'desk.claim', data: { call_id: 'c1', ...wish } }, contextAt(now))
    state = draft.state
    for (const entry of draft.entries) if (entry.event === 'claim.changed') told.push(entry.data)
  }
  return { holder: holderOf(state.call, now), told, changes: told.map(({ change }) => change), state }
}

test('a free call is taken for two minutes', () => {
  const { holder, changes } = after([0, { wish: 'take', by: dana }])
  expect(changes).toEqual(['taken'])
  expect(holder).toMatchObject({ ...dana, until: new Date(start + claimMs).toISOString() })
})

test('a call that somebody has is not taken, and nothing is told', () => {
  const { holder, changes } = after([0, { wish: 'take', by: dana }], [5, { wish: 'take', by: marcus }])
  expect(holder?.id).toBe('dana')
  expect(changes).toEqual(['taken'])
})

test('by force it is, and the former holder is named', () => {
  const { holder, told } = after([0, { wish: 'take', by: dana }], [5, { wish: 'force', by: marcus }])
  expect(holder).toMatchObject({ id: 'marcus', from: dana })
  expect(told[1]).toMatchObject({ change: 'taken_over', by: marcus, other: dana })
})

test('the holder renews it, but not with every word', () => {
  const { holder, changes } = after(
    [0, { wish: 'take', by: dana }],
    [10, { wish: 'take', by: dana }],
    [60, { wish: 'take', by: dana }],
  )
  expect(changes).toEqual(['taken', 'renewed'])
  expect(holder).toMatchObject({
    since: new Date(start).toISOString(),
    until: new Date(start + 60_000 + claimMs).toISOString(),
  })
})

test('after two minutes of silence the call is free, and it is told that the claim ran out', () => {
  const silent = after([0, { wish: 'take', by: dana }], [120, { wish: 'expire' }])
  expect(silent.holder).toBeNull()
  expect(silent.told.at(-1)).toMatchObject({ change: 'expired', claim: null, other: dana })
  expect(silent.state.call.claimed_by).toBeUndefined()
  const next = after([0, { wish: 'take', by: dana }], [121, { wish: 'take', by: marcus }])
  expect(next.holder?.id).toBe('marcus')
})

test('a claim that still counts does not run out', () => {
  expect(after([0, { wish: 'take', by: dana }], [119, { wish: 'expire' }]).holder?.id).toBe('dana')
})

test('who asks is heard with their words; the holder hands the call over', () => {
  const { holder, changes, told } = after(
    [0, { wish: 'take', by: dana }],
    [5, { wish: 'ask', by: marcus, note: 'I know her.' }],
    [9, { wish: 'hand_over', by: dana }],
  )
  expect(changes).toEqual(['taken', 'asked', 'handed_over'])
  expect(told[1]?.claim?.asked).toMatchObject({ ...marcus, note: 'I know her.' })
  expect(holder).toMatchObject({ id: 'marcus', since: new Date(start + 9000).toISOString() })
  expect(holder?.asked).toBeUndefined()
})

test('or keeps it', () => {
  const { holder, told } = after(
    [0, { wish: 'take', by: dana }],
    [5, { wish: 'ask', by: marcus }],
    [9, { wish: 'keep', by: dana }],
  )
  expect(holder?.id).toBe('dana')
  expect(holder?.asked).toBeUndefined()
  expect(told.at(-1)).toMatchObject({ change: 'kept', by: dana, other: marcus })
})

test('letting go while somebody waits gives it to them', () => {
  const { holder } = after(
    [0, { wish: 'take', by: dana }],
    [5, { wish: 'ask', by: marcus }],
    [9, { wish: 'release', by: dana }],
  )
  expect(holder?.id).toBe('marcus')
})

test('nobody hands over, keeps or lets go what is not theirs', () => {
  for (const wish of ['hand_over', 'keep', 'release'] as const) {
    const { holder, changes } = after(
      [0, { wish: 'take', by: dana }],
      [5, { wish: 'ask', by: marcus }],
      [9, { wish, by: marcus }],
    )
    expect(holder?.id).toBe('dana')
    expect(changes).toEqual(['taken', 'asked'])
  }
})

test('the end of the call ends the claim', () => {
  const { state } = after([0, { wish: 'take', by: dana }])
  expect(dueOf(state)).toBe(start + claimMs)
  const ended = applyFact(state, callEnded('c1'), contextAt(start + 1000)).state
  expect(ended.call.claimed_by).toBeUndefined()
  expect(dueOf(ended)).toBeNull()
})

const wishArb = fc.record({
  second: fc.integer({ min: 0, max: 90 }),
  who: fc.constantFrom(dana, marcus),
  wish: fc.constantFrom(
    'take' as const,
    'force' as const,
    'release' as const,
    'ask' as const,
    'hand_over' as const,
    'keep' as const,
    'expire' as const,
  ),
})

test('any interleaving of two supervisors’ claims, releases, forces, wishes and expiries gives one owner, as told', () => {
  fc.assert(
    fc.property(fc.array(wishArb, { minLength: 1, maxLength: 40 }), (steps) => {
      let state = begun()
      let now = start
      /** Who has the call as far as the events tell. */
      let told: { id: string; until: number } | null = null
      for (const { second, who, wish } of steps) {
        now += second * 1000
        const before = holderOf(state.call, now)
        const data = wish === 'expire' ? { call_id: 'c1', wish } : { call_id: 'c1', wish, by: who }
        const draft = applyFact(state, { event: 'desk.claim', data }, contextAt(now))
        state = draft.state
        for (const entry of draft.entries) {
          expect(entry.event).toBe('claim.changed')
          if (entry.event !== 'claim.changed') continue
          const { claim } = entry.data
          told = claim ? { id: claim.id, until: Date.parse(claim.until) } : null
        }
        const holder = holderOf(state.call, now)
        // What is told and what is so are the same, at every moment.
        const believed: string | null = told && told.until > now ? told.id : null
        expect(holder?.id ?? null).toBe(believed)
        // Nobody loses a call that counts but by force, by their own hand, or by their own answer.
        if (before && holder?.id !== before.id)
          expect(
            wish === 'force' || (who.id === before.id && (wish === 'release' || wish === 'hand_over')),
          ).toBe(true)
        // Who takes a free call has it.
        if (!before && (wish === 'take' || wish === 'force')) expect(holder?.id).toBe(who.id)
      }
    }),
  )
})

// What is looked at by hand must be taken and refused as the published schema says.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TelephonyEvent } from '#contract/telephony.ts'
import { usualEvent } from '#server/feed/webhooks/usual-event.ts'

const instant = '2026-11-20T14:00:00.000Z'
const odd = fc.constantFrom<unknown>(
  undefined,
  null,
  '',
  'x',
  0,
  1,
  -0.1,
  1.1,
  7,
  true,
  [],
  {},
  'x'.repeat(201),
  'noon',
)
const often = <T>(usual: T) => fc.oneof({ weight: 30, arbitrary: fc.constant<unknown>(usual) }, odd)
const time = fc.constantFrom<unknown>(
  undefined,
  instant,
  '2026-02-30T14:00:00Z',
  '0000-01-01T00:00:00Z',
  'noon',
  5,
)
/** The record with a member nobody knows, now and then. */
const maybeMore = (record: fc.Arbitrary<object>) =>
  fc
    .tuple(
      record,
      fc.oneof({ weight: 12, arbitrary: fc.constant({}) }, fc.constantFrom({ more: 1 }, { metadata: {} })),
    )
    .map(([one, more]) => ({ ...one, ...more }))
const data = (member: string, of: Record<string, fc.Arbitrary<unknown>>) =>
  maybeMore(
    fc.record(
      {
        call_id: often('c1'),
        at: time,
        [member]: fc.oneof({ weight: 20, arbitrary: maybeMore(fc.record(of)) }, odd),
      },
      { requiredKeys: ['call_id', member] },
    ),
  )
const line = {
  id: often('l1'),
  speaker: often('customer'),
  text: fc.oneof({ weight: 9, arbitrary: often('Hello') }, fc.constant('x'.repeat(20_001))),
  timestamp: time,
}
const mood = { score: often(0.4), label: often('neutral') }
const event = fc.oneof(
  maybeMore(
    fc.record({
      event: often('interaction.added'),
      data: fc.oneof({ weight: 20, arbitrary: data('interaction', line) }, odd),
    }),
  ),
  maybeMore(fc.record({ event: often('sentiment.changed'), data: data('sentiment', mood) })),
  maybeMore(
    fc.record({ event: often('qa.score.updated'), data: data('qa_score', { overall_score: often(0.8) }) }),
  ),
)

test('whatever a platform sends, an event that is taken at a glance is one the schema takes, and just as it is', () => {
  let taken = 0
  fc.assert(
    fc.property(event, (sent) => {
      // As it comes over the wire.
      const json = JSON.parse(JSON.stringify(sent)) as Record<string, unknown>
      const usual = usualEvent(json)
      if (!usual) return
      taken++
      const result = TelephonyEvent.safeParse(json)
      expect(result.success && result.data).toStrictEqual(usual)
    }),
    { numRuns: 3000 },
  )
  expect(taken).toBeGreaterThan(300)
})

test('lines, moods and scores as they usually come are taken at a glance', () => {
  const events = [
    {
      event: 'interaction.added',
      data: { call_id: 'c', interaction: { id: 'l', speaker: 'ai', text: 'Hi', timestamp: instant } },
    },
    {
      event: 'sentiment.changed',
      data: { call_id: 'c', sentiment: { score: 1, label: 'positive' }, at: instant },
    },
    { event: 'qa.score.updated', data: { call_id: 'c', qa_score: { overall_score: 0 } } },
  ]
  for (const one of events) expect(usualEvent(one)).toBe(one)
})

import { describe, expect, test } from 'vitest'
import { attention, attentionLevel } from '#contract/attention.ts'
import type { Call } from '#contract/call.ts'
import { makeCall } from '#tests/support/factories.ts'

const now = Date.UTC(2026, 10, 20, 12)
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString()
const call = (patch: Partial<Call>): Call => ({
  ...makeCall({ id: 'a' }),
  status: 'in_progress',
  started_at: ago(60),
  last_line: { id: 1, speaker: 'ai', text: 'Yes', at: ago(2) },
  ...patch,
})

describe('who needs a person now', () => {
  test.each<[string, Partial<Call>, string, string | undefined]>([
    ['an ordinary call is calm', { sentiment_score: 0.6 }, 'calm', undefined],
    [
      'asking for a person once is worth watching',
      { signals: { asked_for_human: { count: 1, at: ago(1) } } },
      'watch',
      'asked_for_human',
    ],
    [
      'asking three times needs somebody',
      { signals: { asked_for_human: { count: 3, at: ago(1) } } },
      'act',
      'asked_for_human',
    ],
    [
      'an escalation nobody takes needs somebody after a while',
      { escalation_status: 'pending', signals: { escalated_since: ago(60) } },
      'act',
      'escalation_waiting',
    ],
    [
      'silence is worth watching',
      { last_line: { id: 1, speaker: 'ai', text: 'Yes', at: ago(40) } },
      'watch',
      'silence',
    ],
    [
      'hold music is not silence yet',
      { last_line: { id: 1, speaker: 'system', text: 'On hold', at: ago(40) } },
      'calm',
      undefined,
    ],
    [
      'an AI that is paused for long needs somebody',
      { ai_paused: true, signals: { paused_since: ago(50) } },
      'act',
      'ai_paused',
    ],
    [
      'a keyword of the business is worth watching',
      { signals: { keyword: { word: 'gas smell', at: ago(5) } } },
      'watch',
      'keyword',
    ],
    [
      'an ended call needs nobody',
      { status: 'completed', signals: { asked_for_human: { count: 5, at: ago(1) } } },
      'calm',
      undefined,
    ],
  ])('%s', (_, patch, level, reason) => {
    const found = attention(call(patch), now)
    expect(found.level).toBe(level)
    expect(found.reasons[0]?.code).toBe(reason)
  })

  test('a person on the call halves the worry', () => {
    const signals = { asked_for_human: { count: 3, at: ago(1) } }
    const alone = attention(call({ signals }), now)
    const helped = attention(call({ signals, escalation_status: 'in_progress' }), now)
    expect(Math.abs(helped.score - alone.score / 2)).toBeLessThanOrEqual(1)
  })

  test('what is long ago fades', () => {
    const fresh = attention(call({ signals: { failed_tool: { name: 'Booking', at: ago(1) } } }), now)
    const old = attention(call({ signals: { failed_tool: { name: 'Booking', at: ago(300) } } }), now)
    expect(old.score).toBeLessThan(fresh.score / 2)
  })

  test.each([
    [69, 'calm', 'watch'],
    [70, 'calm', 'act'],
    [60, 'act', 'act'],
    [59, 'act', 'watch'],
    [34, 'calm', 'calm'],
    [25, 'watch', 'watch'],
    [24, 'watch', 'calm'],
  ] as const)('a score of %i after %s is %s: edges do not flicker', (score, before, level) => {
    expect(attentionLevel(score, before)).toBe(level)
  })

  test('reasons carry their start and no number that grows old', () => {
    const found = attention(
      call({ escalation_status: 'pending', signals: { escalated_since: ago(77) } }),
      now,
    )
    expect(found.reasons[0]).toEqual({
      code: 'escalation_waiting',
      text: 'Waiting for a person',
      since: ago(77),
    })
  })
})

import { describe, expect, test } from 'vitest'
import { attention, attentionLevel } from '#contract/attention.ts'
import type { Call } from '#contract/call.ts'
import { ago, call, now } from '#tests/contract/attention-rig.ts'

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
      'people who talk over each other again and again are worth watching',
      { signals: { talk_over: { count: 3, at: ago(1) } } },
      'watch',
      'talk_over',
    ],
    [
      'talking over each other once is nothing',
      { signals: { talk_over: { count: 1, at: ago(1) } } },
      'calm',
      'talk_over',
    ],
    [
      'a person who did not take the call is worth watching',
      { signals: { failed_transfer: { count: 1, to: 'Lee', at: ago(1) } } },
      'watch',
      'failed_transfer',
    ],
    [
      'two who did not take the call need somebody',
      { signals: { failed_transfer: { count: 2, to: 'Kim', at: ago(1) } } },
      'act',
      'failed_transfer',
    ],
    [
      'a failed tool is worth watching',
      { signals: { failed_tool: { name: 'Booking', at: ago(1) } } },
      'watch',
      'failed_tool',
    ],
    [
      'the same question four times is worth watching',
      { signals: { repeated_question: { count: 3, at: ago(1) } } },
      'watch',
      'repeated_question',
    ],
    [
      'a missed notice alone is calm, and said',
      { signals: { compliance_missed: { what: 'No recording notice', at: ago(30) } } },
      'calm',
      'compliance_missed',
    ],
    ['a very low QA score is worth watching', { qa_score: 0.15 }, 'watch', 'qa_low'],
    ['a QA score at the limit is no reason', { qa_score: 0.6 }, 'calm', undefined],
    [
      'a bad mood is worth watching',
      { sentiment_score: 0.05, signals: { negative_since: ago(5) } },
      'watch',
      'mood_negative',
    ],
    [
      'a bad mood that lasts and falls, with a low score, needs somebody',
      {
        sentiment_score: 0,
        mood: [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0],
        mood_at: ago(0),
        qa_score: 0.1,
        signals: { negative_since: ago(180) },
      },
      'act',
      'mood_negative',
    ],
    [
      'a call that tells nothing any more is worth watching, and is not called silent',
      { updated_at: ago(180), last_line: { id: 1, speaker: 'ai', text: 'Yes', at: ago(180) } },
      'watch',
      'stale_stream',
    ],
    [
      'a call that tells something without a word is silent, not lost',
      { updated_at: ago(5), last_line: { id: 1, speaker: 'ai', text: 'Yes', at: ago(180) } },
      'act',
      'silence',
    ],
    [
      'an inbound call that nobody answers needs somebody after a minute and a bit',
      { status: 'ringing', direction: 'inbound', started_at: ago(70) },
      'act',
      'ringing',
    ],
    [
      'a call of ours may ring for longer',
      { status: 'ringing', direction: 'outbound', started_at: ago(40) },
      'calm',
      undefined,
    ],
    [
      'a call much longer than its kind says so',
      { started_at: ago(420), metadata: { usual_seconds: 180 } },
      'calm',
      'long_call',
    ],
    [
      'a call as long as its kind is long says nothing',
      { started_at: ago(1200), metadata: { usual_seconds: 900 } },
      'calm',
      undefined,
    ],
    [
      'a call for twenty minutes more than usual is worth watching',
      { started_at: ago(600 + 1200) },
      'watch',
      'long_call',
    ],
    [
      'a pause that ends by itself is meant',
      {
        ai_paused: true,
        pause: { by: { id: 'u', name: 'Dana' }, at: ago(50), until: ago(-40), command_id: 'c' },
        signals: { paused_since: ago(50) },
      },
      'calm',
      'ai_paused',
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

  test('a worry that fades leaves Act now once, and does not come back by itself', () => {
    const signals = { asked_for_human: { count: 3, at: ago(0) } }
    let level: Call['attention'] | undefined
    const seen: string[] = []
    for (let second = 0; second <= 600; second += 1) {
      const at = now + second * 1000
      const talking = { id: 1, speaker: 'ai' as const, text: 'Yes', at: new Date(at).toISOString() }
      level = attention(call({ signals, last_line: talking }), at, level?.level)
      if (seen.at(-1) !== level.level) seen.push(level.level)
    }
    expect(seen).toEqual(['act', 'watch', 'calm'])
  })

  test('a score that trembles on an edge changes the level once', () => {
    let level: 'calm' | 'watch' | 'act' = 'calm'
    let changes = 0
    for (const score of [66, 69, 71, 68, 72, 61, 69, 63, 70, 60, 69]) {
      const next = attentionLevel(score, level)
      if (next !== level) changes += 1
      level = next
    }
    expect([level, changes]).toEqual(['act', 2])
  })
})

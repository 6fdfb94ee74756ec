// A company's calls drawn at random: live, ended, changed after their end, around the nights in which clocks are changed.
import { sentimentLabel } from '#contract/call-rules.ts'
import type { TelephonyEvent } from '#contract/telephony.ts'
import { callEnded, callStarted } from '#tests/support/facts.ts'

/** A small generator with a seed (mulberry32): the same seed gives the same calls. */
export function createDraw(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    chance: (share: number) => next() < share,
    whole: (below: number) => Math.floor(next() * below),
    score: () => Math.round(next() * 100) / 100,
    of: <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T,
  }
}
export type Draw = ReturnType<typeof createDraw>

/** Nights with a change of clocks in Chicago, Berlin, Havana, Santiago or on Lord Howe, and quiet ones. */
const nights = [
  '2026-03-08T07:00:00Z',
  '2026-03-29T00:30:00Z',
  '2026-04-04T15:00:00Z',
  '2026-04-05T03:00:00Z',
  '2026-09-06T03:30:00Z',
  '2026-10-25T00:30:00Z',
  '2026-11-01T06:30:00Z',
  '2026-11-11T18:20:00Z',
].map((text) => Date.parse(text))

const issues = [
  'Long silence',
  'Long silence (3 times)',
  'No greeting',
  'Rude, "really"',
  'No recording notice',
]
const iso = (at: number) => new Date(at).toISOString()

const qaReport = (draw: Draw) => ({
  overall_score: draw.score(),
  ...(draw.chance(0.7) ? { compliance_score: draw.score(), accuracy_score: draw.score() } : {}),
  flagged_issues: draw.chance(0.5) ? [draw.of(issues), draw.of(issues)] : [],
  compliance_issues: draw.chance(0.3) ? [draw.of(issues)] : [],
})

/** All that a platform says of one call, in its order; the last part may come any time later. */
export function drawCall(draw: Draw, id: string, businesses: readonly string[]) {
  // Starts on a whole second, a quarter or the millisecond before one.
  const loose = draw.of(nights) + (draw.whole(96) - 48) * 1_800_000 + draw.whole(1_800_000)
  const quarter = Math.floor(loose / 900_000) * 900_000
  const start = draw.of([loose, Math.floor(loose / 1000) * 1000, quarter, quarter - 1])
  const facts: TelephonyEvent[] = [
    callStarted(id, {
      started_at: iso(start),
      direction: draw.of(['inbound', 'inbound', 'outbound']),
      ...(draw.chance(0.9) ? { business_id: draw.of(businesses) } : {}),
      ...(draw.chance(0.8) ? { answered_by: draw.of(['ai', 'ai', 'human', 'none'] as const) } : {}),
      ...(draw.chance(0.2) ? { assigned_agent_id: draw.of(['agent-wen', 'agent-marta']) } : {}),
    }),
  ]
  const at = (seconds: number) => iso(start + seconds * 1000)
  const score = draw.score()
  if (draw.chance(0.8))
    facts.push({
      event: 'sentiment.changed',
      data: { call_id: id, sentiment: { score, label: sentimentLabel(score) }, at: at(5) },
    })
  if (draw.chance(0.8))
    facts.push({ event: 'qa.score.updated', data: { call_id: id, qa_score: qaReport(draw), at: at(6) } })
  for (let round = 0; round < (draw.chance(0.35) ? 1 + draw.whole(3) : 0); round++) {
    facts.push({
      event: 'escalation.triggered',
      data: {
        call_id: id,
        escalation: { trigger_type: draw.of(['keyword', 'sentiment', 'platform']) },
        at: at(10 + round * 40),
      },
    })
    if (draw.chance(0.5))
      facts.push({
        event: 'escalation.updated',
        data: { call_id: id, escalation: { status: 'in_progress' }, at: at(15 + round * 40) },
      })
    if (draw.chance(0.7))
      facts.push({
        event: 'escalation.updated',
        data: {
          call_id: id,
          escalation: { status: draw.of(['completed', 'cancelled'] as const) },
          at: at(20 + round * 40 + draw.whole(20)),
        },
      })
  }
  if (draw.chance(0.85))
    facts.push(
      callEnded(id, {
        status: draw.of(['completed', 'completed', 'failed']),
        ended_at: at(120 + draw.whole(2400)),
        missed: draw.chance(0.1),
      }),
    )
  const late: TelephonyEvent[] = []
  if (draw.chance(0.3))
    late.push({ event: 'qa.score.updated', data: { call_id: id, qa_score: qaReport(draw) } })
  if (draw.chance(0.2))
    late.push({
      event: 'call.updated',
      data: {
        call: {
          id,
          started_at: iso(start - draw.whole(7_200_000)),
          business_id: draw.of(businesses),
          answered_by: draw.of(['ai', 'human'] as const),
        },
      },
    })
  if (draw.chance(0.2)) late.push(callEnded(id, { ended_at: at(5000) }))
  return { facts, late }
}

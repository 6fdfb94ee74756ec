// Who needs me now: one pure function, run by the server, and by the console on a backend that does not send attention.
import type { Attention, AttentionLevel, Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'

/** Enter `act` at 70 and leave it at 60; enter `watch` at 35 and leave it at 25: what hovers on an edge does not flicker. */
export const attentionThresholds = {
  act: { enter: 70, leave: 60 },
  watch: { enter: 35, leave: 25 },
} as const

/** Reasons that last: a screen counts up from `since` beside their words, so that the time shown is never old. */
export const timedReasons: ReadonlySet<string> = new Set([
  'mood_negative',
  'escalation_waiting',
  'ai_paused',
  'silence',
  'long_call',
])

interface Signal {
  code: string
  points: number
  text: string
  since: string
}

const secondsSince = (instant: string, now: number) => Math.max(0, (now - Date.parse(instant)) / 1000)

/** Halves every `halfLife` seconds, so that what was long ago weighs little. */
const decayed = (points: number, ageSeconds: number, halfLife: number) =>
  points * 0.5 ** (ageSeconds / halfLife)

function moodSignals(call: Call, now: number): Signal[] {
  const found: Signal[] = []
  const score = call.sentiment_score
  const since = call.signals?.negative_since
  if (score !== undefined && since !== undefined) {
    const lasting = secondsSince(since, now)
    const depth = Math.max(0, (0.4 - score) / 0.4)
    found.push({
      code: 'mood_negative',
      points: 10 + 32 * depth + Math.min(12, lasting / 10),
      text: 'Mood negative',
      since,
    })
  }
  const known = (call.mood ?? []).filter((value) => value !== null)
  const recent = known.at(-1)
  const earlier = known.at(-10)
  if (recent !== undefined && earlier !== undefined && earlier - recent > 0.2)
    found.push({
      code: 'mood_falling',
      points: Math.min(20, (earlier - recent) * 45),
      text: 'Mood falling',
      since: call.mood_at ?? call.updated_at,
    })
  return found
}

function eventSignals(call: Call, now: number): Signal[] {
  const found: Signal[] = []
  const { asked_for_human, repeated_question, failed_tool, keyword, compliance_missed } = call.signals ?? {}
  if (asked_for_human) {
    const times =
      asked_for_human.count === 1
        ? ''
        : asked_for_human.count === 2
          ? ' twice'
          : ` ${asked_for_human.count} times`
    found.push({
      code: 'asked_for_human',
      points: decayed(
        Math.min(75, 30 + 20 * asked_for_human.count),
        secondsSince(asked_for_human.at, now),
        180,
      ),
      text: `Asked for a person${times}`,
      since: asked_for_human.at,
    })
  }
  if (keyword)
    found.push({
      code: 'keyword',
      points: decayed(60, secondsSince(keyword.at, now), 240),
      text: `Said “${keyword.word}”`,
      since: keyword.at,
    })
  if (repeated_question)
    found.push({
      code: 'repeated_question',
      points: decayed(
        Math.min(45, 15 + 10 * repeated_question.count),
        secondsSince(repeated_question.at, now),
        120,
      ),
      text: `Said the same thing ${repeated_question.count + 1} times`,
      since: repeated_question.at,
    })
  if (failed_tool)
    found.push({
      code: 'failed_tool',
      points: decayed(38, secondsSince(failed_tool.at, now), 90),
      text: `${failed_tool.name} failed`,
      since: failed_tool.at,
    })
  if (compliance_missed)
    found.push({
      code: 'compliance_missed',
      points: 30,
      text: compliance_missed.what,
      since: compliance_missed.at,
    })
  return found
}

function stateSignals(call: Call, now: number): Signal[] {
  const found: Signal[] = []
  const waiting = call.signals?.escalated_since
  if (call.escalation_status === 'pending' && waiting !== undefined) {
    const seconds = secondsSince(waiting, now)
    found.push({
      code: 'escalation_waiting',
      points: 50 + Math.min(45, seconds / 2),
      text: 'Waiting for a person',
      since: waiting,
    })
  }
  const paused = call.signals?.paused_since
  if (call.ai_paused && paused !== undefined) {
    const seconds = secondsSince(paused, now)
    found.push({
      code: 'ai_paused',
      points: Math.min(80, 35 + seconds),
      text: 'AI paused',
      since: paused,
    })
  }
  if (call.status === 'in_progress' && call.last_line) {
    const seconds = secondsSince(call.last_line.at, now)
    // A system line last means hold music or a tool at work: that may take longer before it worries anybody.
    const usual = call.last_line.speaker === 'system' ? 60 : 15
    if (seconds >= usual && !call.ai_paused)
      found.push({
        code: 'silence',
        points: Math.min(70, 15 + (seconds - usual) * 1.2),
        text: 'Silence',
        since: call.last_line.at,
      })
  }
  if (call.qa_score !== undefined && call.qa_score < 0.6)
    found.push({
      code: 'qa_low',
      points: 12 + (0.6 - call.qa_score) * 60,
      text: `QA at ${Math.round(call.qa_score * 100)}`,
      since: call.updated_at,
    })
  const seconds = secondsSince(call.started_at, now)
  if (seconds > 600)
    found.push({
      code: 'long_call',
      points: Math.min(40, 20 + (seconds - 600) / 60),
      text: 'On the line',
      since: call.started_at,
    })
  return found
}

/**
 * Scores a live call at `now` (epoch ms). The worst signal counts whole, each further one a third, and a call that a
 * person already handles counts half. `before` is the level the call had: it gives the hysteresis.
 */
export function attention(call: Call, now: number, before: AttentionLevel = 'calm'): Attention {
  if (!isLive(call.status)) return { score: 0, level: 'calm', reasons: [] }
  const signals = [...moodSignals(call, now), ...eventSignals(call, now), ...stateSignals(call, now)]
    .filter((signal) => signal.points >= 5)
    .sort((a, b) => b.points - a.points || a.code.localeCompare(b.code))
  const [worst, ...others] = signals
  const sum = (worst?.points ?? 0) + others.reduce((total, signal) => total + signal.points / 3, 0)
  const handled = call.escalation_status === 'in_progress' ? 0.5 : 1
  const score = Math.round(Math.min(100, sum * handled))
  return {
    score,
    level: attentionLevel(score, before),
    reasons: signals.slice(0, 3).map(({ code, text, since }) => ({ code, text, since })),
  }
}

/** The level of a score, given the level it had before. */
export function attentionLevel(score: number, before: AttentionLevel): AttentionLevel {
  const { act, watch } = attentionThresholds
  if (score >= (before === 'act' ? act.leave : act.enter)) return 'act'
  if (score >= (before === 'calm' ? watch.enter : watch.leave)) return 'watch'
  return 'calm'
}

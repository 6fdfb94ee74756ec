// Who needs me now: one pure function, run by the server, and by the console on a backend that does not send attention.
import type { Attention, AttentionLevel, Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'

/** Enter `act` at 70 and leave it at 60; enter `watch` at 35 and leave it at 25: what hovers on an edge does not flicker. */
export const attentionThresholds = {
  act: { enter: 70, leave: 60 },
  watch: { enter: 35, leave: 25 },
} as const

interface Signal {
  code: string
  points: number
  text: string
  since: string
}

/** A call that told nothing for this long may be over without anybody having said so, seconds. */
const staleAfter = 120
/** A call is long from here on where its platform does not say how long its kind usually takes, seconds. */
const longAfter = { inbound: 600, outbound: 420 } as const

const secondsSince = (instant: string, now: number) => Math.max(0, (now - Date.parse(instant)) / 1000)

const times = (count: number) => (count === 1 ? '' : count === 2 ? ' twice' : ` ${count} times`)

/** Halves every `halfLife` seconds, so that what was long ago weighs little. */
const decayed = (points: number, ageSeconds: number, halfLife: number) =>
  points * 0.5 ** (ageSeconds / halfLife)

/** The newest known value of a mood line, and the tenth newest. */
function lastMoods(mood: readonly (number | null)[]): [number | undefined, number | undefined] {
  let recent: number | undefined
  for (let index = mood.length - 1, known = 0; index >= 0; index--) {
    const value = mood[index] ?? null
    if (value === null) continue
    known++
    if (known === 1) recent = value
    if (known === 10) return [recent, value]
  }
  return [recent, undefined]
}

function moodSignals(call: Call, now: number): Signal[] {
  const found: Signal[] = []
  // A backend that tells the label alone: as bad as the middle of what is called negative, since the call last changed.
  const isNegative = call.sentiment === 'negative'
  const score = call.sentiment_score ?? (isNegative ? 0.2 : undefined)
  const since = call.signals?.negative_since ?? (isNegative ? call.updated_at : undefined)
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
  const [recent, earlier] = lastMoods(call.mood ?? [])
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
  const { asked_for_human, repeated_question, talk_over, keyword, compliance_missed } = call.signals ?? {}
  if (asked_for_human)
    found.push({
      code: 'asked_for_human',
      points: decayed(
        Math.min(75, 30 + 20 * asked_for_human.count),
        secondsSince(asked_for_human.at, now),
        180,
      ),
      text: `Asked for a person${times(asked_for_human.count)}`,
      since: asked_for_human.at,
    })
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
  if (talk_over)
    found.push({
      code: 'talk_over',
      points: decayed(Math.min(45, 10 + 10 * talk_over.count), secondsSince(talk_over.at, now), 60),
      text: `Talked over each other${times(talk_over.count)}`,
      since: talk_over.at,
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

function failureSignals(call: Call, now: number): Signal[] {
  const found: Signal[] = []
  const { failed_tool, failed_transfer } = call.signals ?? {}
  if (failed_tool)
    found.push({
      code: 'failed_tool',
      points: decayed(38, secondsSince(failed_tool.at, now), 90),
      text: `${failed_tool.name} failed`,
      since: failed_tool.at,
    })
  if (failed_transfer) {
    const { count, to, at } = failed_transfer
    found.push({
      code: 'failed_transfer',
      points: decayed(Math.min(85, 45 + 15 * count), secondsSince(at, now), 120),
      text:
        count === 1
          ? `${to ?? 'The person asked'} could not take the call`
          : `${count} people could not take the call`,
      since: at,
    })
  }
  return found
}

/** The last instant at which the call told anything at all. */
function lastSign({ updated_at, last_line }: Call): string {
  return last_line && last_line.at > updated_at ? last_line.at : updated_at
}

/** What is not there: no word, no sign of life, nobody who answers. */
function quietSignals(call: Call, now: number): Signal[] {
  if (call.status === 'ringing' || call.status === 'initiated') {
    const seconds = secondsSince(call.started_at, now)
    const isInbound = call.direction === 'inbound'
    if (seconds < (isInbound ? 20 : 45)) return []
    const points = isInbound ? Math.min(75, 20 + (seconds - 20) * 1.2) : Math.min(45, 15 + (seconds - 45) / 2)
    return [{ code: 'ringing', points, text: 'Ringing', since: call.started_at }]
  }
  if (call.status !== 'in_progress' || call.ai_paused) return []
  const sign = lastSign(call)
  const unheard = secondsSince(sign, now)
  if (unheard >= staleAfter) {
    const points = Math.max(45, decayed(70, unheard - staleAfter, 240))
    return [{ code: 'stale_stream', points, text: 'No sign of life', since: sign }]
  }
  if (!call.last_line) return []
  const seconds = secondsSince(call.last_line.at, now)
  // A system line last means hold music or a tool at work: that may take longer before it worries anybody.
  const usual = call.last_line.speaker === 'system' ? 60 : 15
  if (seconds < usual) return []
  const points = Math.min(70, 15 + (seconds - usual) * 1.2)
  return [{ code: 'silence', points, text: 'Silence', since: call.last_line.at }]
}

/** When a call of this kind is much longer than usual, seconds; platforms may say what is usual in `usual_seconds`. */
function longFrom({ metadata, direction }: Call): number {
  const usual = metadata.usual_seconds
  return typeof usual === 'number' && usual > 0 ? usual * 2 : longAfter[direction]
}

function stateSignals(call: Call, now: number): Signal[] {
  const found: Signal[] = []
  const waiting = call.signals?.escalated_since ?? call.updated_at
  if (call.escalation_status === 'pending') {
    const seconds = secondsSince(waiting, now)
    found.push({
      code: 'escalation_waiting',
      points: 50 + Math.min(45, seconds / 2),
      text: 'Waiting for a person',
      since: waiting,
    })
  }
  const paused = call.signals?.paused_since ?? call.updated_at
  if (call.ai_paused) {
    const seconds = secondsSince(paused, now)
    // A pause that ends by itself is meant: it worries only when it is over and nobody goes on.
    const isMeant = call.pause?.until !== undefined && now < Date.parse(call.pause.until)
    found.push({
      code: 'ai_paused',
      points: isMeant ? 20 : Math.min(80, 35 + seconds),
      text: 'AI paused',
      since: paused,
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
  const long = longFrom(call)
  if (seconds > long)
    found.push({
      code: 'long_call',
      points: Math.min(40, 20 + (seconds - long) / 60),
      text: 'On the line',
      since: call.started_at,
    })
  return found
}

const finders = [moodSignals, eventSignals, failureSignals, quietSignals, stateSignals] as const

/**
 * Scores a live call at `now` (epoch ms). The worst signal counts whole, each further one a third, and a call that a
 * person already handles counts half. `before` is the level the call had: it gives the hysteresis.
 */
export function attention(call: Call, now: number, before: AttentionLevel = 'calm'): Attention {
  if (!isLive(call.status)) return { score: 0, level: 'calm', reasons: [] }
  const signals: Signal[] = []
  // Each by itself: this is asked of every live call every second, and most calls have none.
  for (const find of finders)
    for (const signal of find(call, now)) if (signal.points >= 5) signals.push(signal)
  if (signals.length === 0) return { score: 0, level: attentionLevel(0, before), reasons: [] }
  signals.sort((a, b) => b.points - a.points || a.code.localeCompare(b.code))
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

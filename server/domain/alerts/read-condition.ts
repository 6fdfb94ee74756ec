// Whether a rule's condition is true of a call at an instant, since when, and in which words. Pure.
import { moodNumber, spanWords } from '#contract/alert-words.ts'
import type { Attention, Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { AlertSignals, WatchedRule } from '#server/domain/alerts/alert-signals.ts'

export interface Reading {
  holds: boolean
  /** Since when it has been true, epoch ms, where the signals tell. */
  since: number | null
  /** The same as far as it can be guessed from the call, for whoever has not watched it from the beginning. */
  atLeastSince?: number
  /** When it may become true without further news, epoch ms; infinite when only news can change it. */
  due: number
  reason: string
  lineId?: number | undefined
}

const never = Number.POSITIVE_INFINITY
const untrue: Reading = { holds: false, since: null, due: never, reason: '' }

/** True from `from` on (epoch ms), and looked at again then. */
function fromThen(from: number, now: number, reason: string, lineId?: number): Reading {
  if (now < from) return { ...untrue, due: from }
  return { holds: true, since: from, due: never, reason, lineId }
}

const moodStepMs = 5000

/** The beginning of the low stretch at the end of the call's mood line. */
function lowSince({ mood, mood_at }: Call, below: number): number | undefined {
  if (!mood || !mood_at) return undefined
  let steps = 0
  for (let index = mood.length - 1; index >= 0; index--) {
    const value = mood[index]
    if (value === null || value === undefined || value >= below) break
    steps += 1
  }
  return steps === 0 ? undefined : Date.parse(mood_at) - (steps - 1) * moodStepMs
}

const levels: Record<Attention['level'], number> = { calm: 0, watch: 1, act: 2 }

/**
 * Reads the condition. `isOpen`: the rule has an open alert on the call, so a score has to recover by the rule's hysteresis
 * before it counts as gone. `now` in epoch ms.
 */
export function readCondition(
  rule: WatchedRule,
  signals: AlertSignals,
  isOpen: boolean,
  now: number,
): Reading {
  const { condition } = rule
  const { call, heard } = signals
  if (!isLive(call.status)) return untrue
  if (rule.business_id !== null && rule.business_id !== call.business_id) return untrue
  const slack = isOpen ? rule.hysteresis : 0
  switch (condition.type) {
    case 'sentiment_below': {
      const score = call.sentiment_score
      const below = condition.score + slack
      if (score === undefined || score >= below) return untrue
      const reading: Reading = {
        holds: true,
        since: null,
        due: never,
        reason: `Mood ${moodNumber(score)}, below ${moodNumber(condition.score)}`,
        lineId: call.last_line?.speaker === 'customer' ? call.last_line.id : undefined,
      }
      const low = lowSince(call, below)
      if (low !== undefined) reading.atLeastSince = Math.min(low, now)
      return reading
    }
    case 'silence': {
      if (call.status !== 'in_progress' || !call.last_line || call.ai_paused) return untrue
      const spoke = Date.parse(call.last_line.at)
      const words = `Nobody has spoken for ${spanWords(condition.seconds)}`
      return fromThen(spoke + condition.seconds * 1000, now, words, call.last_line.id)
    }
    case 'duration': {
      const words = `On the line for more than ${spanWords(condition.seconds)}`
      return fromThen(Date.parse(call.started_at) + condition.seconds * 1000, now, words)
    }
    case 'keyword':
      if (!heard) return untrue
      return fromThen(Math.min(Date.parse(heard.at), now), now, `Said “${heard.word}”`, heard.line_id)
    case 'not_said': {
      if (heard || (call.status !== 'in_progress' && call.status !== 'escalated')) return untrue
      const span = condition.within_minutes * 60
      const words = `“${condition.phrases[0]}” not said within ${spanWords(span)}`
      return fromThen(Date.parse(call.started_at) + span * 1000, now, words)
    }
    case 'escalation_waiting': {
      const asked = call.signals?.escalated_since
      if (call.escalation_status !== 'pending' || asked === undefined) return untrue
      const words = `Waiting for a person for more than ${spanWords(condition.seconds)}`
      return fromThen(Date.parse(asked) + condition.seconds * 1000, now, words)
    }
    case 'qa_below': {
      const score = call.qa_score
      if (score === undefined || score >= condition.score + slack) return untrue
      const words = `QA at ${Math.round(score * 100)}, below ${Math.round(condition.score * 100)}`
      return { holds: true, since: null, due: never, reason: words }
    }
    case 'failed_command': {
      const act = call.last_act
      if (!act || (act.state !== 'refused' && act.state !== 'unknown')) return untrue
      const what = actWords[act.action] ?? 'A command'
      const words = act.state === 'refused' ? `${what} was refused` : `${what} got no answer`
      return fromThen(Math.min(Date.parse(act.updated_at), now), now, words)
    }
    case 'attention': {
      const { attention } = call
      if (!attention || levels[attention.level] < levels[condition.level]) return untrue
      const name = attention.level === 'act' ? 'Act now' : 'Watch'
      const why = attention.reasons[0]?.text
      return { holds: true, since: null, due: never, reason: why ? `${name}: ${why}` : name }
    }
  }
}

const actWords: Record<string, string> = {
  send_message: 'A message to the AI',
  pause: 'Pausing the AI',
  resume: 'Resuming the AI',
  override_instructions: 'An override',
  transfer: 'A transfer',
  end: 'Ending the call',
  dial: 'Dialling',
}

// What a rule looks at of one call, and what is heard on it line by line. Pure.
import type { AlertCondition, AlertRule } from '#contract/alert.ts'
import type { Call, Speaker } from '#contract/call.ts'
import { SpokenText, saidWord } from '#server/domain/escalation-triggers.ts'

/** A line in which words of a rule were said. */
export interface Heard {
  line_id: number
  word: string
  /** ISO 8601. */
  at: string
}

export interface AlertSignals {
  call: Call
  /** The newest line in which this rule's words were said; rules without words have none. */
  heard?: Heard | undefined
}

/** The part of a rule that decides; its name and who is told do not. */
export type WatchedRule = Pick<AlertRule, 'condition' | 'min_duration_s' | 'hysteresis' | 'business_id'>

/** True when the rule listens to what is said. */
export function listens({ type }: AlertCondition): boolean {
  return type === 'keyword' || type === 'not_said'
}

export interface SpokenLine {
  id: number
  speaker: Speaker
  text: string
  at: string
}

/** In most lines none of the words is said. */
const hardlyEver: ReadonlyMap<string, Heard> = new Map()

/**
 * What each rule hears in the line, by the rule's id; words and phrases match whole words in any case. The text is looked
 * through once for all rules.
 */
export function hear(
  rules: readonly Pick<AlertRule, 'id' | 'condition'>[],
  line: SpokenLine,
): ReadonlyMap<string, Heard> {
  let found = hardlyEver
  let text: SpokenText | undefined
  for (const { id, condition } of rules) {
    if (condition.type !== 'keyword' && condition.type !== 'not_said') continue
    if (condition.by === 'anyone' ? line.speaker === 'system' : condition.by !== line.speaker) continue
    text ??= new SpokenText(line.text)
    const word = saidWord(condition.type === 'keyword' ? condition.words : condition.phrases, text)
    if (word !== undefined) found = new Map(found).set(id, { line_id: line.id, word, at: line.at })
  }
  return found
}

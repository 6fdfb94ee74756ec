// When the business's own rules ask for a human: the first trigger of its configuration that the call meets.
import type { BusinessConfigData, EscalationTrigger } from '#contract/business.ts'

export interface TriggerFacts {
  /** The customer's line, null when the fact is no line of the customer. */
  text: string | null
  /** The call's mood, 0–1; null before it is known. */
  mood: number | null
  /** How often the customer asked for a person on this call. */
  askedForHuman: number
  /** The call's QA score, 0–1; null before it is known. */
  qaScore: number | null
}

export interface FiredTrigger {
  type: string
  details: Record<string, unknown>
}

/** Used where the configuration names no threshold. */
const defaultThreshold = { sentiment: 0.25, asked_for_human: 1, low_qa_score: 0.4 } as const

/** Scripts written without spaces, where a keyword may stand anywhere. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u

/** Words joined by single spaces with one at each end, so that whole words can be searched for as text. */
export function asWords(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()} `
}

/** Lists of keywords as they are looked for; they are as old as the rules they belong to, and there is a line every moment. */
const soughtOf = new WeakMap<readonly string[], readonly string[]>()

function sought(keywords: readonly string[]): readonly string[] {
  let list = soughtOf.get(keywords)
  if (!list) {
    list = keywords.map((keyword) => {
      const words = asWords(keyword)
      return unspaced.test(words) || words.trim() === '' ? words.trim() : words
    })
    soughtOf.set(keywords, list)
  }
  return list
}

/** The first of the keywords that is said in a text prepared by `asWords`. */
export function saidWord(keywords: readonly string[] | undefined, words: string): string | undefined {
  if (!keywords) return undefined
  const found = sought(keywords).findIndex((word) => word !== '' && words.includes(word))
  return keywords[found]
}

function fires(trigger: EscalationTrigger, facts: TriggerFacts, words: () => string): FiredTrigger | null {
  switch (trigger.type) {
    case 'keyword': {
      const keyword = facts.text === null ? undefined : saidWord(trigger.keywords, words())
      return keyword === undefined ? null : { type: 'keyword', details: { keyword } }
    }
    case 'sentiment': {
      const threshold = trigger.threshold ?? defaultThreshold.sentiment
      if (facts.mood === null || facts.mood >= threshold) return null
      return { type: 'sentiment', details: { score: facts.mood, threshold } }
    }
    case 'asked_for_human': {
      const threshold = Math.max(1, trigger.threshold ?? defaultThreshold.asked_for_human)
      if (facts.askedForHuman < threshold) return null
      return { type: 'asked_for_human', details: { count: facts.askedForHuman } }
    }
    case 'low_qa_score': {
      const threshold = trigger.threshold ?? defaultThreshold.low_qa_score
      if (facts.qaScore === null || facts.qaScore >= threshold) return null
      return { type: 'low_qa_score', details: { score: facts.qaScore, threshold } }
    }
    default:
      return null
  }
}

/**
 * The first configured trigger that the facts meet, or null. Types this server does not know are passed over. Keywords
 * match whole words in any case, and anywhere in scripts written without spaces.
 */
export function firedTrigger(
  config: BusinessConfigData['escalation'],
  facts: TriggerFacts,
): FiredTrigger | null {
  if (!config.enabled) return null
  let folded: string | undefined
  const words = () => {
    folded ??= asWords(facts.text ?? '')
    return folded
  }
  for (const trigger of config.triggers) {
    const fired = fires(trigger, facts, words)
    if (fired) return fired
  }
  return null
}

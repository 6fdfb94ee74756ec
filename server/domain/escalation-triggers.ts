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
function asWords(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()} `
}

/** Lists of keywords as they are looked for; they are as old as the rules they belong to, and there is a line every moment. */
const soughtOf = new WeakMap<readonly string[], readonly Sought[]>()

interface Sought {
  /** As it stands in a text prepared by `asWords`; empty where the keyword has no words. */
  words: string
  /** Its first word, which stands in any text that holds it, prepared or not. */
  first: string
}

function sought(keywords: readonly string[]): readonly Sought[] {
  let list = soughtOf.get(keywords)
  if (!list) {
    list = keywords.map((keyword) => {
      const words = asWords(keyword)
      const trimmed = words.trim()
      const first = trimmed.split(' ', 1)[0] ?? ''
      return { words: unspaced.test(words) || trimmed === '' ? trimmed : words, first }
    })
    soughtOf.set(keywords, list)
  }
  return list
}

/** A text that keywords are looked for in; it is prepared when one of them may be there. */
export class SpokenText {
  readonly #text: string
  #plain: string | null = null
  #words: string | null = null

  constructor(text: string) {
    this.#text = text
  }

  /** Whether the letters stand in it, in any case and across apostrophes. */
  mayHold(letters: string): boolean {
    this.#plain ??= this.#text.toLowerCase().replace(/['’]/g, '')
    return this.#plain.includes(letters)
  }

  /** By `asWords`. */
  get words(): string {
    this.#words ??= asWords(this.#text)
    return this.#words
  }
}

/** The first of the keywords that is said in the text. */
export function saidWord(keywords: readonly string[] | undefined, text: SpokenText): string | undefined {
  if (!keywords) return undefined
  const found = sought(keywords).findIndex(
    ({ words, first }) => words !== '' && text.mayHold(first) && text.words.includes(words),
  )
  return keywords[found]
}

function fires(
  trigger: EscalationTrigger,
  facts: TriggerFacts,
  text: SpokenText | null,
): FiredTrigger | null {
  switch (trigger.type) {
    case 'keyword': {
      const keyword = text === null ? undefined : saidWord(trigger.keywords, text)
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
  const text = facts.text === null ? null : new SpokenText(facts.text)
  for (const trigger of config.triggers) {
    const fired = fires(trigger, facts, text)
    if (fired) return fired
  }
  return null
}

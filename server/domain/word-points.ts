// Points of a line's words, as wink-sentiment gives them: looked up word by word in plain text, asked of it for any other.
import winkSentiment from 'wink-sentiment'
import wordList from 'wink-sentiment/src/afinn-en-165.js'
import pairList from 'wink-sentiment/src/afinn-en-165-2grams.js'
import negations from 'wink-sentiment/src/negations.js'
import { tradeWords } from '#server/domain/service-phrases.ts'

/** What a word does; words that are not in the table do nothing. */
interface WordRole {
  points: number
  /** Points together with the word that follows. */
  pairs: ReadonlyMap<string, number> | null
  /** Turns the points of the next two words over. */
  negates: boolean
  /** Names the job and not the mood: its points do not count. */
  isTrade: boolean
}

const roles: ReadonlyMap<string, WordRole> = (() => {
  const found = new Map<string, WordRole>()
  for (const word of new Set([
    ...Object.keys(wordList),
    ...Object.keys(pairList),
    ...Object.keys(negations),
  ])) {
    const pairs = Object.hasOwn(pairList, word) ? pairList[word] : undefined
    found.set(word, {
      points: Object.hasOwn(wordList, word) ? (wordList[word] ?? 0) : 0,
      pairs: pairs ? new Map(Object.entries(pairs)) : null,
      negates: Object.hasOwn(negations, word),
      isTrade: tradeWords.has(word),
    })
  }
  return found
})()

/** No word is this long; the tokenizer takes time that grows with the square of a run without spaces. */
const longestRun = 50
const longRun = /(\S{50})\S+/g

/** Short forms are split by a list of the library; those that came before are remembered, the most usual ones soon. */
const shortForms = new Map<string, readonly string[]>()
const keptShortForms = 2000

function partsOf(word: string): readonly string[] {
  let parts = shortForms.get(word)
  if (!parts) {
    parts = (winkSentiment(word).tokenizedPhrase ?? []).map(({ value }) => value.toLowerCase())
    if (shortForms.size >= keptShortForms) shortForms.clear()
    shortForms.set(word, parts)
  }
  return parts
}

/** Of each character below 128: 1 part of a word, 2 a mark that stands by itself, 3 space; 0 asks for the library. */
const kinds = new Uint8Array(128)
for (let code = 65; code <= 90; code++) kinds[code] = kinds[code + 32] = 1
for (const mark of `,.?!-()[]{}"'/&%$+`) kinds[mark.charCodeAt(0)] = 2
for (const space of ' \t\n\r') kinds[space.charCodeAt(0)] = 3
const apostrophe = 39
const curlyApostrophe = 0x2019

/**
 * The tokens of a text without digits and without marks that could be a smile, an address or a sum of money, in lower case;
 * marks are empty. Null of any other text.
 */
function plainTokens(text: string): string[] | null {
  const tokens: string[] = []
  const low = text.toLowerCase()
  let run = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const kind = code < 128 ? kinds[code] : 0
    if (kind === 3) {
      run = 0
      continue
    }
    if (++run > longestRun) return null
    if (kind === 2 || code === curlyApostrophe) {
      tokens.push('')
      continue
    }
    if (kind !== 1) return null
    let end = at + 1
    let isShort = false
    for (; end < text.length; end++) {
      const next = text.charCodeAt(end)
      if (next === apostrophe) isShort = true
      else if (next >= 128 || kinds[next] !== 1) break
    }
    run += end - at - 1
    if (run > longestRun) return null
    if (isShort) tokens.push(...partsOf(text.slice(at, end)))
    else tokens.push(low.slice(at, end))
    at = end - 1
  }
  return tokens
}

const negates = (token: string | undefined) => token !== undefined && roles.get(token)?.negates === true

function pointsOf(tokens: readonly string[]): number {
  let points = 0
  for (let at = 0; at < tokens.length; at++) {
    const role = roles.get(tokens[at] as string)
    if (!role) continue
    const next = at + 1 < tokens.length ? role.pairs?.get(tokens[at + 1] as string) : undefined
    const found = next ?? role.points
    const first = at
    // The second word of a pair has had its say.
    if (next !== undefined) at++
    if (found === 0 || role.isTrade) continue
    points += negates(tokens[first - 1]) || negates(tokens[first - 2]) ? -found : found
  }
  return points
}

function pointsByLibrary(text: string): number {
  let points = 0
  // Names that every object of the language has are taken for words of the list there.
  for (const { value, score } of winkSentiment(text.replace(longRun, '$1 ')).tokenizedPhrase ?? [])
    if (typeof score === 'number' && !tradeWords.has(value.toLowerCase())) points += score
  return points
}

/**
 * The sum of the points of an English line's words, -5 to 5 each, turned over after a negation, without the words that only
 * name the job. Pure.
 */
export function wordPoints(text: string): number {
  const tokens = plainTokens(text)
  return tokens ? pointsOf(tokens) : pointsByLibrary(text)
}

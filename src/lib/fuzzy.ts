// How well typed words fit a text: what stands at the begin of a word before what stands inside it before what is only spelt by it.

const foreign = /[^ -~]/
const marks = /\p{M}/gu
const isWordPart = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char)

/** A text as it is compared: small letters without accents. */
export function plain(text: string): string {
  const small = text.toLowerCase()
  return foreign.test(small) ? small.normalize('NFD').replace(marks, '') : small
}

/** The words of what was typed, as they are compared. */
export const typedWords = (typed: string): string[] => plain(typed).split(/\s+/).filter(Boolean)

/** 0 when the word is not in the text, else up to 100. Both as `plain` gives them. */
export function wordFit(word: string, text: string): number {
  let best = 0
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0) return 100
    if (!isWordPart(text[at - 1])) return 90
    best = 60
  }
  return best === 0 && word.length >= 3 ? spelling(word, text) : best
}

/** The letters in their order, from the begin of a word and not scattered over the whole text. */
function spelling(word: string, text: string): number {
  const first = word[0] as string
  for (let start = text.indexOf(first); start >= 0; start = text.indexOf(first, start + 1)) {
    if (isWordPart(text[start - 1])) continue
    let at = start
    let found = 1
    while (found < word.length && at - start < word.length * 3) {
      at += 1
      if (at >= text.length) break
      if (text[at] === word[found]) found += 1
    }
    if (found === word.length) return Math.max(5, 40 - (at - start + 1 - word.length) * 2)
  }
  return 0
}

/** How well all words fit together: every word must be in one of the texts. 0 when one is in none. */
export function fit(words: readonly string[], texts: readonly string[]): number {
  let sum = 0
  for (const word of words) {
    let best = 0
    for (const text of texts) best = Math.max(best, wordFit(word, text))
    if (best === 0) return 0
    sum += best
  }
  return words.length === 0 ? 0 : sum / words.length
}

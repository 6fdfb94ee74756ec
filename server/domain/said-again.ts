// Whether a customer says almost the same thing again: word sets compared, so that order and filler do not matter.

import { ofLastLine } from '#server/domain/of-last-line.ts'

/** Courtesy and filler: two lines made of these alone are never "the same question". */
const filler = new Set(
  'a an the um uh hm oh ah well so and but just please yes yeah yep no nope nah ok okay sure right thank thanks you very much hi hello hey bye goodbye good great fine perfect day morning afternoon evening that this is it was to of for be will would i me my im its thats all help helpful youve been appreciate so have do am'.split(
    ' ',
  ),
)

const comparedChars = 600
const comparedWords = 40

/** The words of a line that carry its meaning: lower case, without filler, at most 40, each once. */
export const meaningWords = ofLastLine((text): readonly string[] => {
  const words =
    text
      .slice(0, comparedChars)
      .toLowerCase()
      .replace(/['’]/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  const kept = new Set<string>()
  for (const word of words) {
    if (!filler.has(word)) kept.add(word)
    if (kept.size === comparedWords) break
  }
  return [...kept]
})

/** The words as they are kept: there is no space in them. */
export const keptWords = (words: readonly string[]): string => words.join(' ')

/** True when a line's `meaningWords` and those of an earlier one, by `keptWords`, are almost the same. Fewer than three words never are: "on Thursday" may recur. */
export function isSaidAgain(words: readonly string[], earlier: string): boolean {
  const before = countOf(earlier)
  const [small, large] = words.length <= before ? [words.length, before] : [before, words.length]
  const least = small === 3 ? 0.75 : 0.65
  // All of the shorter would not be enough of the longer.
  if (small < 3 || small / large < least) return false
  const found = new Set(earlier.split(' '))
  let shared = 0
  for (const word of words) if (found.has(word)) shared++
  return shared / (small + large - shared) >= least
}

/** How many words such a text has. */
function countOf(kept: string): number {
  if (kept === '') return 0
  let count = 1
  for (let at = kept.indexOf(' '); at >= 0; at = kept.indexOf(' ', at + 1)) count++
  return count
}

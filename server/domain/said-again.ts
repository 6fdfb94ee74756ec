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

/** True when two sets of `meaningWords` are almost the same. Fewer than three words never are: "on Thursday" may recur. */
export function isSaidAgain(words: readonly string[], earlier: readonly string[]): boolean {
  const [small, large] = words.length <= earlier.length ? [words, earlier] : [earlier, words]
  if (small.length < 3) return false
  let shared = 0
  for (const word of small) if (large.includes(word)) shared++
  return shared / (small.length + large.length - shared) >= (small.length === 3 ? 0.75 : 0.65)
}

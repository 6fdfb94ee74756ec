// A line is searched only for phrases of which it holds a cue: that must change nothing.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { phrasePoints, servicePhrases } from '#server/domain/service-phrases.ts'

/** Every word that stands in a pattern, forms with apostrophes included, and words that stand in none. */
const vocabulary = [
  ...new Set(servicePhrases.flatMap(({ pattern }) => pattern.source.match(/[a-z0-9]+(?:'[a-z]+)?/g) ?? [])),
  ...[
    "that's",
    "that isn't",
    "you're",
    "can't",
    'scammers',
    'thankful',
    'furnace',
    'Tuesday',
    '1',
    '2nd',
    'naïve',
  ],
]
const gaps = [' ', ' ', ' ', ' ', ', ', '. ', '-', '', ' ... ', "'", ' ’', '_']
const line = fc
  .array(fc.tuple(fc.constantFrom(...vocabulary), fc.constantFrom(...gaps)), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.map(([word, gap]) => word + gap).join(''))

/** Searched for every phrase there is. */
function searched(text: string): number {
  const folded = text.toLowerCase().replaceAll('’', "'")
  let points = 0
  for (const phrase of servicePhrases) if (phrase.pattern.test(folded)) points += phrase.points
  return points
}

test('a line has the points of the phrases in it, whichever words it is made of', () => {
  fc.assert(
    fc.property(line, (text) => {
      expect(phrasePoints(text)).toBe(searched(text))
    }),
    { numRuns: 20_000 },
  )
})

/** Sentences of each pattern: one for each way through it, up to a few hundred. */
function spelled(source: string): string[] {
  let texts = ['']
  let at = 0
  const alternatives = (): string[] => {
    const outer = texts
    const found: string[] = []
    texts = ['']
    for (;;) {
      const letter = source[at]
      if (letter === undefined || letter === ')') {
        found.push(...texts)
        texts = outer
        return found
      }
      if (letter === '|') {
        found.push(...texts)
        texts = ['']
        at++
      } else append(piece())
    }
  }
  const append = (ways: string[]) => {
    texts = texts.flatMap((text) => ways.map((way) => text + way)).slice(0, 400)
  }
  const piece = (): string[] => {
    let ways: string[]
    if (source.startsWith('(?:', at)) {
      at += 3
      ways = alternatives()
      at++
    } else if (source[at] === '[') {
      const end = source.indexOf(']', at)
      ways = source.slice(at, end).includes(' ') || source.includes('\\s', at) ? [' '] : ['-']
      at = end + 1
    } else if (source[at] === '\\') {
      ways = source[at + 1] === 'w' ? ['s'] : ['']
      at += 2
    } else if (source[at] === '^') {
      ways = ['']
      at++
    } else ways = [source[at++] === '.' ? ' ' : (source[at - 1] as string)]
    const rest = /^(?:[?*+]|\{[\d,]+\})/.exec(source.slice(at))?.[0]
    if (rest === undefined) return ways
    at += rest.length
    return rest === '+' ? ways : ['', ...ways]
  }
  return alternatives()
}

test('every phrase is found in each way it can be said', () => {
  let said = 0
  for (const { pattern } of servicePhrases)
    for (const text of spelled(pattern.source)) {
      if (!pattern.test(text)) continue
      said++
      expect(phrasePoints(text)).toBe(searched(text))
      expect(phrasePoints(`Well ${text}, please`)).toBe(searched(`Well ${text}, please`))
    }
  expect(said).toBeGreaterThan(500)
})

// The library ships no types: these are the members the scorer reads.
declare module 'wink-sentiment' {
  interface Token {
    value: string
    tag: string
    /** Points of the word, -5 to 5, after negation; absent for neutral words. */
    score?: number
    negation?: boolean
    grouped?: number
  }
  interface Analysis {
    score: number
    normalizedScore: number
    /** Absent when the phrase holds no token. */
    tokenizedPhrase?: Token[]
  }
  export default function winkSentiment(phrase: string): Analysis
}

declare module 'wink-sentiment/src/afinn-en-165.js' {
  /** Points of each word, -5 to 5. */
  const points: Record<string, number>
  export default points
}

declare module 'wink-sentiment/src/afinn-en-165-2grams.js' {
  /** Points of two words together, by the first and the second. */
  const points: Record<string, Record<string, number>>
  export default points
}

declare module 'wink-sentiment/src/negations.js' {
  const words: Record<string, true>
  export default words
}

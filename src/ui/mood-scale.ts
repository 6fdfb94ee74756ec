// How a mood score (0–1) is put into words, signs and places: one scale for the grid, the transcript and the strip.

export type MoodStep = 'n2' | 'n1' | '0' | 'p1' | 'p2'

/** Score as people read it: −1.0 to +1.0, rounded to one decimal. */
export function signedMood(score: number): number {
  const value = Math.round((score - 0.5) * 20) / 10
  return value === 0 ? 0 : value
}

/** The step of the colour scale; warm is negative, cool is positive. */
export function moodStep(score: number): MoodStep {
  const value = signedMood(score)
  if (value <= -0.5) return 'n2'
  if (value < -0.1) return 'n1'
  if (value <= 0.1) return '0'
  return value < 0.5 ? 'p1' : 'p2'
}

/** The glyph beside the number. */
export function moodGlyph(score: number): '▼' | '◦' | '▲' {
  const step = moodStep(score)
  return step === '0' ? '◦' : step.startsWith('n') ? '▼' : '▲'
}

/** The mood as a word, for those who do not see the glyph. */
export function moodWord(score: number): string {
  return { n2: 'very negative', n1: 'negative', '0': 'neutral', p1: 'positive', p2: 'very positive' }[
    moodStep(score)
  ]
}

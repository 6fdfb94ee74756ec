// A mood as glyph and number; duller than any status, and never red or green.
import { formatMood } from '#src/lib/format.ts'
import { moodGlyph, moodStep, moodWord } from '#src/ui/mood-scale.ts'

/** Shows a score of 0–1 as `▼ −0.7`. */
export function Mood({ score }: { score: number }) {
  return (
    <span className={`mood mood-${moodStep(score)}`} title={`Mood ${formatMood(score)}, ${moodWord(score)}`}>
      <span aria-hidden="true">{moodGlyph(score)}</span>
      <span className="sr-only">{moodWord(score)} </span>
      {formatMood(score)}
    </span>
  )
}

// The mood along the script: one segment per row, so that it survives virtual rows of any height without measuring.
import { memo } from 'react'
import type { Spine } from '#src/features/transcript/transcript-items.ts'
import { Mood } from '#src/ui/mood.tsx'
import { moodStep } from '#src/ui/mood-scale.ts'

interface MoodSpineProps {
  spine: Spine
  /** The line carries a mood of its own: a dot and its number. */
  score: number | undefined
}

const zero = 24
/** Leaves room for the number at the right edge. */
const place = (score: number) => zero + (score - 0.5) * 40

/** One row's part of the spine. */
export const MoodSpine = memo(function MoodSpine({ spine, score }: MoodSpineProps) {
  if (!spine) return <div className="spine" />
  const [top, here, bottom] = spine.map(place) as [number, number, number]
  const step = moodStep(spine[1])
  const line = `M${top} 0C${top} 25 ${here} 30 ${here} 50S${bottom} 78 ${bottom} 100`
  return (
    <div className="spine">
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        <path
          className={`spine-area mood-fill-${here < zero ? 'n2' : 'p2'}`}
          d={`${line}L${zero} 100L${zero} 0Z`}
        />
        <path className="spine-zero" d={`M${zero} 0V100`} />
        <path className={`spine-line mood-stroke-${step}`} d={line} />
      </svg>
      {score !== undefined && (
        <>
          <i className={`spine-dot mood-dot-${step}`} style={{ left: `${here}%` }} />
          <span className="spine-mood">
            <Mood score={score} />
          </span>
        </>
      )}
    </div>
  )
})

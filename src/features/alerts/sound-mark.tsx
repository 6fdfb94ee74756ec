// Says on every page that cues are wanted and the browser keeps them silent: who trusts the sound must know that there is none.
import { pageCues } from '#src/features/alerts/cues.ts'
import './sound-mark.css'

/** Empty unless `isBlocked`. A press on it, as anywhere on the page, lets the cues sound. */
export function SoundMark({ isBlocked }: { isBlocked: boolean }) {
  return (
    <div role="status">
      {isBlocked && (
        <button
          type="button"
          className="alert-dock sound-mark"
          title="Sound is blocked by the browser. Press here, or anywhere, to let it sound."
          onClick={() => void pageCues().unlock()}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2.5 6.2h2.3L8 3.4v9.2L4.8 9.8H2.5zM10.6 6.2l3.4 3.6m0-3.6-3.4 3.6" />
          </svg>
          <span className="sr-only">Sound is blocked by the browser. Let it sound.</span>
          <span className="sound-mark-word" aria-hidden="true">
            Sound is blocked
          </span>
        </button>
      )}
    </div>
  )
}

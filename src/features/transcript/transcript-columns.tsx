// What stands over the script where it has a lane, and what stands there instead of lines.
import type { OpenCall } from '#src/live/live-state.ts'
import type { SpeakerFilter } from '#src/features/transcript/transcript-items.ts'

/** Names of the columns; each line says the same to a screen reader. */
export function TranscriptColumns() {
  return (
    <div className="transcript-columns" aria-hidden="true">
      <span>Line, time</span>
      <span>Speaker</span>
      <span>Words</span>
      <span className="transcript-scale">
        <i>▼ −1</i>
        <i>0</i>
        <i>+1 ▲</i>
      </span>
      <span className="transcript-lane-head">What people and rules did</span>
    </div>
  )
}

/** Why there is nothing to read. */
export function emptyWords(open: OpenCall, speaker: SpeakerFilter): string {
  if (open.total > 0 && open.lines.length === 0) return 'The words of this call are not kept any more.'
  return speaker === 'all' ? 'No conversation yet.' : 'No lines of this speaker.'
}

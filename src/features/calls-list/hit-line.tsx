// A line in which sought words were said: who, when in the call, in which mood, and the words marked. It leads to the line.
import { Fragment } from 'react'
import type { Call } from '#contract/call.ts'
import type { CallHit } from '#contract/call-endpoints.ts'
import { callAddress } from '#contract/call-link.ts'
import { plainClick } from '#src/features/calls-list/plain-click.ts'
import { speakerWords } from '#src/floor/call-words.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { Mood } from '#src/ui/mood.tsx'

interface HitLineProps {
  hit: CallHit
  call: Call
  /** In the tab order, as the lines of the current row are. */
  isReachable: boolean
  onOpen: (callId: string, lineId: number) => void
}

/** Characters that stand before the first mark, so that it is seen in a line that is cut off. */
const leadAtMost = 48

/** Where to begin so that the first mark is in sight: at a word. */
function startOf({ text, marks }: CallHit): number {
  const first = marks[0]?.[0] ?? 0
  if (first <= leadAtMost) return 0
  const space = text.indexOf(' ', first - leadAtMost)
  return space < 0 || space >= first ? first : space + 1
}

/** The text from `from` on with its marks; positions outside of the text mark nothing. */
function Words({ hit, from }: { hit: CallHit; from: number }) {
  const { text, marks } = hit
  let at = from
  const parts = marks.flatMap(([start, end]) => {
    if (start < at || end > text.length || end <= start) return []
    const before = text.slice(at, start)
    at = end
    return (
      <Fragment key={start}>
        {before}
        <mark>{text.slice(start, end)}</mark>
      </Fragment>
    )
  })
  return (
    <bdi>
      {from > 0 && '… '}
      {parts}
      {text.slice(at)}
    </bdi>
  )
}

/** A link to the line in its call. */
export function HitLine({ hit, call, isReachable, onOpen }: HitLineProps) {
  const { interaction_id: id, text, sentiment, at } = hit
  const into = Date.parse(at) - Date.parse(call.started_at)
  return (
    <a
      className="calls-hit"
      href={`${callAddress(call.id)}?line=${id}`}
      tabIndex={isReachable ? 0 : -1}
      title={text}
      data-interaction-id={id}
      onClick={(event) => plainClick(event, () => onOpen(call.id, id))}
    >
      <span className="t3">{formatDuration(into)}</span>
      {sentiment ? <Mood score={sentiment.score} /> : <span />}
      <em className="clip">{speakerWords({ id, speaker: hit.speaker, text, at }, call)}</em>
      <span className="clip">
        <Words hit={hit} from={startOf(hit)} />
      </span>
    </a>
  )
}

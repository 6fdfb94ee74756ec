// One line of the script: number, time, speaker, words, mood. The words are text and nothing else.
import { memo, useState } from 'react'
import type { CallInteraction } from '#contract/transcript.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { MoodSpine } from '#src/features/transcript/mood-spine.tsx'
import type { Spine } from '#src/features/transcript/transcript-items.ts'
import { Marked } from '#src/ui/marked.tsx'
import { StateMark } from '#src/ui/state-mark.tsx'

/** Who the speakers of this call are, as the script names them. */
export interface SpeakerNames {
  ai: string
  customer: string
  agent: string
}

interface LineProps {
  line: CallInteraction
  number: number
  spine: Spine
  names: SpeakerNames
  /** When the call started, epoch ms. */
  startedAt: number
  /** What is searched for; empty when nothing is. */
  search: string
  /** What the call's business watches for. */
  keywords: readonly string[]
  /** The current hit of the search, or the line a reason points at. */
  current: boolean
  /** The reader opens a folded line. */
  onUnfold: (lineId: number) => void
  /** The reader wants a link to the line. */
  onLink: (lineId: number) => void
  /** Plays the recording from here; absent without one. */
  onPlay?: ((lineId: number) => void) | undefined
  /** The recording speaks it at this moment. */
  spoken?: boolean
}

/** Longer lines are folded, so that one line cannot take the whole screen. */
const foldChars = 600
const noKeywords: readonly string[] = []

/** A spoken line, or a tool's line folded to one row. */
export const Line = memo(function Line(props: LineProps) {
  const { line, number, spine, names, startedAt, search, keywords, current, onUnfold, onLink } = props
  const { onPlay, spoken } = props
  const when = formatDuration(Date.parse(line.timestamp) - startedAt)
  const { speaker, text, metadata } = line
  const isTool = speaker === 'system'
  const failed = metadata['failed'] === true
  const mood = speaker === 'customer' ? line.sentiment?.score : undefined
  const name = isTool ? (metadata['tool'] ? 'Tool' : 'System') : names[speaker]
  const by = typeof metadata['command_id'] === 'string' && speaker === 'ai'
  return (
    <div
      className={`line line-${speaker}${current ? ' line-current' : ''}${spoken ? ' line-spoken' : ''}`}
      aria-current={spoken ? 'time' : undefined}
      data-interaction-id={line.id}
      data-speaker={line.speaker}
      data-line-number={number}
    >
      <span className="line-no">
        {/* By keyboard the link is copied by its key: hundreds of lines are no place to tab through. */}
        <button
          type="button"
          className="line-link"
          tabIndex={-1}
          aria-label={`Copy a link to line ${number}`}
          title="Copy a link to this line"
          onClick={() => onLink(line.id)}
        >
          {number}
        </button>
        {onPlay ? (
          <button
            type="button"
            className="line-play"
            tabIndex={-1}
            aria-label={`Play from line ${number}, ${when}`}
            title="Play the recording from here"
            onClick={() => onPlay(line.id)}
          >
            {when}
          </button>
        ) : (
          when
        )}
      </span>
      <span className="line-who clip" title={name}>
        {name}
      </span>
      <div className={`line-say${failed ? ' line-failed' : ''}`}>
        {failed && <StateMark meaning="attention" label="failed" />}
        {isTool && typeof metadata['tool'] === 'string' && <code className="mono">{metadata['tool']} </code>}
        <Words
          text={text}
          search={search}
          keywords={isTool ? noKeywords : keywords}
          tool={isTool}
          onUnfold={() => onUnfold(line.id)}
        />
        {metadata['late'] === true && <span className="line-flag">came after the end</span>}
        {by && <span className="line-flag">as a supervisor asked</span>}
      </div>
      <MoodSpine spine={spine} score={mood} />
    </div>
  )
})

interface WordsProps {
  text: string
  search: string
  keywords: readonly string[]
  tool: boolean
  onUnfold: () => void
}

function Words({ text, search, keywords, tool, onUnfold }: WordsProps) {
  const [unfolded, setUnfolded] = useState(false)
  const fold = tool ? 160 : foldChars
  const long = text.length > fold
  const hit = search.trim() !== '' && text.toLowerCase().includes(search.trim().toLowerCase())
  const shown = long && !unfolded && !hit ? `${[...text.slice(0, fold)].slice(0, -1).join('')}…` : text
  return (
    <>
      <span dir="auto" className="line-words">
        <Marked text={shown} words={search} keywords={keywords} title="A keyword of this business" />
      </span>
      {long && !hit && (
        <button
          type="button"
          className="link"
          aria-expanded={unfolded}
          onClick={() => {
            if (!unfolded) onUnfold()
            setUnfolded(!unfolded)
          }}
        >
          {unfolded ? 'show less' : `show all ${text.length.toLocaleString('en-US')} characters`}
        </button>
      )}
    </>
  )
}

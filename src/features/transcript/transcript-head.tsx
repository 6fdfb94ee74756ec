// The bar over the script: how long it is, whose lines are shown, and the search.
import { type RefObject, useId } from 'react'
import { formatCount } from '#src/lib/format.ts'
import type { SpeakerFilter } from '#src/features/transcript/transcript-items.ts'
import { useKeys } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { Key } from '#src/ui/key.tsx'

interface TranscriptHeadProps {
  total: number
  speaker: SpeakerFilter
  onSpeaker: (speaker: SpeakerFilter) => void
  search: string
  onSearch: (words: string) => void
  /** Hits in all, and which is shown, from 0. */
  hits: number
  hit: number
  onStep: (by: 1 | -1) => void
  following: boolean
  onFollow: () => void
  searchInput: RefObject<HTMLInputElement | null>
  /** False: earlier lines are not loaded, and so not searched. */
  searchesAll: boolean
  onSearchAll: () => void
  onFirstNegative: () => void
  /** What just happened or did not, in words. */
  said: string | null
}

const speakers: readonly { value: SpeakerFilter; name: string }[] = [
  { value: 'all', name: 'Everybody' },
  { value: 'customer', name: 'Caller' },
  { value: 'ai', name: 'AI' },
  { value: 'agent', name: 'People' },
  { value: 'system', name: 'Tools' },
]

/** Count, speaker, search. */
export function TranscriptHead(props: TranscriptHeadProps) {
  const { total, speaker, onSpeaker, search, onSearch, hits, hit, onStep, following, onFollow, searchInput } =
    props
  const { searchesAll, onSearchAll, onFirstNegative, said } = props
  const hitsId = useId()
  const { cap, shortcuts } = useKeys()
  return (
    <div className="transcript-head">
      <h3>
        Transcript <b>{formatCount(total)}</b>
      </h3>
      <select
        aria-label="Show lines of"
        value={speaker}
        onChange={(event) => onSpeaker(event.target.value as SpeakerFilter)}
      >
        {speakers.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="link-quiet"
        aria-pressed={following}
        aria-keyshortcuts={shortcuts('transcript.follow')}
        onClick={onFollow}
      >
        {following ? 'Following' : 'Follow'} <Key>{cap('transcript.follow')}</Key>
      </button>
      <button
        type="button"
        className="link-quiet"
        aria-keyshortcuts={shortcuts('transcript.first-negative')}
        aria-label="Go to the first negative line"
        title="Go to the first negative line"
        onClick={onFirstNegative}
      >
        First <span className="mood-n2">▼</span> <Key>{cap('transcript.first-negative')}</Key>
      </button>
      <div className="transcript-search" role="search">
        <input
          ref={searchInput}
          type="search"
          value={search}
          placeholder="Search"
          aria-label="Search the transcript"
          aria-describedby={hitsId}
          onChange={(event) => onSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            onStep(event.shiftKey ? -1 : 1)
          }}
        />
        {search.trim() !== '' && (
          <>
            <span id={hitsId}>{hits === 0 ? 'none' : `${hit + 1}/${hits}`}</span>
            <Button kind="quiet" aria-label="Previous hit" onClick={() => onStep(-1)} disabled={hits === 0}>
              ↑
            </Button>
            <Button kind="quiet" aria-label="Next hit" onClick={() => onStep(1)} disabled={hits === 0}>
              ↓
            </Button>
            {!searchesAll && (
              <button
                type="button"
                className="link"
                aria-label="Search the earlier lines too"
                title="Earlier lines are not loaded yet"
                onClick={onSearchAll}
              >
                + earlier
              </button>
            )}
          </>
        )}
      </div>
      <output className={said ? 'transcript-said' : 'sr-only'}>{said}</output>
    </div>
  )
}

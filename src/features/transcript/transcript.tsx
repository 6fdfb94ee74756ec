// The script of an open call as it is spoken: virtual rows, the reader's place kept, the tail followed only at the tail.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Call } from '#contract/call.ts'
import type { Signal } from '#src/lib/signal.ts'
import { useCall, useLiveActions, useOpenCall, usePending } from '#src/live/use-live.ts'
import { TranscriptColumns, emptyWords } from '#src/features/transcript/transcript-columns.tsx'
import { TranscriptHead } from '#src/features/transcript/transcript-head.tsx'
import {
  type SpeakerFilter,
  findLines,
  firstNegativeLine,
  lineWithId,
  transcriptItems,
} from '#src/features/transcript/transcript-items.ts'
import { LaneCell } from '#src/features/transcript/lane-cell.tsx'
import { type LaneEntry, laneOf } from '#src/features/transcript/lane.ts'
import { TranscriptRow } from '#src/features/transcript/transcript-row.tsx'
import { useCopied } from '#src/features/transcript/use-copied.ts'
import { useLineGoal } from '#src/features/transcript/use-line-goal.ts'
import { useNames } from '#src/features/transcript/use-names.ts'
import { useReadingPlace } from '#src/features/transcript/use-reading-place.ts'
import { type Sight, useSight } from '#src/features/transcript/use-sight.ts'
import { useSpoken } from '#src/features/transcript/use-spoken.ts'
import { tailPx, useTail } from '#src/features/transcript/use-tail.ts'
import { useAction, useKeys } from '#src/ui/actions.tsx'
import { Key } from '#src/ui/key.tsx'
import { Notice } from '#src/ui/notice.tsx'
import type { OpenCall } from '#src/live/live-state.ts'
import './transcript.css'

interface TranscriptProps {
  callId: string
  /** A line to go to; a new object for every wish. */
  jump: { lineNumber: number } | null
  /** The view is paused: nothing is followed. */
  paused: boolean
  /** A line to go to by its id, loaded where it is not here yet; a new object for every wish. */
  line?: { id: number } | null
  /** Words that the call's business watches for. */
  keywords?: readonly string[]
  /** The address of a line of this call, for a link. */
  linkTo: (lineId: number) => string
  /** Where there is room for it: what people and rules did, oldest first, beside the lines. */
  lane?: readonly LaneEntry[] | undefined
  /** Where there is a recording: plays it from a line. */
  onPlay?: ((lineId: number) => void) | undefined
  /** The line that the recording speaks at this moment. */
  spoken?: Signal<number | null> | undefined
  /** Told which part of the call is in sight. */
  inSight?: Signal<Sight | null> | undefined
}

const noKeywords: readonly string[] = []
const whole = (open: OpenCall | undefined) => open
const startedAtOf = (call: Call) => Date.parse(call.started_at)

/** The transcript with its head, its pill and its rows. */
export function Transcript({
  callId,
  jump,
  paused,
  line = null,
  keywords = noKeywords,
  linkTo,
  lane,
  onPlay,
  spoken,
  inSight,
}: TranscriptProps) {
  const open = useOpenCall(callId, whole)
  const pending = usePending(callId)
  const { loadOlder } = useLiveActions()
  const startedAt = useCall(callId, startedAtOf) ?? 0
  const names = useNames(callId)
  const [speaker, setSpeaker] = useState<SpeakerFilter>('all')
  const [search, setSearch] = useState('')
  const [current, setCurrent] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const searchInput = useRef<HTMLInputElement>(null)

  const items = useMemo(() => (open ? transcriptItems(open, pending, speaker) : []), [open, pending, speaker])
  const hits = useMemo(() => findLines(items, search), [items, search])
  const virtualizerRef = useRef<ReturnType<typeof useVirtualizer<HTMLDivElement, Element>> | null>(null)
  const getVirtualizer = useCallback(() => virtualizerRef.current, [])
  const tail = useTail(items, getVirtualizer)
  const { unfollow } = tail
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'line' ? 31 : 74),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 10,
    anchorTo: 'end',
    followOnAppend: tail.following && !paused,
    scrollEndThreshold: tailPx,
  })
  virtualizerRef.current = virtualizer
  const notePlace = useReadingPlace(scroller, open?.status === 'ready', tail.following)
  // A row that turns out taller than estimated moves the end, and so does a composer that grows: whoever follows stays.
  const size = virtualizer.getTotalSize()
  const height = virtualizer.scrollRect?.height
  useLayoutEffect(() => {
    if (tail.following && !paused) virtualizerRef.current?.scrollToEnd({ behavior: 'auto' })
  }, [tail.following, paused, size, height])
  // A line that is unfolded is read from its beginning, although it grew below the tail.
  const unfolding = useRef<string | null>(null)
  const handleUnfold = useCallback(
    (lineId: number) => {
      unfollow()
      unfolding.current = `line ${lineId}`
    },
    [unfollow],
  )
  useLayoutEffect(() => {
    const index = items.findIndex((item) => item.key === unfolding.current)
    unfolding.current = null
    if (index >= 0) virtualizerRef.current?.scrollToIndex(index, { align: 'start' })
    // Its new size is what this waits for.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [size])

  const goTo = useCallback(
    (key: string) => {
      const index = items.findIndex((item) => item.key === key)
      if (index < 0) return
      unfollow()
      setCurrent(key)
      virtualizerRef.current?.scrollToIndex(index, { align: 'center' })
    },
    [items, unfollow],
  )
  const goToLine = useCallback(
    (lineNumber: number) => {
      const item = items.find((other) => other.kind === 'line' && other.number === lineNumber)
      if (item) goTo(item.key)
    },
    [items, goTo],
  )
  const goal = useLineGoal({ callId, items, hasOlder: open?.hasOlder ?? false, loadOlder, onFound: goTo })
  const { seek } = goal
  useEffect(() => {
    if (!line) return
    setSpeaker('all')
    unfollow()
    seek({ find: (all) => lineWithId(all, line.id), missing: 'The line of this link is not in the call.' })
  }, [line, seek, unfollow])
  const goToFirstNegative = () => {
    setSpeaker('all')
    seek({ find: firstNegativeLine, needsAll: true, missing: 'The caller was never negative so far.' })
  }
  const copied = useCopied()
  const { copy } = copied
  const copyLink = useCallback(
    (id: number) => {
      const item = items.find((other) => other.kind === 'line' && other.line.id === id)
      if (item?.kind !== 'line') return
      setCurrent(item.key)
      void copy(linkTo(id), `Copied a link to line ${item.number}`)
    },
    [items, copy, linkTo],
  )
  const copyCurrent = () => {
    const marked =
      items.find((item) => item.key === current) ?? items.findLast((item) => item.kind === 'line')
    if (marked?.kind === 'line') copyLink(marked.line.id)
  }
  const handled = useRef<TranscriptProps['jump']>(null)
  useEffect(() => {
    if (!jump || handled.current === jump || items.length === 0) return
    handled.current = jump
    goToLine(jump.lineNumber)
  }, [jump, items, goToLine])

  const step = (by: 1 | -1) => {
    if (hits.length === 0) return
    const at = current === null ? -1 : hits.indexOf(current)
    const next = at < 0 ? hits.length - 1 : (at + by + hits.length) % hits.length
    goTo(hits[next] as string)
  }
  const handleOlder = async () => {
    const answer = await loadOlder(callId)
    setProblem(answer.ok ? null : answer.problem.message)
  }
  const beside = useMemo(() => (lane ? laneOf(items, lane) : null), [items, lane])
  useSight(inSight, items, getVirtualizer, size)
  const spokenId = useSpoken(spoken, items, getVirtualizer, unfollow)
  const toggleFollow = tail.following ? tail.unfollow : tail.follow
  const { cap } = useKeys()
  useAction('transcript.follow', toggleFollow)
  useAction('transcript.end', tail.follow)
  useAction('transcript.search', () => searchInput.current?.focus())
  useAction('transcript.first-negative', goToFirstNegative)
  useAction('transcript.copy-link', copyCurrent)

  if (!open || open.status === 'loading')
    return (
      <div className="transcript">
        <Notice title="Loading the transcript…" />
      </div>
    )
  return (
    <div className="transcript">
      <TranscriptHead
        total={open.total}
        speaker={speaker}
        onSpeaker={setSpeaker}
        search={search}
        onSearch={setSearch}
        hits={hits.length}
        hit={current === null ? 0 : Math.max(0, hits.indexOf(current))}
        onStep={step}
        following={tail.following}
        onFollow={toggleFollow}
        searchInput={searchInput}
        searchesAll={!open.hasOlder}
        onSearchAll={() => seek({ find: () => null, needsAll: true, missing: '' })}
        onFirstNegative={goToFirstNegative}
        said={copied.said ?? (goal.isSeeking ? 'Loading earlier lines…' : goal.problem)}
      />
      {beside && <TranscriptColumns />}
      <div
        ref={scroller}
        className="transcript-log"
        role="log"
        aria-live="off"
        aria-label="Transcript"
        // The reader goes in and out of the script by keyboard.
        tabIndex={0}
        onScroll={(event) => {
          notePlace()
          tail.handleScroll(event)
        }}
      >
        {open.hasOlder && open.lines.length > 0 && (
          <div className="transcript-older">
            <button type="button" className="link" onClick={handleOlder}>
              Load earlier lines
            </button>
            {problem && <span className="tx-act"> {problem}</span>}
          </div>
        )}
        {items.length === 0 ? (
          <Notice title={emptyWords(open, speaker)} />
        ) : (
          <div className="transcript-canvas" style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, start, key }) => {
              const item = items[index]
              return item ? (
                <div
                  key={key}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  className={`transcript-item${beside ? ' transcript-item-lane' : ''}`}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <TranscriptRow
                    item={item}
                    names={names}
                    startedAt={startedAt}
                    search={search}
                    keywords={keywords}
                    current={item.key === current}
                    lines={items}
                    onJump={goToLine}
                    onUnfold={handleUnfold}
                    onLink={copyLink}
                    onPlay={onPlay}
                    spoken={item.kind === 'line' && item.line.id === spokenId}
                  />
                  {beside && <LaneCell entries={beside.get(item.key)} startedAt={startedAt} />}
                </div>
              ) : null
            })}
          </div>
        )}
      </div>
      {!tail.following && tail.missed > 0 && (
        <button type="button" className="transcript-pill" onClick={tail.follow}>
          ↓ {tail.missed === 1 ? '1 new line' : `${tail.missed} new lines`}
          {tail.missedNegative > 0 && <span className="mood-n2">▼ {tail.missedNegative} negative</span>}
          <Key>{cap('transcript.end')}</Key>
        </button>
      )}
    </div>
  )
}

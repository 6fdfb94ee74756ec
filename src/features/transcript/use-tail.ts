// Following the newest line: only at the tail, never against the reader, and counting what came meanwhile.
import type { Virtualizer } from '@tanstack/react-virtual'
import { type UIEvent, useCallback, useRef, useState } from 'react'
import type { TranscriptItem } from '#src/features/transcript/transcript-items.ts'
import { moodStep } from '#src/ui/mood-scale.ts'

/** Distance from the end that still counts as being there, px. */
export const tailPx = 64

export interface Tail {
  following: boolean
  /** Lines that came since the reader left the tail. */
  missed: number
  missedNegative: number
  handleScroll: (event: UIEvent<HTMLElement>) => void
  follow: () => void
  unfollow: () => void
}

/** Lines after the one with `seenId` (all when it is null), and how many of them are negative. */
export function missedLines(
  items: readonly TranscriptItem[],
  seenId: number | null,
): { missed: number; negative: number } {
  let missed = 0
  let negative = 0
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index]
    if (item?.kind !== 'line') continue
    if (seenId !== null && item.line.id <= seenId) break
    missed += 1
    const score = item.line.speaker === 'customer' ? item.line.sentiment?.score : undefined
    if (score !== undefined && moodStep(score).startsWith('n')) negative += 1
  }
  return { missed, negative }
}

function lastLineId(items: readonly TranscriptItem[]): number | null {
  const last = items.findLast((item) => item.kind === 'line')
  return last?.kind === 'line' ? last.line.id : null
}

/** The tail of a script: where the reader is, and what came below since they left it. */
export function useTail(
  items: readonly TranscriptItem[],
  getVirtualizer: () => Virtualizer<HTMLDivElement, Element> | null,
): Tail {
  const [following, setFollowing] = useState(true)
  const seen = useRef<number | null>(null)
  const lastTop = useRef(0)
  if (following) seen.current = lastLineId(items)
  const { missed, negative } = following ? { missed: 0, negative: 0 } : missedLines(items, seen.current)

  const follow = useCallback(() => {
    setFollowing(true)
    getVirtualizer()?.scrollToEnd({ behavior: 'auto' })
  }, [getVirtualizer])
  const unfollow = useCallback(() => setFollowing(false), [])
  const handleScroll = useCallback((event: UIEvent<HTMLElement>) => {
    const { scrollHeight, clientHeight, scrollTop } = event.currentTarget
    const isUp = scrollTop < lastTop.current
    lastTop.current = scrollTop
    if (scrollHeight - clientHeight - scrollTop <= tailPx) setFollowing(true)
    // Only going up is leaving: on the way down to the tail rows may still turn out taller than estimated.
    else if (isUp) setFollowing(false)
  }, [])
  return { following, missed, missedNegative: negative, handleScroll, follow, unfollow }
}

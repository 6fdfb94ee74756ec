// The line that the recording speaks: marked, and kept in sight for whoever reads along; who reads elsewhere is left alone.
import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { Signal } from '#src/lib/signal.ts'
import type { TranscriptItem } from '#src/features/transcript/transcript-items.ts'

const never = () => () => {}
const nothing = () => null

/** Id of the spoken line; null while nothing is played. */
export function useSpoken(
  signal: Signal<number | null> | undefined,
  items: readonly TranscriptItem[],
  getVirtualizer: () => Virtualizer<HTMLDivElement, Element> | null,
  unfollow: () => void,
): number | null {
  const id = useSyncExternalStore(signal?.subscribe ?? never, signal?.get ?? nothing)
  const before = useRef<number | null>(null)
  useEffect(() => {
    const last = before.current
    before.current = id
    const virtualizer = getVirtualizer()
    if (id === null || !virtualizer?.scrollElement) return
    const placeOf = (lineId: number | null) =>
      items.findIndex((item) => item.kind === 'line' && item.line.id === lineId)
    const { scrollTop, clientHeight } = virtualizer.scrollElement
    const isInSight = (index: number) =>
      virtualizer
        .getVirtualItems()
        .some((row) => row.index === index && row.end > scrollTop && row.start < scrollTop + clientHeight)
    const next = placeOf(id)
    if (next < 0 || (last !== null && !isInSight(placeOf(last)))) return
    unfollow()
    virtualizer.scrollToIndex(next, { align: 'auto' })
  }, [id, items, getVirtualizer, unfollow])
  return id
}

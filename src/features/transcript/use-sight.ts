// Which part of the call is in sight, for those who show where the reader is.
import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect } from 'react'
import type { Signal } from '#src/lib/signal.ts'
import type { TranscriptItem } from '#src/features/transcript/transcript-items.ts'

/** Ids of the first and the last line in sight. */
export interface Sight {
  first: number
  last: number
}

/** Tells the signal after every scroll, once a frame; `size` is the height of the script, which moves lines too. */
export function useSight(
  signal: Signal<Sight | null> | undefined,
  items: readonly TranscriptItem[],
  getVirtualizer: () => Virtualizer<HTMLDivElement, Element> | null,
  size: number,
): void {
  useEffect(() => {
    if (!signal) return
    const scroller = getVirtualizer()?.scrollElement
    if (!scroller) return
    let frame = 0
    const look = () => {
      frame = 0
      const { scrollTop, clientHeight } = scroller
      const shown = (getVirtualizer()?.getVirtualItems() ?? []).filter(
        ({ start, end }) => end > scrollTop && start < scrollTop + clientHeight,
      )
      const ids = shown.flatMap(({ index }) => {
        const item = items[index]
        return item?.kind === 'line' ? [item.line.id] : []
      })
      const [first] = ids
      const last = ids.at(-1)
      const before = signal.get()
      if (first === undefined || last === undefined) return
      if (before?.first !== first || before.last !== last) signal.set({ first, last })
    }
    const wait = () => {
      frame ||= requestAnimationFrame(look)
    }
    wait()
    scroller.addEventListener('scroll', wait, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      scroller.removeEventListener('scroll', wait)
    }
  }, [signal, items, getVirtualizer, size])
}

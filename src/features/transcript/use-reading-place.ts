// What is being read stays where the eyes are when something above the script comes, goes or grows.
import { type RefObject, useCallback, useEffect, useRef } from 'react'

/**
 * Moves the script against the move of its upper edge. At the tail nothing is done: there the lower edge holds the newest
 * line. `isThere`: the script is drawn. Returns what must be told of every scroll.
 */
export function useReadingPlace(
  scroller: RefObject<HTMLElement | null>,
  isThere: boolean,
  isFollowing: boolean,
): () => void {
  const following = useRef(isFollowing)
  useEffect(() => {
    following.current = isFollowing
  })
  const edge = useRef<number | null>(null)
  const note = useCallback(() => {
    edge.current = scroller.current?.getBoundingClientRect().top ?? null
  }, [scroller])
  useEffect(() => {
    const element = scroller.current
    const column = element?.parentElement?.parentElement
    if (!isThere || !element || !column) return
    note()
    const sizes = new ResizeObserver(() => {
      const before = edge.current
      note()
      if (before !== null && edge.current !== null && !following.current)
        element.scrollTop += edge.current - before
    })
    // What stands in the same column moves the script without changing its size.
    const watchAll = () => {
      for (const part of column.children) sizes.observe(part)
    }
    const parts = new MutationObserver(watchAll)
    parts.observe(column, { childList: true })
    sizes.observe(element)
    watchAll()
    return () => {
      sizes.disconnect()
      parts.disconnect()
    }
  }, [scroller, isThere, note])
  return note
}

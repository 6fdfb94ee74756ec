// Whether cues are wanted and the browser keeps them silent: it lets a page sound only after a press.
import { useEffect, useState } from 'react'
import { pageCues } from '#src/features/alerts/cues.ts'

/** A browser that allows sound takes a moment to begin, ms. */
const beginsWithinMs = 1000

/** True while `isWanted` and nothing can be heard. */
export function useBlockedSound(isWanted: boolean): boolean {
  const [isBlocked, setBlocked] = useState(false)
  useEffect(() => {
    if (!isWanted) return
    const look = () => setBlocked(pageCues().state() === 'blocked')
    const timer = setTimeout(look, beginsWithinMs)
    const leave = pageCues().watch(look)
    return () => {
      clearTimeout(timer)
      leave()
      setBlocked(false)
    }
  }, [isWanted])
  return isBlocked
}

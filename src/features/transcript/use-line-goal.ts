// Getting to a line that may not be here yet: earlier lines are loaded until it is, or until there are none.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { LoadOlder } from '#src/live/load-older.ts'
import type { TranscriptItem } from '#src/features/transcript/transcript-items.ts'

/** What is looked for. `find` gives the item's key, or null while it is not among the items. */
export interface LineGoal {
  find: (items: readonly TranscriptItem[]) => string | null
  /** True: an item that is here may still not be the one, for an earlier one counts more. */
  needsAll?: boolean
  /** What to say when there is no such line. */
  missing: string
}

interface LineGoalOptions {
  callId: string
  items: readonly TranscriptItem[]
  hasOlder: boolean
  loadOlder: LoadOlder
  onFound: (key: string) => void
}

export interface LineGoals {
  seek: (goal: LineGoal) => void
  /** Earlier lines are being loaded for a goal. */
  isSeeking: boolean
  /** Why the goal was not reached, in words. */
  problem: string | null
}

/** Follows one goal at a time; a new one replaces it. */
export function useLineGoal({ callId, items, hasOlder, loadOlder, onFound }: LineGoalOptions): LineGoals {
  const [goal, setGoal] = useState<LineGoal | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const asked = useRef<readonly TranscriptItem[] | null>(null)
  useEffect(() => {
    if (!goal || items.length === 0) return
    const key = goal.find(items)
    if (key !== null && !(goal.needsAll && hasOlder)) {
      setGoal(null)
      onFound(key)
      return
    }
    if (!hasOlder) {
      setGoal(null)
      setProblem(goal.missing)
      return
    }
    // Each page once: new lines at the end are no reason to ask again.
    if (asked.current?.[0] === items[0]) return
    asked.current = items
    void loadOlder(callId).then((answer) => {
      if (answer.ok) return
      asked.current = null
      setGoal(null)
      setProblem(answer.problem.message)
    })
  }, [goal, items, hasOlder, loadOlder, callId, onFound])
  const seek = useCallback((next: LineGoal) => {
    asked.current = null
    setProblem(null)
    setGoal(next)
  }, [])
  return { seek, isSeeking: goal !== null, problem }
}

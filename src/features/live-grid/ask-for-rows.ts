// Tells the desk which rows are in sight: rarely while the view moves, exactly once it stands.
import type { Desk } from '#src/floor/desk.ts'
import type { Cancel } from '#src/lib/clock.ts'

/** Rows of the board: the first, and the one after the last. */
export interface Sight {
  from: number
  to: number
}

/**
 * While the view moves, rows are asked for anew when it is this far from what was asked: each asking costs both threads a
 * message, and what comes into sight meanwhile was told a second or two ago.
 */
const askStep = 24
/** When it has stood still this long, ms, exactly the rows in sight are asked for: only they are told at once. */
const restMs = 100

export interface RowAsking {
  /** What is in sight now; `isBlind`: rows of it are not known. */
  look(sight: Sight, isBlind: boolean): void
  stop: Cancel
}

/** Asks `desk`; `sight` says what is in sight when the view has come to rest, null: nothing yet. */
export function askForRows(desk: Desk, sight: () => Sight | null): RowAsking {
  let asked: Sight = { from: -1, to: -1 }
  let restTimer: ReturnType<typeof setTimeout> | null = null

  function ask(rows: Sight): void {
    stop()
    asked = rows
    desk.ask({ from: rows.from, to: rows.to })
  }

  function stop(): void {
    if (restTimer) clearTimeout(restTimer)
    restTimer = null
  }

  return {
    look(rows, isBlind) {
      const isOther = rows.from !== asked.from || rows.to !== asked.to
      const isFar = Math.abs(rows.from - asked.from) >= askStep || Math.abs(rows.to - asked.to) >= askStep
      if (isFar || (isBlind && isOther)) ask(rows)
      else if (isOther)
        restTimer ??= setTimeout(() => {
          restTimer = null
          const now = sight()
          if (now) ask(now)
        }, restMs)
    },
    stop,
  }
}

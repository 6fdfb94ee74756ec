// Feeds at a rate: what is due since the last turn, in steps of a few milliseconds, and honest about what could not be fed.

/** Longest stretch that is made up for after the process was busy; what is older is counted as missed, ms. */
const longestCatchUpMs = 250
const stepMs = 10

/**
 * Calls `feed(count)` so that `rate` events a second come out; returns the handle that stops it and tells how it went.
 * @param {number} rate events a second
 * @param {(count: number) => number} feed feeds about that many; returns how many it were
 */
export function paced(rate, feed) {
  const began = performance.now()
  let last = began
  let owed = 0
  let fed = 0
  let missed = 0
  const timer = setInterval(() => {
    const now = performance.now()
    const due = ((now - last) / 1000) * rate
    const most = (longestCatchUpMs / 1000) * rate
    if (due > most) missed += due - most
    owed += Math.min(due, most)
    last = now
    const count = Math.floor(owed)
    if (count <= 0) return
    const done = feed(count)
    fed += done
    owed -= done
  }, stepMs)
  return {
    /** Stops; events fed, events that should have been but were not, seconds. */
    stop() {
      clearInterval(timer)
      return { fed, missed: Math.round(missed), seconds: (performance.now() - began) / 1000 }
    },
  }
}

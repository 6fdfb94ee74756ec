// Code that comes later must come: a part fetched while the server restarts is asked for again, not given up.

const firstPauseMs = 1000
const longestPauseMs = 15_000

/**
 * Loads once, however often it is called; a failure is tried again after 1, 2, 4 … 15 s for as long as it takes. Never
 * rejects, so that a screen that waits for the part keeps waiting instead of breaking.
 */
export function persistently<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null
  const attempt = async (): Promise<T> => {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await load()
      } catch {
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
    }
  }
  return () => {
    loading ??= attempt()
    return loading
  }
}

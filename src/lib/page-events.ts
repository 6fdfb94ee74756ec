// What the browser says about the page and the network, behind an interface so that tests can say it too.
import type { Cancel } from '#src/lib/clock.ts'

export interface PageEvents {
  /** The machine has a network again. */
  onOnline(listener: () => void): Cancel
  /** Somebody looks at the page again. */
  onVisible(listener: () => void): Cancel
}

export const browserPage: PageEvents = {
  onOnline(listener) {
    window.addEventListener('online', listener)
    return () => window.removeEventListener('online', listener)
  },
  onVisible(listener) {
    const whenVisible = (): void => {
      if (document.visibilityState === 'visible') listener()
    }
    document.addEventListener('visibilitychange', whenVisible)
    window.addEventListener('pageshow', whenVisible)
    return () => {
      document.removeEventListener('visibilitychange', whenVisible)
      window.removeEventListener('pageshow', whenVisible)
    }
  },
}

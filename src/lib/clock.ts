// Time as an argument: whatever waits or measures takes a Clock, so that tests can hold it in their hand.

/** Cancels what was scheduled; harmless afterwards. */
export type Cancel = () => void

export interface Clock {
  /** Epoch ms of this machine. */
  now(): number
  /** Runs once after `ms`. */
  after(ms: number, run: () => void): Cancel
  /** Runs every `ms` until cancelled. */
  every(ms: number, run: () => void): Cancel
}

/** When the screen paints, and whether anybody can see it. */
export interface FrameScheduler {
  /** Runs before the next paint; never while the page is hidden. */
  requestFrame(run: () => void): Cancel
  isHidden(): boolean
  /** Tells of every change between hidden and visible. */
  onVisibility(listener: () => void): Cancel
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  every(ms, run) {
    const timer = setInterval(run, ms)
    return () => clearInterval(timer)
  },
}

/** The browser's animation frames. */
export const browserFrames: FrameScheduler = {
  requestFrame(run) {
    const handle = requestAnimationFrame(run)
    return () => cancelAnimationFrame(handle)
  },
  isHidden: () => document.visibilityState === 'hidden',
  onVisibility(listener) {
    document.addEventListener('visibilitychange', listener)
    return () => document.removeEventListener('visibilitychange', listener)
  },
}

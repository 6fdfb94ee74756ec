// Time as an argument, so that tests drive it and nothing in the server asks the machine for it.

/** Where the time comes from. Handles are opaque: give them back to the clock that made them. */
export interface Clock {
  /** Epoch ms. */
  now(): number
  /** Runs `fn` once after `ms` milliseconds. */
  setTimeout(fn: () => void, ms: number): unknown
  clearTimeout(handle: unknown): void
  /** Runs `fn` every `ms` milliseconds. */
  setInterval(fn: () => void, ms: number): unknown
  clearInterval(handle: unknown): void
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (fn, ms) => setTimeout(fn, ms),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
  setInterval: (fn, ms) => setInterval(fn, ms),
  clearInterval: (handle) => clearInterval(handle as NodeJS.Timeout),
}

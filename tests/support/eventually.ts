// Waits for a condition in place of a length of time.

/** Tries until `check` neither throws nor rejects and gives what it returned; after `ms` the last failure is thrown. */
export async function eventually<T>(check: () => T | Promise<T>, ms = 10_000, everyMs = 10): Promise<T> {
  const until = performance.now() + ms
  for (;;)
    try {
      return await check()
    } catch (error) {
      if (performance.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
}

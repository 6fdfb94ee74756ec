// Starting the live worker where the browser allows it.
// oxlint-disable-next-line import/default -- the bundler answers with the address of the built file
import workerUrl from '#src/worker/live-worker.ts?worker&url'

type Policy = { createScriptURL(url: string): string }
type PolicyFactory = { createPolicy(name: string, rules: Policy): Policy }

/** The script's address as browsers with Trusted Types want it: from a policy that knows this one address. */
function trustedUrl(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory }
  return (
    trustedTypes
      ?.createPolicy('callboard-worker', { createScriptURL: () => workerUrl })
      .createScriptURL('') ?? workerUrl
  )
}

let url: string | null = null

export interface StartedWorker {
  worker: Worker
  /** False when its script did not come or did not run: the page has to do without. */
  works: Promise<boolean>
}

let warm: StartedWorker | null = null

/** Lets the worker load while the session is still being restored; the next `startWorker` takes it. */
export function warmWorker(): void {
  warm ??= startWorker()
}

/** The worker; null where there are none, or the page's policy forbids it. */
export function startWorker(): StartedWorker | null {
  if (warm) {
    const taken = warm
    warm = null
    return taken
  }
  if (typeof Worker === 'undefined') return null
  try {
    url ??= trustedUrl()
    const worker = new Worker(url, { type: 'module', name: 'callboard-live' })
    // Its first word says that it runs.
    const works = new Promise<boolean>((resolve) => {
      worker.addEventListener('message', () => resolve(true), { once: true })
      worker.addEventListener('error', () => resolve(false), { once: true })
    })
    return { worker, works }
  } catch {
    return null
  }
}

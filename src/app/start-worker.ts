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

/** The worker; null where there are none, or the page's policy forbids it. */
export function startWorker(): Worker | null {
  if (typeof Worker === 'undefined') return null
  try {
    url ??= trustedUrl()
    return new Worker(url, { type: 'module', name: 'callboard-live' })
  } catch {
    return null
  }
}

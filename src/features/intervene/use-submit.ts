// One press, one command: a second press while the first is on its way does nothing.
import { useRef, useState } from 'react'

/** Wraps a sending function; `busy` while it runs. It resolves to true when the server took it. */
export function useSubmit<Args extends unknown[]>(
  send: (...args: Args) => Promise<boolean>,
): { busy: boolean; submit: (...args: Args) => Promise<boolean> } {
  const running = useRef(false)
  const [busy, setBusy] = useState(false)
  return {
    busy,
    async submit(...args) {
      if (running.current) return false
      running.current = true
      setBusy(true)
      try {
        return await send(...args)
      } finally {
        running.current = false
        setBusy(false)
      }
    },
  }
}

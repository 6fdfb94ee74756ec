// Copying to the clipboard, and saying for a moment whether it worked.
import { useCallback, useEffect, useState } from 'react'

const shownMs = 4000

/** Copies; `said` is what to tell about it, null when there is nothing to tell any more. */
export function useCopied(): { said: string | null; copy: (text: string, done: string) => Promise<void> } {
  const [told, setTold] = useState<{ text: string } | null>(null)
  useEffect(() => {
    if (!told) return
    const timer = setTimeout(() => setTold(null), shownMs)
    return () => clearTimeout(timer)
  }, [told])
  const copy = useCallback(async (text: string, done: string) => {
    try {
      await navigator.clipboard.writeText(text)
      setTold({ text: done })
    } catch {
      setTold({ text: 'The browser did not allow copying.' })
    }
  }, [])
  return { said: told?.text ?? null, copy }
}

// The name of a call in the title of the browser's tab, behind the count of alerts that may stand there.
import { useEffect } from 'react'
import type { Call } from '#contract/call.ts'
import { callerName } from '#src/floor/call-words.ts'

/** Writes the title while the call is shown. */
export function useCallTitle(call: Call | null): void {
  const name = call ? callerName(call) : null
  useEffect(() => {
    if (name === null) return
    const count = () => /^\(\d+\+?\) /.exec(document.title)?.[0] ?? ''
    const before = document.title.replace(/^\(\d+\+?\) /, '')
    document.title = `${count()}${name} · Callboard`
    return () => {
      document.title = `${count()}${before}`
    }
  }, [name])
}

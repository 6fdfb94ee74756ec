// A link that is opened here, and still is a link.
import type { MouseEvent } from 'react'

/** A plain click runs; with a modifier the browser does what it does with links. */
export function plainClick(event: MouseEvent, run: () => void): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
  event.preventDefault()
  run()
}

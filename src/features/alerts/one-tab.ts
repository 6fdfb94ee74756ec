// Of all tabs of the browser that may sound, one does.

/** Asks to be the tab that sounds; `onTurn` when it is. Returns the end of it. Where tabs cannot agree, each sounds. */
export function takeTurn(onTurn: () => void): () => void {
  const { locks } = navigator as { locks?: LockManager }
  if (!locks) {
    onTurn()
    return () => {}
  }
  const aborter = new AbortController()
  let leave = () => {}
  const held = new Promise<void>((resolve) => {
    leave = resolve
  })
  locks
    .request('callboard-cues', { signal: aborter.signal }, async () => {
      onTurn()
      await held
    })
    .catch(() => undefined)
  return () => {
    leave()
    aborter.abort()
  }
}

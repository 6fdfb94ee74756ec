// The sign of a state: shape, colour and word together, so that colour is never alone. Takes a meaning, never a colour.
import type { Meaning } from '#src/lib/meaning.ts'

export type { Meaning }

/** The path of each mark in a box of 12 by 12. */
export const shapes: Record<Meaning, string> = {
  live: 'M6 2.4a3.6 3.6 0 1 0 .01 0Z',
  attention: 'M6 1.2 11.2 10.6H.8Z',
  act: 'M3.3.6h5.4L11.6 6 8.7 11.4H3.3L.4 6Z',
  human: 'M6 .4 11.6 6 6 11.6.4 6Z',
  paused: 'M2.2 1.5h2.6v9H2.2zM7.2 1.5h2.6v9H7.2z',
  ended: 'M2.4 2.4h7.2v7.2H2.4z',
  met: 'M1.2 6.4 2.8 4.8 4.9 6.9 9.4 2.2 11 3.8 4.9 10.1Z',
  stale: 'M6 1.4a4.6 4.6 0 1 0 .01 0Z',
}

/** Draws the mark. With a `label` it is read aloud; without one the words beside it must say the same. */
export function StateMark({ meaning, label }: { meaning: Meaning; label?: string | undefined }) {
  const named = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true }
  return (
    <svg className={`mark mark-${meaning}`} viewBox="0 0 12 12" {...named}>
      {label && <title>{label}</title>}
      <path d={shapes[meaning]} />
    </svg>
  )
}

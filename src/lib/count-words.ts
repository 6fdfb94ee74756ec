// How many of something in words, the same under every list: `1 call`, `more than 1,000 calls`, `1–50 of 312 calls`.
import { formatCount } from '#src/lib/format.ts'

interface Counted {
  count: number
  /** Of one of them; the plural takes an s. */
  noun: string
  /** False: there are more than `count`. */
  exact?: boolean | undefined
}

/** `1,234 calls`. */
export const countWords = ({ count, noun, exact = true }: Counted): string =>
  `${exact ? '' : 'more than '}${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`

/** What is shown of them: `51–100 of 312 calls`; `from` counts from 1. */
export function rangeWords(from: number, shown: number, all: Counted): string {
  if (shown === 0) return countWords(all)
  return `${formatCount(from)}–${formatCount(from + shown - 1)} of ${countWords(all)}`
}

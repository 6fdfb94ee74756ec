// Text with the searched words and the watched keywords marked; the text itself stays text.
import { Fragment } from 'react'
import { markRanges } from '#src/lib/mark-ranges.ts'

const none: readonly string[] = []

interface MarkedProps {
  text: string
  /** What is searched for; empty when nothing is. */
  words: string
  /** Words somebody watches for; marked where they stand as whole words. */
  keywords?: readonly string[]
  /** What a marked keyword is, for whoever points at it. */
  title?: string
}

/** Marks the words, whatever their case. */
export function Marked({ text, words, keywords = none, title }: MarkedProps) {
  const ranges = markRanges(text, words, keywords)
  if (ranges.length === 0) return text
  return (
    <>
      {ranges.map(({ from, to, kind }, index) => (
        <Fragment key={from}>
          {text.slice(ranges[index - 1]?.to ?? 0, from)}
          {kind === 'search' ? (
            <mark>{text.slice(from, to)}</mark>
          ) : (
            <mark className="mark-keyword" title={title}>
              {text.slice(from, to)}
            </mark>
          )}
        </Fragment>
      ))}
      {text.slice(ranges.at(-1)?.to)}
    </>
  )
}

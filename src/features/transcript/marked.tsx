// Text with the searched words marked; the text itself stays text.

/** Splits the text at the words, whatever their case, and marks them. */
export function Marked({ text, words }: { text: string; words: string }) {
  const wanted = words.trim().toLowerCase()
  const folded = text.toLowerCase()
  // Some letters change their length with their case: then places do not match and nothing is marked.
  if (wanted === '' || folded.length !== text.length) return text
  const parts = []
  let from = 0
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + wanted.length)}</mark>)
    from = at + wanted.length
  }
  parts.push(text.slice(from))
  return <>{parts}</>
}

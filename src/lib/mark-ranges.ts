// Where in a text the searched words and the watched keywords stand. Pure; the text itself is never changed.

export interface MarkRange {
  from: number
  to: number
  kind: 'search' | 'keyword'
}

const isWordPart = (character: string | undefined) =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character)

function* places(folded: string, wanted: string): Generator<number> {
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) yield at
}

/**
 * The ranges in the order of the text, without overlap: what is searched for anywhere, keywords as whole words; a search wins
 * over a keyword, a longer keyword over a shorter. Case does not count.
 */
export function markRanges(text: string, search: string, keywords: readonly string[] = []): MarkRange[] {
  const folded = text.toLowerCase()
  // Some letters change their length with their case: then places do not match and nothing is marked.
  if (folded.length !== text.length) return []
  const found: MarkRange[] = []
  const add = (from: number, to: number, kind: MarkRange['kind']): void => {
    if (!found.some((range) => from < range.to && range.from < to)) found.push({ from, to, kind })
  }
  const wanted = search.trim().toLowerCase()
  if (wanted !== '') for (const at of places(folded, wanted)) add(at, at + wanted.length, 'search')
  const watched = keywords.map((word) => word.trim().toLowerCase()).filter((word) => word !== '')
  for (const word of watched.sort((a, b) => b.length - a.length))
    for (const at of places(folded, word))
      if (!isWordPart(folded[at - 1]) && !isWordPart(folded[at + word.length]))
        add(at, at + word.length, 'keyword')
  return found.sort((a, b) => a.from - b.from)
}

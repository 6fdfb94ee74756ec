// Puts elements into their order by moving as few as possible: one that is moved is styled, laid out and painted from nothing.

/** Orders these children of `host`; others stay between them. The one with the focus is never moved, for it would lose it. */
export function putInOrder(host: Element, elements: readonly Element[]): void {
  const places = new Map([...host.children].map((child, place) => [child, place]))
  const focused = elements.findIndex((element) => element.contains(document.activeElement))
  const staying = longestRise(
    elements.map((element) => places.get(element) ?? -1),
    focused,
  )
  let before: Element | null = null
  for (const [index, element] of elements.entries()) {
    if (!staying.has(index)) host.insertBefore(element, before ? before.nextSibling : host.firstChild)
    before = element
  }
}

/** Indexes of a longest run of rising values, which holds the index `must` (-1: none). Tens of values, so squares are cheap. */
function longestRise(values: readonly number[], must: number): ReadonlySet<number> {
  const anchor = values[must]
  const fits = (index: number): boolean =>
    anchor === undefined ||
    index === must ||
    (index < must ? (values[index] ?? 0) < anchor : (values[index] ?? 0) > anchor)
  const length: number[] = []
  const previous: number[] = []
  let last = -1
  for (const [index, value] of values.entries()) {
    length[index] = fits(index) ? 1 : 0
    previous[index] = -1
    if (!fits(index)) continue
    for (let earlier = 0; earlier < index; earlier += 1) {
      const longer = (length[earlier] ?? 0) + 1
      if ((length[earlier] ?? 0) > 0 && (values[earlier] ?? 0) < value && longer > (length[index] ?? 0)) {
        length[index] = longer
        previous[index] = earlier
      }
    }
    if (last < 0 || (length[index] ?? 0) > (length[last] ?? 0)) last = index
  }
  const kept = new Set<number>()
  for (let index = last; index >= 0; index = previous[index] ?? -1) kept.add(index)
  return kept
}

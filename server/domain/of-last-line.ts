// Several rules read the same line in the same way, one after the other: it is made ready for them once.

/** The same function of a text, remembering its last answer. What it gives is shared and must not be changed. */
export function ofLastLine<T>(read: (text: string) => T): (text: string) => T {
  let last: { text: string; answer: T } | null = null
  return (text) => {
    if (last?.text !== text) last = { text, answer: read(text) }
    return last.answer
  }
}

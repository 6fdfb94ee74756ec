// Which entry of the inbox the keys work on; it stays the same alert while others come and go. Pure.

/** The entry after (+1) or before (−1) the current one; the first when there is none. */
export function stepTo(ids: readonly string[], current: string | null, step: 1 | -1): string | null {
  const at = current === null ? -1 : ids.indexOf(current)
  if (at < 0) return ids[step === 1 ? 0 : ids.length - 1] ?? null
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null
}

/** The entry that takes the place of one that left: the next below, else the last. */
export function nextOf(
  before: readonly string[],
  ids: readonly string[],
  current: string | null,
): string | null {
  if (current !== null && ids.includes(current)) return current
  const left = current === null ? -1 : before.indexOf(current)
  const below = left < 0 ? undefined : before.slice(left).find((id) => ids.includes(id))
  return below ?? ids.at(left < 0 ? 0 : -1) ?? null
}

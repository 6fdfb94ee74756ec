// The calls somebody picked, to act on them together. By id, so that neither a new order nor an end changes what is picked. Pure.

export interface Picked {
  ids: ReadonlySet<string>
  /** Where a range begins: the row that was picked or let go last. */
  anchor: string | null
}

export const nothingPicked: Picked = { ids: new Set(), anchor: null }

/** Picks the call, or lets it go. */
export function togglePick({ ids }: Picked, id: string): Picked {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, anchor: id }
}

/** Picks all from the anchor to `id` in the `order` of the board; without an anchor there, `id` alone. */
export function pickRange({ ids, anchor }: Picked, id: string, order: readonly string[]): Picked {
  const to = order.indexOf(id)
  const from = anchor === null ? -1 : order.indexOf(anchor)
  if (from < 0 || to < 0) return { ids: new Set([...ids, id]), anchor: id }
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { ids: new Set([...ids, ...range]), anchor }
}

/** Picks exactly these. */
export function pickAll(ids: readonly string[]): Picked {
  return { ids: new Set(ids), anchor: ids.at(-1) ?? null }
}

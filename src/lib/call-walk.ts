// The list somebody came from: a call's own page walks on through it, forwards and back, also after a reload.

/** The calls of a list as they stood when one of them was opened. */
export interface CallWalk {
  /** In the order of the list; one page of it. */
  ids: readonly string[]
  /** The query of the list's address, without `?`: the way back to it. */
  query: string
}

const storageName = 'callboard.walk.1'
let last: CallWalk | null = null

/** Keeps the list for this tab. A browser that refuses to store keeps it as long as the page lives. */
export function rememberWalk(ids: readonly string[], query: string): void {
  last = { ids: [...ids], query }
  try {
    sessionStorage.setItem(storageName, JSON.stringify(last))
  } catch {
    // Full or forbidden.
  }
}

/** The list of this tab; null where nobody came from one. */
export function readWalk(): CallWalk | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(storageName) ?? 'null')
    if (typeof value !== 'object' || value === null) return last
    const { ids, query } = value as Partial<Record<keyof CallWalk, unknown>>
    if (!Array.isArray(ids) || typeof query !== 'string') return last
    return { ids: ids.filter((id): id is string => typeof id === 'string'), query }
  } catch {
    return last
  }
}

/** The call's neighbours in the list; null at its ends, and for a call that is not in it. */
export function neighboursIn(
  walk: CallWalk | null,
  callId: string,
): { previous: string | null; next: string | null; place: number; count: number } | null {
  const place = walk?.ids.indexOf(callId) ?? -1
  if (!walk || place < 0) return null
  return {
    previous: walk.ids[place - 1] ?? null,
    next: walk.ids[place + 1] ?? null,
    place,
    count: walk.ids.length,
  }
}

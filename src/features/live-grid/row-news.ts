// What a row says beside its call: acts under way, and whoever is on it. A further mark of a row begins with a member here.
import type { LiveStore } from '#src/live/live-store.ts'

/** Plain values only: a row is painted anew when one of them is another. */
export interface RowNews {
  /** A wish of this console that the server has not confirmed: its state and its kind, `sending pause`; else null. */
  readonly act: string | null
}

/** A row nobody does anything with. */
export const noNews: RowNews = { act: null }

/** True when there is nothing new to paint. */
export function sameNews(a: RowNews, b: RowNews): boolean {
  if (a === b) return true
  for (const key of Object.keys(a) as (keyof RowNews)[]) if (a[key] !== b[key]) return false
  return true
}

/** The news of one call, as of now. Asked for each row on screen at every commit: it looks up and never searches. */
export function newsOf(store: LiveStore, callId: string): RowNews {
  const act = actOf(store, callId)
  return act === null ? noNews : { act }
}

function actOf(store: LiveStore, callId: string): string | null {
  let newest: string | null = null
  for (const wish of store.getState().pending.values())
    if (wish.callId === callId) newest = `${wish.state} ${wish.action}`
  return newest
}

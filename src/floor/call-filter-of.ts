// The board's filter in the words of the list of calls: what both can ask means the same on both.
import type { CallFilter } from '#contract/call-filter.ts'
import type { GridFilter } from '#src/floor/view.ts'

const made = new WeakMap<GridFilter, CallFilter>()

/** Made once for a filter, for it is asked of every call. */
export function callFilterOf(filter: GridFilter): CallFilter {
  const known = made.get(filter)
  if (known) return known
  const { status, direction, businessId, mood } = filter
  const next: CallFilter = {
    status: status.length > 0 ? status : undefined,
    direction: direction ?? undefined,
    business_id: businessId ?? undefined,
    sentiment: mood ?? undefined,
  }
  made.set(filter, next)
  return next
}

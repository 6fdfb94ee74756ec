// The order of the reference pages: who needs somebody first, as one number per call that a plain comparison can sort by.
import { levelOf } from './words.mjs'

const rank = { act: 0, watch: 1, calm: 2 }
const margin = 3

/** The ten a score stands in; it is left only when an edge is passed by three points, so that a wobble moves nobody. */
export function tenOf(score, before) {
  const ten = Math.floor(score / 10)
  if (before === undefined || ten === before) return ten
  return score >= before * 10 - margin && score < before * 10 + 10 + margin ? before : ten
}

/** Level, then the ten, then the older call: smaller stands higher. Exact: below 2^53 for centuries. */
export const orderKey = (call, ten) =>
  (rank[levelOf(call)] * 11 + (10 - ten)) * 1e13 + Date.parse(call.started_at)

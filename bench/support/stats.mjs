// The few statistics the tables need.

/**
 * The value below which `share` (0–1) of the values lie; null of nothing.
 * @param {readonly number[]} values in any order
 * @param {number} share
 * @returns {number | null}
 */
export function percentile(values, share) {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}

/**
 * The middle value, the mean of the two middle ones of an even number; null of nothing.
 * @param {readonly number[]} values
 * @returns {number | null}
 */
export function median(values) {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * Rounds to `digits` behind the point; null stays null.
 * @param {number | null} value
 * @param {number} [digits]
 */
export const round = (value, digits = 0) => (value === null ? null : Number(value.toFixed(digits)))

// Names at the right ends of lines and stacks: none covers another, and none stands among the places under the axis. Pure.

const labelHeight = 14

/** How far each label is moved so that none covers another, px down. `wanted`: where each would stand, of `room` px from the top. */
export function spreadLabels(wanted: readonly number[], room: number): number[] {
  const at = [...wanted]
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
  let free = Number.NEGATIVE_INFINITY
  for (const index of order) {
    at[index] = Math.max(at[index] ?? 0, free)
    free = (at[index] ?? 0) + labelHeight
  }
  // What was pushed under the foot goes up again, and takes with it what is in its way.
  let foot = room
  for (const index of order.reverse()) {
    at[index] = Math.min(at[index] ?? 0, foot)
    foot = (at[index] ?? 0) - labelHeight
  }
  return at.map((place, index) => place - (wanted[index] ?? 0))
}

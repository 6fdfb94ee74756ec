// How busy the floor is through the day: a morning peak, a second one before closing time, a quieter night.

// The floor stands in Texas; the curve follows its winter time.
const floorOffsetMs = -6 * 3600_000
const hourMs = 3600_000

// By hour of the day, mean 1. Kept mild: the level asked for is what one expects to see at any hour.
const byHour = [
  0.84, 0.83, 0.83, 0.84, 0.87, 0.91, 0.97, 1.05, 1.12, 1.16, 1.16, 1.12, 1.06, 1.06, 1.1, 1.14, 1.16, 1.14,
  1.08, 1.01, 0.95, 0.9, 0.86, 0.84,
] as const

/** The most the curve reaches. */
export const busiest = 1.16

/** How busy the floor is at `at` (epoch ms), 1 being the mean of a day. */
export function dayCurve(at: number): number {
  const hours = ((((at + floorOffsetMs) / hourMs) % 24) + 24) % 24
  const hour = Math.floor(hours)
  const from = byHour[hour] ?? 1
  const to = byHour[(hour + 1) % 24] ?? 1
  return from + (to - from) * (hours - hour)
}

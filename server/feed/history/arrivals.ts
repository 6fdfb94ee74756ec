// When the calls of a past came in: drawn one after the other from the curve of the businesses, in order of time.
import { type LocalTime, callCurve } from '#server/feed/history/call-curve.ts'
import { createLocalClock } from '#server/feed/history/local-clock.ts'
import type { SimulatedBusiness } from '#server/feed/simulator/directory.ts'
import type { Random } from '#server/feed/simulator/random.ts'

// Every zone's clock stands at a multiple of this away from UTC, and changes there.
const slotMs = 15 * 60_000
const stormChance = 0.025
const stormLevel = 1.5
const dayNoise = 0.09

export interface ArrivalsWish {
  /** Epoch ms; the last call comes in before `until`. */
  from: number
  until: number
  /** IANA name of the zone whose clocks people live by. */
  zone: string
  calls: number
  businesses: readonly SimulatedBusiness[]
  random: Random
}

export interface Arrival {
  /** Which call of the past it is, from 0. */
  n: number
  /** Epoch ms. */
  at: number
  business: SimulatedBusiness
  local: LocalTime
  /** A day on which everything breaks at once. */
  isStorm: boolean
}

interface Slot {
  start: number
  local: LocalTime
  isStorm: boolean
  /** By business, and their sum with those of all slots before. */
  weights: readonly number[]
  upTo: number
}

/** The slots of the span. As a slot is one of UTC, an hour that clocks skip has none and one they repeat has twice as many. */
function slotsOf({ from, until, zone, businesses, random }: ArrivalsWish): Slot[] {
  const clock = createLocalClock(zone)
  const days = new Map<string, { level: number; isStorm: boolean }>()
  const sameKind = new Map<string, number>()
  for (const { kind } of businesses) sameKind.set(kind, (sameKind.get(kind) ?? 0) + 1)
  const slots: Slot[] = []
  let upTo = 0
  for (let start = from; start < until; start += slotMs) {
    const local = clock(start)
    let day = days.get(local.date)
    if (!day) {
      const luck = random.fork(`day ${local.date}`)
      const isStorm = luck.chance(stormChance)
      day = { isStorm, level: luck.logNormal(1, dayNoise) * (isStorm ? stormLevel : 1) }
      days.set(local.date, day)
    }
    const part = Math.min(1, (until - start) / slotMs) * day.level
    const weights = businesses.map(({ kind }) => (part * callCurve(kind, local)) / (sameKind.get(kind) ?? 1))
    for (const weight of weights) upTo += weight
    slots.push({ start, local, isStorm: day.isStorm, weights, upTo })
  }
  return slots
}

/**
 * The calls in order of time, beginning with the `first`: the same wish gives the same ones wherever it begins. Nothing is
 * kept but the slots, so that a million calls need no more memory than ten. Throws RangeError when there is no business.
 */
export function* drawArrivals(wish: ArrivalsWish, first = 0): Generator<Arrival> {
  const { calls, until, businesses, random } = wish
  if (businesses.length === 0) throw new RangeError('nobody to call')
  const slots = slotsOf(wish)
  const total = slots.at(-1)?.upTo ?? 0
  // Sums of exponential gaps, divided by the last, are sorted uniform draws; the stream is read twice instead of kept.
  let sum = 0
  const gaps = random.fork('gaps')
  for (let n = 0; n <= calls; n++) sum += gaps.exponential(1)
  const again = random.fork('gaps')
  const who = random.fork('who')
  let reached = 0
  let index = 0
  for (let n = 0; n < calls; n++) {
    reached += again.exponential(1)
    const luck = who.next()
    const place = (reached / sum) * total
    while (index < slots.length - 1 && (slots[index] as Slot).upTo <= place) index++
    if (n < first) continue
    const slot = slots[index] as Slot
    const before = index === 0 ? 0 : (slots[index - 1] as Slot).upTo
    const length = Math.min(slotMs, until - slot.start)
    const at = Math.floor(slot.start + (length * (place - before)) / (slot.upTo - before))
    yield {
      n,
      at,
      business: pickBy(slot.weights, businesses, luck),
      local: slot.local,
      isStorm: slot.isStorm,
    }
  }
}

function pickBy(weights: readonly number[], businesses: readonly SimulatedBusiness[], luck: number) {
  let left = luck * weights.reduce((sum, weight) => sum + weight, 0)
  const index = weights.findIndex((weight) => (left -= weight) < 0)
  return (businesses[index] ?? businesses.at(-1)) as SimulatedBusiness
}

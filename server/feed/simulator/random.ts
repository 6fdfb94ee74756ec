// Chance with a seed: the same seed gives the same day, and each call draws from a stream of its own.

export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform in [low, high). */
  between(low: number, high: number): number
  /** Whole number in [low, high]. */
  whole(low: number, high: number): number
  /** True with this probability (0–1). */
  chance(probability: number): boolean
  /** One of the items. Throws RangeError on an empty list. */
  pick<T>(items: readonly T[]): T
  /** One of the items, in proportion to its weight. Throws RangeError when nothing weighs anything. */
  weighted<T>(items: readonly T[], weight: (item: T) => number): T
  /** Standard normal. */
  normal(): number
  /** Log-normal with this mean (not median) and this spread of the logarithm. */
  logNormal(mean: number, sigma: number): number
  /** Exponential with this mean. */
  exponential(mean: number): number
  /** A stream that depends only on this stream's seed and the label, not on what was drawn before. */
  fork(label: string): Random
}

// FNV-1a: spreads a text over 32 bits.
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}

// Murmur3's finalizer: neighbouring seeds end far apart.
function scatter(seed: number): number {
  let value = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** A stream of chance (mulberry32); `seed` is any text. Good for scenery, not for secrets. */
export function createRandom(seed: string): Random {
  let state = scatter(hash(seed))
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296
  }
  const random: Random = {
    next,
    between: (low, high) => low + next() * (high - low),
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('nothing to pick from')
      return items[Math.floor(next() * items.length)] as (typeof items)[number]
    },
    weighted: (items, weight) => {
      const total = items.reduce((sum, item) => sum + weight(item), 0)
      if (!(total > 0)) throw new RangeError('nothing to pick from')
      let left = next() * total
      for (const item of items) {
        left -= weight(item)
        if (left < 0 && weight(item) > 0) return item
      }
      return items.findLast((item) => weight(item) > 0) as (typeof items)[number]
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    logNormal: (mean, sigma) => Math.exp(Math.log(mean) - (sigma * sigma) / 2 + sigma * random.normal()),
    exponential: (mean) => -mean * Math.log(1 - next()),
    fork: (label) => createRandom(`${seed}/${label}`),
  }
  return random
}

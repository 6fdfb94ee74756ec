// The two-minute mood line of a call: 24 values of 5 s, kept the same way by the server and by the console (P12).

export const moodBuckets = 24
export const moodBucketMs = 5000

export interface MoodLine {
  /** Oldest first; null before anything was said. Always 24 values. */
  readonly values: readonly (number | null)[]
  /** Epoch ms at which the last bucket ends. */
  readonly endsAt: number
}

const empty: readonly (number | null)[] = Array.from({ length: moodBuckets }, () => null)

/**
 * The numbers that lines are made of. In a list with nulls each number is an object of its own to the engine; the null here
 * makes these such objects, too. Ten thousand lines that hold these very ones spare what as many objects would take.
 */
const thousandths: readonly (number | null)[] = [
  ...Array.from({ length: 1001 }, (_, index) => index / 1000),
  null,
]

/** Writes the score into a list; one of three digits at most as the object that is held already. */
export function writeScore(values: (number | null)[], index: number, score: number): void {
  const held = thousandths[Math.round(score * 1000)]
  // Two writes: out of a choice between the two the engine may make a new object.
  if (held === score) values[index] = held
  else values[index] = score
}

/** A line without values whose last bucket holds `now` (epoch ms). */
export function emptyMood(now: number): MoodLine {
  return { values: empty, endsAt: bucketEnd(now) }
}

function bucketEnd(now: number): number {
  return (Math.floor(now / moodBucketMs) + 1) * moodBucketMs
}

/** Moves the line on to `now`: the last value is carried into the buckets that passed. Never moves back. */
export function advanceMood(line: MoodLine, now: number): MoodLine {
  const steps = Math.round((bucketEnd(now) - line.endsAt) / moodBucketMs)
  if (steps <= 0) return line
  const last = line.values[line.values.length - 1] ?? null
  const values = line.values.slice(steps)
  while (values.length < moodBuckets) values.push(last)
  return { values, endsAt: bucketEnd(now) }
}

/** Sets the value of the bucket that holds `at`; an instant older than the line is ignored. */
export function recordMood(line: MoodLine, score: number, at: number): MoodLine {
  const moved = advanceMood(line, at)
  const index = moodBuckets - 1 - Math.round((moved.endsAt - bucketEnd(at)) / moodBucketMs)
  if (index < 0) return moved
  const values = moved.values.slice()
  writeScore(values, index, score)
  return { values, endsAt: moved.endsAt }
}

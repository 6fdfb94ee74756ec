import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advanceMood, emptyMood, moodBucketMs, moodBuckets, recordMood } from '#contract/mood.ts'

const start = Date.UTC(2026, 10, 20, 12)
const at = (seconds: number) => start + seconds * 1000

describe('the two-minute mood line', () => {
  test('a mood is carried on until the next one', () => {
    let line = recordMood(emptyMood(at(0)), 0.8, at(0))
    line = recordMood(line, 0.2, at(20))
    expect(line.values.slice(-5)).toEqual([0.8, 0.8, 0.8, 0.8, 0.2])
    expect(advanceMood(line, at(31)).values.slice(-3)).toEqual([0.2, 0.2, 0.2])
  })

  test('two moods within five seconds are one value, the later', () => {
    const line = recordMood(recordMood(emptyMood(at(0)), 0.8, at(1)), 0.3, at(3))
    expect(line.values.at(-1)).toBe(0.3)
    expect(line.values.at(-2)).toBeNull()
  })

  test('a mood older than the line is ignored, one within it finds its place', () => {
    const line = recordMood(emptyMood(at(300)), 0.5, at(300))
    expect(recordMood(line, 0.1, at(100))).toEqual(line)
    expect(recordMood(line, 0.1, at(290)).values.at(-3)).toBe(0.1)
  })

  test('every score stands as it was said, however many digits it has', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1000), (any, thousandth) => {
        for (const score of [any, thousandth / 1000])
          expect(recordMood(emptyMood(start), score, start).values.at(-1)).toBe(score)
      }),
    )
  })

  test('the line always has 24 values, ends on a beat and never moves back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2000), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 60 }),
        (moods) => {
          let line = emptyMood(start)
          for (const [seconds, score] of moods) {
            const before = line.endsAt
            line = recordMood(line, score, at(seconds))
            expect(line.values).toHaveLength(moodBuckets)
            expect(line.endsAt % moodBucketMs).toBe(0)
            expect(line.endsAt).toBeGreaterThanOrEqual(before)
          }
        },
      ),
    )
  })
})

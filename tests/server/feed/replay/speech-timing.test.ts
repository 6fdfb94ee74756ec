import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RecordedLine } from '#server/feed/replay/recording.ts'
import { speechMs, timetable, wordsPerSecond } from '#server/feed/replay/speech-timing.ts'

const half = () => 0.5
const recording = (lines: RecordedLine[]) => ({ direction: 'inbound' as const, lines })

test('a line takes as long as its words take to say', () => {
  expect(speechMs(Array.from({ length: 26 }, () => 'word').join(' '))).toBeCloseTo(
    (26 / wordsPerSecond) * 1000,
  )
  expect(speechMs('屋根から水が漏れていてとても困っています')).toBeGreaterThan(speechMs('はい'))
})

test('nobody speaks over anybody: each line is over only after it could be said', () => {
  const line = fc.record({
    speaker: fc.constantFrom('ai' as const, 'customer' as const, 'agent' as const),
    text: fc.string({ minLength: 1, maxLength: 200 }),
  })
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 30 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (lines, chance) => {
        const { answeredMs, saidMs, endedMs } = timetable(recording(lines), () => chance)
        let before = answeredMs
        lines.forEach(({ text }, index) => {
          expect((saidMs[index] ?? 0) - before).toBeGreaterThanOrEqual(Math.floor(speechMs(text)))
          before = saidMs[index] ?? 0
        })
        expect(endedMs).toBeGreaterThan(before)
      },
    ),
  )
})

test('times of the recording are kept, and one that lies in the past does not turn time back', () => {
  const { saidMs, answeredMs } = timetable(
    recording([
      { speaker: 'ai', text: 'Hello', atMs: 900 },
      { speaker: 'customer', text: 'Hi', atMs: 4200 },
      { speaker: 'ai', text: 'Yes', atMs: 100 },
      { speaker: 'customer', text: 'Bye', atMs: 9000 },
    ]),
    half,
  )
  expect(saidMs).toEqual([900, 4200, 4200, 9000])
  expect(answeredMs).toBeLessThanOrEqual(900)
})

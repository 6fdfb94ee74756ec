// The pace of last lines, against the plainest way to say it: look at every call each time.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Frame } from '#server/realtime/frame-queue.ts'
import { LinePace } from '#server/realtime/line-pace.ts'

const everyMs = 250

const line = (seq: number, callId: string): Frame => ({
  event: 'interaction.added',
  seq,
  callId,
  at: '2026-11-20T14:00:00.000Z',
  data: '{}',
  mergeKey: `line\n${callId}`,
})

/** Sent at once, held or due, by looking at every call. */
function plainPace() {
  const sentAt = new Map<string, number>()
  const held = new Map<string, number>()
  const isEarly = (callId: string, now: number): boolean => now - (sentAt.get(callId) ?? -everyMs) < everyMs
  return {
    offer(seq: number, callId: string, now: number): boolean {
      held.delete(callId)
      if (isEarly(callId, now)) held.set(callId, seq)
      else sentAt.set(callId, now)
      return !held.has(callId)
    },
    due(now: number): number[] {
      const due = [...held].filter(([callId]) => !isEarly(callId, now))
      for (const [callId] of due) {
        held.delete(callId)
        sentAt.set(callId, now)
      }
      return due.map(([, seq]) => seq).sort((a, b) => a - b)
    },
    release(callId: string): number | null {
      const seq = held.get(callId) ?? null
      held.delete(callId)
      sentAt.delete(callId)
      return seq
    },
    lowest: () => (held.size > 0 ? Math.min(...held.values()) : null),
  }
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('line' as const), call: fc.nat(4) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('due' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 300 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const), call: fc.nat(4) }) },
)

test('the newest line of each call goes at once, or when it is due, and nothing is sent twice', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const pace = new LinePace(everyMs)
      const plain = plainPace()
      let now = 1000
      let seq = 0
      for (const one of steps) {
        if (one.kind === 'pass') now += one.ms
        else if (one.kind === 'line') {
          seq += 1
          const goes = pace.offer(line(seq, `c${one.call}`), now)
          expect(goes?.seq ?? null).toBe(plain.offer(seq, `c${one.call}`, now) ? seq : null)
        } else if (one.kind === 'due') expect(pace.due(now).map(({ seq: at }) => at)).toEqual(plain.due(now))
        else expect(pace.release(`c${one.call}`)?.seq ?? null).toBe(plain.release(`c${one.call}`))
        expect(pace.lowestSeq()).toBe(plain.lowest())
        expect(pace.isHolding).toBe(plain.lowest() !== null)
      }
    }),
  )
})

test('a clock that was set back holds no line until it has caught up', () => {
  const pace = new LinePace(everyMs)
  expect(pace.offer(line(1, 'a'), 10_000)?.seq).toBe(1)
  expect(pace.offer(line(2, 'a'), 10_100)).toBeNull()
  expect(pace.due(4000).map(({ seq }) => seq)).toEqual([2])
  expect(pace.offer(line(3, 'b'), 4000)?.seq).toBe(3)
})

// The sequence rules of one stream, by their numbers in PROTOCOL.md.
import { expect, test } from 'vitest'
import type { EventFrame } from '#contract/protocol.ts'
import { type StreamTracker, createStreamTracker } from '#src/gateway/streams.ts'
import { makeCall, makeFrame, makeLine } from '#tests/support/factories.ts'

const updated = (id: string, seq: number, prev: number, safe = seq): EventFrame =>
  makeFrame('call.updated', { call: makeCall({ id }) }, { seq, prev, safe })
const line = (id: string, seq: number, prev: number, safe = seq): EventFrame =>
  makeFrame('interaction.added', { call_id: id, interaction: makeLine({ id: seq }) }, { seq, prev, safe })

function answer(
  tracker: StreamTracker,
  mode: 'live' | 'resumed' | 'snapshot',
  seq: number,
  log = 'L1',
  scorer?: string,
): boolean {
  const sub = tracker.sub()
  return tracker.onSubscribed({ stream: tracker.stream, seq, log, sub, mode, ...(scorer ? { scorer } : {}) })
}

/** A tracker that holds the whole floor as of `seq`. */
function whole(seq: number): StreamTracker {
  const tracker = createStreamTracker('calls')
  tracker.ask()
  answer(tracker, 'snapshot', seq)
  tracker.onPart(1, 1, seq)
  return tracker
}

test('P3 the first request asks for a snapshot with the newest line per call, in batches', () => {
  const asked = createStreamTracker('calls').ask()
  expect(asked).toMatchObject({ type: 'all_calls', lines: 'last', batch: true, since: 0 })
  expect(asked.log).toBeUndefined()
  expect(createStreamTracker('call:c/7').ask()).toMatchObject({
    type: 'call',
    call_id: 'c/7',
    since: 0,
    batch: true,
  })
})

test('P3 frames are ignored until the answer to the newest request comes', () => {
  const tracker = createStreamTracker('calls')
  tracker.ask()
  const former = tracker.sub()
  tracker.ask()
  expect(tracker.judge(updated('a', 1, 0))).toBe('ignored')
  expect(tracker.onSubscribed({ stream: 'calls', seq: 0, log: 'L1', sub: former, mode: 'live' })).toBe(false)
  expect(tracker.judge(updated('a', 1, 0))).toBe('ignored')
  expect(answer(tracker, 'live', 0)).toBe(true)
  expect(tracker.judge(updated('a', 1, 0))).toBe('apply')
})

test('P4 the next request goes on from the last safe position of the same log', () => {
  const tracker = whole(10)
  tracker.judge(updated('a', 12, 10, 10))
  expect(tracker.ask()).toMatchObject({ since: 10, log: 'L1' })
  answer(tracker, 'resumed', 10)
  tracker.judge(updated('b', 11, 10, 11))
  tracker.judge(updated('b', 14, 11, 11))
  tracker.onSafe(14)
  expect(tracker.ask()).toMatchObject({ since: 14, log: 'L1' })
})

test('P5 who holds a whole floor says so, and only of the floor', () => {
  const fresh = createStreamTracker('calls')
  expect(fresh.ask()).not.toHaveProperty('holds')
  const tracker = whole(10)
  expect(tracker.ask()).toMatchObject({ since: 10, holds: true })
  answer(tracker, 'snapshot', 50)
  tracker.onPart(1, 2, 50)
  expect(tracker.ask()).not.toHaveProperty('holds')
  const open = createStreamTracker('call:c1')
  open.ask()
  answer(open, 'snapshot', 5)
  open.onPart(1, 1, 5)
  expect(open.ask()).not.toHaveProperty('holds')
})

/** A tracker that holds the whole floor, and all attention from one hand. */
function heard(scorer: string): StreamTracker {
  const tracker = createStreamTracker('calls')
  tracker.ask()
  answer(tracker, 'snapshot', 10, 'L1', scorer)
  tracker.onPart(1, 1, 10)
  return tracker
}

test('P5 who scored the attention is named once all of it came from one hand', () => {
  const tracker = createStreamTracker('calls')
  expect(tracker.ask().scorer).toBeUndefined()
  answer(tracker, 'snapshot', 10, 'L1', 'S1')
  tracker.onPart(1, 2, 10)
  expect(tracker.ask().scorer).toBeUndefined()
  expect(heard('S1').ask()).toMatchObject({ holds: true, scorer: 'S1' })
})

test('P4 after a replay nobody is named until a heartbeat says that all attention was told, or a snapshot is whole', () => {
  const tracker = heard('S1')
  tracker.ask()
  answer(tracker, 'resumed', 10, 'L1', 'S1')
  tracker.judge(updated('a', 12, 10))
  tracker.settle()
  expect(tracker.ask()).toMatchObject({ holds: true, scorer: undefined })
  answer(tracker, 'resumed', 10, 'L1', 'S1')
  tracker.judge(updated('a', 12, 10))
  tracker.onHeartbeat({ seq: 12, safe: 12 })
  expect(tracker.ask().scorer).toBeUndefined()
  answer(tracker, 'resumed', 10, 'L1', 'S1')
  tracker.judge(updated('a', 12, 10))
  tracker.onHeartbeat({ seq: 12, safe: 12, scorer: 'S1' })
  expect(tracker.ask().scorer).toBe('S1')
  answer(tracker, 'resumed', 12, 'L1', 'S1')
  tracker.lost()
  expect(tracker.ask().scorer).toBeUndefined()
  answer(tracker, 'snapshot', 50, 'L1', 'S1')
  tracker.onPart(1, 1, 50, 'changes')
  expect(tracker.ask().scorer).toBe('S1')
})

test('P5 half a snapshot of the same hand leaves who is named, one of another hand leaves nobody', () => {
  const same = heard('S1')
  same.ask()
  answer(same, 'snapshot', 50, 'L1', 'S1')
  same.onPart(1, 2, 50, 'changes')
  same.lost()
  expect(same.ask()).toMatchObject({ since: 10, holds: true, scorer: 'S1' })
  const other = heard('S1')
  other.ask()
  answer(other, 'snapshot', 50, 'L1', 'S2')
  other.onPart(1, 2, 50, 'changes')
  other.lost()
  expect(other.ask()).toMatchObject({ since: 10, holds: true, scorer: undefined })
  answer(other, 'snapshot', 60, 'L1', 'S1')
  other.onPart(1, 1, 60, 'changes')
  expect(other.ask().scorer).toBe('S1')
})

test('P4 a safe position beyond what came is not believed', () => {
  const tracker = whole(10)
  tracker.judge(updated('a', 11, 10, 99))
  expect(tracker.ask()).toMatchObject({ since: 11 })
})

test('P4 what was applied before the resume is not applied again, what was held back is', () => {
  const tracker = whole(10)
  expect(tracker.judge(updated('a', 12, 10, 10))).toBe('apply')
  tracker.ask()
  answer(tracker, 'resumed', 10)
  expect(tracker.judge(line('a', 11, 10, 11))).toBe('apply')
  expect(tracker.judge(updated('a', 12, 11, 12))).toBe('duplicate')
  expect(tracker.judge(updated('a', 13, 12, 13))).toBe('apply')
})

test('P4 another log means that nothing known counts', () => {
  const tracker = whole(10)
  tracker.judge(updated('a', 11, 10))
  tracker.ask()
  answer(tracker, 'snapshot', 3, 'L2')
  tracker.onPart(1, 1, 3)
  expect(tracker.judge(updated('a', 4, 3))).toBe('apply')
  expect(tracker.ask()).toMatchObject({ since: 4, log: 'L2' })
})

test('P5 a snapshot is whole when all its parts are in, and live goes on from its position', () => {
  const tracker = createStreamTracker('calls')
  tracker.ask()
  answer(tracker, 'snapshot', 50)
  expect(tracker.onPart(2, 3, 50)).toBe('part')
  expect(tracker.onPart(2, 3, 50)).toBe('part')
  expect(tracker.judge(updated('a', 51, 50))).toBe('ignored')
  expect(tracker.onPart(1, 3, 50)).toBe('part')
  expect(tracker.hasBeenLive()).toBe(false)
  expect(tracker.onPart(3, 3, 50)).toBe('whole')
  expect(tracker.judge(line('a', 49, 50, 49))).toBe('duplicate')
  expect(tracker.judge(updated('a', 51, 50))).toBe('apply')
})

test('P5 a line cut within a snapshot asks for it again', () => {
  const tracker = createStreamTracker('calls')
  tracker.ask()
  answer(tracker, 'snapshot', 50)
  tracker.onPart(1, 2, 50)
  tracker.lost()
  expect(tracker.onPart(2, 2, 50)).toBe('ignored')
  expect(tracker.ask()).toMatchObject({ since: 0 })
})

test('P5 after half a snapshot nothing is resumed: the whole is asked for, whatever was known before', () => {
  const tracker = whole(10)
  tracker.lost()
  tracker.ask()
  answer(tracker, 'snapshot', 50)
  tracker.onPart(1, 2, 50)
  tracker.lost()
  expect(tracker.ask()).toMatchObject({ since: 0, log: undefined })
})

test('P5 after half a snapshot that tells changes they are asked for again, since where the floor was held', () => {
  const tracker = whole(10)
  tracker.judge(updated('a', 12, 10))
  tracker.lost()
  tracker.ask()
  answer(tracker, 'snapshot', 50)
  tracker.onPart(1, 2, 50, 'changes')
  tracker.lost()
  expect(tracker.ask()).toMatchObject({ since: 12, log: 'L1', holds: true })
  answer(tracker, 'snapshot', 60)
  tracker.onPart(1, 1, 60, 'changes')
  expect(tracker.ask()).toMatchObject({ since: 60, holds: true })
})

test('P6 a repeated frame is dropped, per call and kind', () => {
  const tracker = whole(0)
  expect(tracker.judge(updated('a', 1, 0))).toBe('apply')
  expect(tracker.judge(updated('a', 1, 0))).toBe('duplicate')
  expect(tracker.judge(updated('b', 2, 1))).toBe('apply')
  expect(tracker.judge(updated('a', 1, 0))).toBe('duplicate')
})

test('P6 a held-back line that comes after younger frames of other calls is applied and is no gap', () => {
  const tracker = whole(4)
  expect(tracker.judge(updated('a', 6, 4, 4))).toBe('apply')
  expect(tracker.judge(updated('b', 10, 6, 4))).toBe('apply')
  expect(tracker.judge(line('c', 5, 10, 10))).toBe('apply')
  expect(tracker.judge(line('c', 5, 10, 10))).toBe('duplicate')
  expect(tracker.judge(updated('a', 11, 5, 11))).toBe('apply')
})

test('P6 a hole before a frame is a gap, and the frame is not applied', () => {
  const tracker = whole(4)
  tracker.judge(updated('a', 5, 4))
  expect(tracker.judge(updated('a', 9, 8))).toBe('gap')
  expect(tracker.ask()).toMatchObject({ since: 5 })
})

test('P6 an unreadable frame keeps its place, so that its successor is no gap', () => {
  const tracker = whole(4)
  expect(tracker.judge({ event: 'skipped', stream: 'calls', seq: 5, prev: 4, safe: 5 })).toBe('skip')
  expect(tracker.judge(updated('a', 6, 5))).toBe('apply')
})

test('P6 the heartbeat shows a lost tail once, and an insisting server does not cause a loop', () => {
  const tracker = whole(4)
  expect(tracker.onHeartbeat({ seq: 4, safe: 4 })).toBe(false)
  expect(tracker.onHeartbeat({ seq: 7, safe: 7 })).toBe(true)
  tracker.ask()
  answer(tracker, 'resumed', 4)
  tracker.settle()
  expect(tracker.onHeartbeat({ seq: 7, safe: 7 })).toBe(false)
  expect(tracker.onHeartbeat({ seq: 8, safe: 8 })).toBe(true)
})

test('P6 a heartbeat within a replay asks for nothing, and ends it when all is here', () => {
  const tracker = whole(4)
  tracker.ask()
  answer(tracker, 'resumed', 4)
  expect(tracker.onHeartbeat({ seq: 6, safe: 6 })).toBe(false)
  expect(tracker.phase()).toBe('resuming')
  tracker.judge(updated('a', 6, 4))
  expect(tracker.onHeartbeat({ seq: 6, safe: 6 })).toBe(false)
  expect(tracker.phase()).toBe('live')
})

test('P1 a frame that is not logged is applied whatever the position', () => {
  const tracker = whole(4)
  const attention = makeFrame('attention.changed', {
    call_id: 'a',
    attention: { score: 80, level: 'act', reasons: [] },
  })
  expect(tracker.judge(attention)).toBe('apply')
  expect(tracker.judge(attention)).toBe('apply')
})

test('P6 a late repeat of an ended call does not bring it back', () => {
  const tracker = whole(0)
  tracker.judge(makeFrame('call.started', { call: makeCall({ id: 'a' }) }, { seq: 1, prev: 0 }))
  tracker.judge(makeFrame('call.ended', { call_id: 'a' }, { seq: 2, prev: 1 }))
  expect(tracker.judge(makeFrame('call.started', { call: makeCall({ id: 'a' }) }, { seq: 1, prev: 0 }))).toBe(
    'duplicate',
  )
})

test('P13 a call that leaves the scope and comes back is started anew', () => {
  const tracker = whole(0)
  const started = (seq: number): EventFrame =>
    makeFrame('call.started', { call: makeCall({ id: 'a' }) }, { seq, prev: seq - 1 })
  tracker.judge(started(1))
  tracker.judge(makeFrame('call.left', { call_id: 'a' }, { seq: 2, prev: 1 }))
  expect(tracker.judge(started(3))).toBe('apply')
})

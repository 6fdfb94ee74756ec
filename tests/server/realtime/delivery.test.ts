// P3, P4, P8–P10 where a socket would hide them: what a group gives its members, joined or on their own, to the frame.
import { expect, test } from 'vitest'
import type { EventFrame } from '#contract/protocol.ts'
import { chainFrames } from '#server/realtime/chain.ts'
import { type Frame, FrameQueue } from '#server/realtime/frame-queue.ts'
import { DeliveryGroup, type GroupKey } from '#server/realtime/group.ts'
import { LinePace } from '#server/realtime/line-pace.ts'
import type { Peer } from '#server/realtime/peer.ts'
import { type RealtimeSettings, realtimeDefaults } from '#server/realtime/settings.ts'
import { Subscription } from '#server/realtime/subscription.ts'
import type { WireFrame } from '#server/realtime/wire.ts'

const at = '2026-11-20T14:00:00.000Z'

function frame(seq: number | null, event: string, callId = 'c1', mergeKey: string | null = null): Frame {
  return { event, seq, callId, at, data: `{"call_id":"${callId}"}`, mergeKey }
}
const line = (seq: number, callId = 'c1') => frame(seq, 'interaction.added', callId, `line\n${callId}`)
const mood = (seq: number, callId = 'c1') =>
  frame(seq, 'sentiment.changed', callId, `sentiment.changed\n${callId}`)
const note = (seq: number, callId = 'c1') => frame(seq, 'note.added', callId)

/** A group at position 0, and members whose sockets the test fills. */
function floor(over: Partial<RealtimeSettings> = {}, key: Partial<GroupKey> = {}) {
  const settings = { ...realtimeDefaults, slowBytes: 100, ...over }
  const group = new DeliveryGroup(
    { stream: 'calls', scope: 'all', lines: 'last', batch: false, ...key },
    settings,
    0,
  )
  const member = () => {
    const sent: WireFrame[] = []
    const socket = { waiting: 0, resets: 0, merged: 0 }
    const peer: Peer = {
      door: 'websocket',
      send: (wire) => void sent.push(wire),
      bufferedBytes: () => socket.waiting,
      close: () => undefined,
    }
    const subscription = new Subscription(
      {
        stream: 'calls',
        peer,
        batch: group.key.batch,
        settings,
        now: () => 0,
        heldBack: () => group.heldBack,
        onReset: () => void socket.resets++,
        onMerged: (count) => void (socket.merged += count),
      },
      group.tail,
    )
    group.add(subscription)
    subscription.loaded()
    const got = () => sent.map(({ text }) => JSON.parse(text) as EventFrame)
    return {
      sent,
      socket,
      subscription,
      got,
      places: () => got().map(({ seq, prev, safe }) => [seq, prev, safe]),
    }
  }
  return { group, settings, member }
}

test('P3: the newest line of a call goes at most once an interval; a line that is due gives way to a newer one', () => {
  const pace = new LinePace(250)
  expect(pace.offer(line(1), 0)?.seq).toBe(1)
  expect(pace.offer(line(2), 100)).toBeNull()
  expect(pace.offer(line(3), 249)).toBeNull()
  expect(pace.lowestSeq()).toBe(3)
  expect(pace.due(249)).toEqual([])
  expect(pace.due(250).map(({ seq, held }) => [seq, held])).toEqual([[3, true]])
  expect(pace.offer(line(4), 260)).toBeNull()
  // Nobody looked in time: the line that comes now is the newest, the held one is history.
  expect(pace.offer(line(5), 600)?.seq).toBe(5)
  expect(pace.lowestSeq()).toBeNull()
  expect(pace.due(2000)).toEqual([])
})

test('P4: alone, a joined and a detached member are told the same safe, below a line held in the group', () => {
  const { group, member } = floor()
  const joined = member()
  group.rejoin()
  const detached = member()
  for (const next of [line(1), line(2), note(3, 'c2')]) group.offer(next, 0)
  group.flush(0)
  detached.subscription.pump()
  const before = [
    [1, 0, 1],
    [3, 1, 1],
  ]
  expect(joined.places()).toEqual(before)
  expect(detached.places()).toEqual(before)
  expect([group.standing(joined.subscription), group.standing(detached.subscription)]).toEqual([
    { seq: 3, safe: 1 },
    { seq: 3, safe: 1 },
  ])
  group.flush(250)
  detached.subscription.pump()
  expect(joined.places()).toEqual([...before, [2, 3, 3]])
  expect(detached.places()).toEqual([...before, [2, 3, 3]])
})

test('P4: a held line that waits for the flush, or in the queue of a slow reader, keeps safe down', () => {
  const { group, member } = floor()
  const reader = member()
  group.rejoin()
  for (const next of [line(1), line(2), note(3, 'c2')]) group.offer(next, 0)
  group.flush(0)
  group.offer(frame(4, 'call.ended'), 10)
  expect(group.standing(reader.subscription)).toEqual({ seq: 3, safe: 1 })
  reader.socket.waiting = 1000
  group.offer(note(5, 'c2'), 10)
  group.flush(10)
  expect(group.standing(reader.subscription)).toEqual({ seq: 3, safe: 1 })
  reader.socket.waiting = 0
  group.rejoin()
  expect(reader.places().slice(2)).toEqual([
    [2, 3, 3],
    [4, 3, 4],
    [5, 4, 5],
  ])
})

test('P4: a frame without a place never promises frames that come behind it', () => {
  const { wire } = chainFrames([frame(null, 'attention.changed'), note(5), line(4), note(6)], {
    stream: 'calls',
    batch: false,
    prev: 3,
    heldBack: null,
    batchFrames: 500,
    batchBytes: 1e6,
  })
  expect(wire.map(({ text }) => (JSON.parse(text) as EventFrame).safe)).toEqual([3, 3, 5, 6])
})

test('P9: each of several batches has a safe of its own', () => {
  const options = {
    stream: 'calls',
    batch: true,
    prev: 0,
    heldBack: 9,
    batchFrames: 2,
    batchBytes: 1e6,
  } as const
  const { wire, tail } = chainFrames([note(10), note(11), line(8), note(12)], options)
  const batches = wire.map(({ text }) => JSON.parse(text) as { safe: number; frames: EventFrame[] })
  expect(batches.map(({ safe, frames }) => [safe, frames.map(({ seq, prev }) => [seq, prev])])).toEqual([
    [
      7,
      [
        [10, 0],
        [11, 10],
      ],
    ],
    [
      8,
      [
        [8, 11],
        [12, 11],
      ],
    ],
  ])
  expect(tail).toBe(12)
})

test('P8: nothing is merged up to the bound; past it the newer value keeps its own place', () => {
  const { group, member } = floor({ mergeAbove: 4 })
  const reader = member()
  const waitFor = (...frames: Frame[]) => {
    for (const next of frames) group.offer(next, 0)
    group.flush(0)
  }
  waitFor(mood(1), mood(2), note(3), mood(4))
  expect(reader.socket.merged).toBe(0)
  waitFor(mood(5), frame(6, 'call.ended'), mood(7))
  expect(reader.socket.merged).toBe(4)
  group.rejoin()
  expect(reader.got().map(({ event, seq }) => [event, seq])).toEqual([
    ['note.added', 3],
    ['call.ended', 6],
    ['sentiment.changed', 7],
  ])
})

test('P8: what may not be dropped overflows into one reset, and only for the slow reader', () => {
  const { group, member } = floor({ mergeAbove: 2, resetAbove: 5 })
  const [slow, quick] = [member(), member()]
  group.rejoin()
  slow.socket.waiting = 1000
  for (let seq = 1; seq <= 8; seq++) {
    group.offer(note(seq), 0)
    group.flush(0)
  }
  expect(slow.socket.resets).toBe(1)
  expect(slow.got()).toMatchObject([{ event: 'reset', data: { stream: 'calls', seq: 0 } }])
  expect(quick.places().map(([seq]) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('P10: members who keep up get one and the same text; a slow one leaves, drains, and joins again', () => {
  const { group, member } = floor({}, { batch: true })
  const [one, two] = [member(), member()]
  group.rejoin()
  const tell = (seq: number) => {
    group.offer(note(seq), 0)
    group.flush(0)
  }
  tell(1)
  expect(one.sent[0]).toBe(two.sent[0])
  two.socket.waiting = 1000
  tell(2)
  expect([one.sent.length, two.sent.length]).toEqual([2, 1])
  two.socket.waiting = 0
  group.rejoin()
  expect(two.subscription.joined).toBe(true)
  tell(3)
  expect(one.sent[2]).toBe(two.sent[2])
  const places = ({ sent }: typeof two) =>
    sent
      .flatMap(({ text }) => (JSON.parse(text) as { frames: EventFrame[] }).frames)
      .map(({ seq, prev }) => [seq, prev])
  expect(places(two)).toEqual(places(one))
})

test('P13: a line held of a call that goes out of sight goes before that is said', () => {
  const { group, member } = floor()
  const reader = member()
  group.rejoin()
  for (const next of [line(1), line(2), frame(3, 'call.left')]) group.offer(next, 0)
  group.flush(0)
  group.flush(1000)
  expect(reader.got().map(({ event, seq }) => [event, seq])).toEqual([
    ['interaction.added', 1],
    ['interaction.added', 2],
    ['call.left', 3],
  ])
})

test('P8: a queue takes from the front within count and size, at least one, and knows its lowest position', () => {
  const queue = new FrameQueue()
  for (const next of [note(5), note(6), line(3), note(7)]) queue.push(next, false)
  expect(queue.lowestSeq()).toBe(3)
  expect(queue.take(2, 1e6).map(({ seq }) => seq)).toEqual([5, 6])
  expect(queue.take(9, 1).map(({ seq }) => seq)).toEqual([3])
  expect([queue.size, queue.lowestSeq()]).toEqual([1, 7])
})

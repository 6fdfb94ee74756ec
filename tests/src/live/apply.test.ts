// Frames become state: the rules of the floor and of an open call, whatever the order and the batching.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EventFrame, Stream } from '#contract/protocol.ts'
import { emptyOpenCall, maxLines, prependLines, replaceOpen } from '#src/live/apply-open.ts'
import { applyFrames, replaceFloor, sweepEnded } from '#src/live/apply.ts'
import type { LiveState, OpenCall } from '#src/live/live-state.ts'
import {
  madeAt,
  makeAttention,
  makeCall,
  makeEscalation,
  makeFrame,
  makeIntervention,
  makeLine,
  makeNote,
  makeQaScore,
} from '#tests/support/factories.ts'

const at = (seconds: number): string => new Date(Date.parse(madeAt) + seconds * 1000).toISOString()

function makeState(over: Partial<LiveState> = {}): LiveState {
  return {
    connection: {
      status: 'live',
      since: 0,
      lastFrameAt: 0,
      clockOffsetMs: 0,
      lastGapMs: null,
      reason: null,
      nextTryAt: null,
      dropped: { malformed: 0, duplicate: 0, unknown: 0 },
    },
    loaded: true,
    calls: new Map(),
    latestIntervention: new Map(),
    claimNews: new Map(),
    escalationNews: new Map(),
    openCalls: new Map(),
    pending: new Map(),
    ...over,
  }
}

const opened = (over: Partial<OpenCall> = {}): OpenCall => ({
  ...emptyOpenCall('c1'),
  status: 'ready',
  call: makeCall({ id: 'c1' }),
  ...over,
})
const withOpen = (over: Partial<OpenCall> = {}): LiveState =>
  makeState({ openCalls: new Map([['c1', opened(over)]]) })
const floorOf = (...ids: string[]): LiveState =>
  makeState({ calls: new Map(ids.map((id) => [id, makeCall({ id })])) })
const said = (id: number, stream: Stream = 'call:c1'): EventFrame =>
  makeFrame('interaction.added', { call_id: 'c1', interaction: makeLine({ id }) }, { stream })
const idsOf = (state: LiveState): number[] => state.openCalls.get('c1')?.lines.map((line) => line.id) ?? []

/** Any frame of a small floor, on either stream. */
const anyFrame: fc.Arbitrary<EventFrame> = fc
  .record({
    kind: fc.constantFrom(
      'call.started' as const,
      'call.updated' as const,
      'call.ended' as const,
      'call.left' as const,
      'interaction.added' as const,
      'sentiment.changed' as const,
      'qa.score.updated' as const,
      'escalation.triggered' as const,
      'escalation.completed' as const,
      'intervention.updated' as const,
      'note.added' as const,
      'attention.changed' as const,
    ),
    call: fc.constantFrom('c1', 'c2', 'c3'),
    wide: fc.boolean(),
    number: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ kind, call: call_id, wide, number }) => {
    const place = { stream: (wide ? 'calls' : `call:${call_id}`) as Stream, at: at(number) }
    switch (kind) {
      case 'call.started':
      case 'call.updated':
        return makeFrame(kind, { call: makeCall({ id: call_id, tags: [`t${number}`] }) }, place)
      case 'call.ended':
        return makeFrame(kind, { call_id, ended_at: at(number) }, place)
      case 'call.left':
        return makeFrame(kind, { call_id }, place)
      case 'interaction.added':
        return makeFrame(kind, { call_id, interaction: makeLine({ id: number, call_id }) }, place)
      case 'sentiment.changed':
        return makeFrame(kind, { call_id, sentiment: { score: number / 30, label: 'neutral' } }, place)
      case 'qa.score.updated':
        return makeFrame(kind, { call_id, qa_score: makeQaScore({ overall_score: number / 30 }) }, place)
      case 'escalation.triggered':
      case 'escalation.completed':
        return makeFrame(kind, { call_id, escalation: makeEscalation({ id: number }) }, place)
      case 'intervention.updated':
        return makeFrame(
          kind,
          makeIntervention({
            call_id,
            command_id: `m${number % 5}`,
            at: at(number % 5),
            updated_at: at(number),
          }),
          place,
        )
      case 'note.added':
        return makeFrame(kind, { call_id, note: makeNote({ id: number, call_id }) }, place)
      case 'attention.changed':
        return makeFrame(kind, { call_id, attention: makeAttention({ score: number }) }, place)
    }
  })

test('any split of the frames into batches ends in the same state', () => {
  fc.assert(
    fc.property(
      fc.array(anyFrame, { maxLength: 60, size: 'max' }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }),
      (frames, sizes) => {
        const start = withOpen()
        const atOnce = applyFrames(start, frames)
        let inParts = start
        for (let from = 0, turn = 0; from < frames.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1
          inParts = applyFrames(inParts, frames.slice(from, from + size))
          from += size
        }
        expect(inParts).toEqual(atOnce)
      },
    ),
  )
})

test('the former state is never touched', () => {
  fc.assert(
    fc.property(
      fc.array(anyFrame, { maxLength: 40, size: 'max' }),
      fc.array(anyFrame, { maxLength: 40, size: 'max' }),
      (first, second) => {
        const before = applyFrames(withOpen(), first)
        const copy = structuredClone(before)
        applyFrames(before, second)
        expect(before).toEqual(copy)
      },
    ),
  )
})

test('the same frame twice changes nothing, not even an identity', () => {
  fc.assert(
    fc.property(fc.array(anyFrame, { maxLength: 30, size: 'max' }), anyFrame, (frames, frame) => {
      const once = applyFrames(applyFrames(withOpen(), frames), [frame])
      expect(applyFrames(once, [frame])).toBe(once)
    }),
  )
})

test('a call that no frame speaks of keeps its identity', () => {
  fc.assert(
    fc.property(fc.array(anyFrame, { maxLength: 40, size: 'max' }), (frames) => {
      const before = applyFrames(floorOf('c1', 'c2', 'c3', 'c4'), [])
      const after = applyFrames(before, frames)
      const spoken = new Set(
        frames
          .filter((frame) => frame.stream === 'calls')
          .map((frame) => ('call' in frame.data ? frame.data.call.id : frame.data.call_id)),
      )
      for (const [id, call] of before.calls) if (!spoken.has(id)) expect(after.calls.get(id)).toBe(call)
      if (spoken.size === 0) expect(after.calls).toBe(before.calls)
    }),
  )
})

test('lines in any order end in the order of their ids, each once', () => {
  const distinct = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 60, size: 'max' })
  fc.assert(
    fc.property(distinct, fc.array(fc.nat(59), { maxLength: 20 }), (ids, repeats) => {
      const order = [...ids, ...repeats.flatMap((index) => ids[index] ?? [])]
      const state = applyFrames(
        withOpen(),
        order.map((id) => said(id)),
      )
      expect(idsOf(state)).toEqual(ids.toSorted((a, b) => a - b))
      expect(state.openCalls.get('c1')?.total).toBe(ids.length)
    }),
  )
})

test('a new call comes on the floor, and one out of scope leaves it', () => {
  const started = applyFrames(makeState(), [makeFrame('call.started', { call: makeCall({ id: 'c1' }) })])
  expect([...started.calls.keys()]).toEqual(['c1'])
  const left = applyFrames(started, [makeFrame('call.left', { call_id: 'c1' })])
  expect(left.calls.size).toBe(0)
})

test('facts about a call that is not on the floor do not invent it', () => {
  const before = makeState()
  const frames = [
    makeFrame('call.ended', { call_id: 'x' }),
    makeFrame('sentiment.changed', { call_id: 'x', sentiment: { score: 0.1, label: 'negative' } }),
    makeFrame(
      'call.updated',
      { call: makeCall({ id: 'x', status: 'completed', ended_at: madeAt }) },
      { at: at(31) },
    ),
  ]
  expect(applyFrames(before, frames).calls).toBe(before.calls)
})

test('an ended call lingers 30 s, then leaves; an open one stays open', () => {
  let state = makeState({
    calls: new Map([['c1', makeCall({ id: 'c1' })]]),
    openCalls: new Map([['c1', opened()]]),
  })
  const end = { call_id: 'c1', ended_at: at(60) }
  state = applyFrames(state, [
    makeFrame('call.ended', end, { at: at(60) }),
    makeFrame('call.ended', end, { at: at(60), stream: 'call:c1' }),
  ])
  expect(state.calls.get('c1')).toMatchObject({ status: 'completed', duration_seconds: 60 })
  expect(sweepEnded(state, Date.parse(at(89)))).toBe(state)
  state = sweepEnded(state, Date.parse(at(90)))
  expect(state.calls.size).toBe(0)
  expect(state.openCalls.get('c1')?.call).toMatchObject({ status: 'completed' })
})

test('a clipped line of the floor never gets into the transcript', () => {
  const state = applyFrames(withOpen(), [said(1, 'calls')])
  expect(idsOf(state)).toEqual([])
})

test('a late line is inserted where it belongs', () => {
  const state = applyFrames(withOpen({ lines: [makeLine({ id: 10 }), makeLine({ id: 30 })], total: 2 }), [
    said(20),
  ])
  expect(idsOf(state)).toEqual([10, 20, 30])
})

test('a line from before the oldest one held is left to the loader of older lines', () => {
  const state = withOpen({ lines: [makeLine({ id: 10 })], hasOlder: true, total: 50 })
  const open = applyFrames(state, [said(5)]).openCalls.get('c1')
  expect(open).toMatchObject({ lines: [{ id: 10 }], total: 50, hasOlder: true })
})

test('a long call keeps its newest lines and knows that there are older ones', () => {
  const frames = Array.from({ length: maxLines + 50 }, (_, index) => said(index + 1))
  const open = applyFrames(withOpen(), frames).openCalls.get('c1')
  expect(open?.lines).toHaveLength(maxLines)
  expect(open?.lines[0]?.id).toBe(51)
  expect(open).toMatchObject({ hasOlder: true, total: maxLines + 50 })
})

test('lines that did not change keep their identity when another is said', () => {
  const before = applyFrames(withOpen(), [said(1), said(2)])
  const after = applyFrames(before, [said(3)])
  expect(after.openCalls.get('c1')?.lines[0]).toBe(before.openCalls.get('c1')?.lines[0])
  expect(idsOf(before)).toEqual([1, 2])
})

test('a wish ends when the receipt with its id comes, on either stream', () => {
  for (const stream of ['calls', 'call:c1'] as const) {
    const wish = { commandId: 'm1', callId: 'c1', action: 'pause', askedAt: 0, state: 'sending' } as const
    const state = makeState({ pending: new Map([['m1', wish]]) })
    const receipt = makeIntervention({ command_id: 'm1', action: 'pause' })
    const after = applyFrames(state, [makeFrame('intervention.updated', receipt, { stream })])
    expect(after.pending.size).toBe(0)
    expect(after.latestIntervention.get('c1')).toEqual(receipt)
  }
})

test('a late receipt of an older act does not replace the newest one', () => {
  const newest = makeIntervention({ command_id: 'm2', at: at(10), updated_at: at(11) })
  const older = makeIntervention({ command_id: 'm1', at: at(5), updated_at: at(20) })
  const state = applyFrames(floorOf('c1'), [
    makeFrame('intervention.updated', newest),
    makeFrame('intervention.updated', older),
  ])
  expect(state.latestIntervention.get('c1')?.command_id).toBe('m2')
})

test('P5 a snapshot replaces the whole floor, and unchanged calls keep their identity', () => {
  const before = floorOf('a', 'b', 'gone')
  const after = replaceFloor(before, [
    makeCall({ id: 'b' }),
    makeCall({ id: 'a', tags: ['vip'] }),
    makeCall({ id: 'new' }),
  ])
  expect([...after.calls.keys()]).toEqual(['b', 'a', 'new'])
  expect(after.calls.get('b')).toBe(before.calls.get('b'))
  expect(after.calls.get('a')?.tags).toEqual(['vip'])
})

test('P5 a new snapshot of an open call joins the older lines when nothing is missing between', () => {
  const state = withOpen({ lines: [1, 2, 3].map((id) => makeLine({ id })), total: 3 })
  const detail = {
    call: makeCall({ id: 'c1' }),
    interactions: [3, 4].map((id) => makeLine({ id })),
    interactions_count: 4,
    interventions: [],
    notes: [],
  }
  expect(idsOf(replaceOpen(state, 'c1', detail))).toEqual([1, 2, 3, 4])
  const apart = { ...detail, interactions: [9, 10].map((id) => makeLine({ id })), interactions_count: 10 }
  const alone = replaceOpen(state, 'c1', apart)
  expect(idsOf(alone)).toEqual([9, 10])
  expect(alone.openCalls.get('c1')?.hasOlder).toBe(true)
})

test('older lines come before those held, without doubles', () => {
  const state = withOpen({ lines: [makeLine({ id: 10 })], hasOlder: true, total: 4 })
  const older = [7, 8, 9, 10].map((id) => makeLine({ id }))
  const after = prependLines(state, 'c1', { lines: older, reachedStart: true, total: 4 })
  expect(idsOf(after)).toEqual([7, 8, 9, 10])
  expect(after.openCalls.get('c1')?.hasOlder).toBe(false)
})

test('an open call that leaves the scope shows nothing any more', () => {
  const state = applyFrames(withOpen({ lines: [makeLine({ id: 1 })] }), [
    makeFrame('call.left', { call_id: 'c1' }, { stream: 'call:c1' }),
  ])
  expect(state.openCalls.get('c1')).toMatchObject({ status: 'not-found', lines: [], call: null })
})

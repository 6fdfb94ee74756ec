// Frames become state: the rules of the floor and of an open call, whatever the order and the batching.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EventFrame, Stream } from '#contract/protocol.ts'
import { applyFrames, keepKnown, replaceFloor, sweepEnded } from '#src/live/apply.ts'
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
import { at, floorOf, makeState, opened, withOpen } from '#tests/src/live/state-rig.ts'

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
  const calls = [makeCall({ id: 'b' }), makeCall({ id: 'a', tags: ['vip'] }), makeCall({ id: 'new' })]
  const after = replaceFloor(before, keepKnown(before.calls, calls))
  expect([...after.calls.keys()]).toEqual(['b', 'a', 'new'])
  expect(after.calls.get('b')).toBe(before.calls.get('b'))
  expect(after.calls.get('a')?.tags).toEqual(['vip'])
})

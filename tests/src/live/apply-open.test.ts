// What facts, snapshots and older pages make of an open call.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maxLines, prependLines, replaceOpen } from '#src/live/apply-open.ts'
import { applyFrames } from '#src/live/apply.ts'
import { makeCall, makeFrame, makeLine } from '#tests/support/factories.ts'
import { idsOf, said, withOpen } from '#tests/src/live/state-rig.ts'

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

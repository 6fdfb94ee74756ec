// From the moment the pointer is on the rows nothing moves, whatever the worker had sent before it heard of that.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeAttention, makeFrame } from '#tests/support/factories.ts'
import { createWorkerRig, manyStarted, started } from '#tests/src/worker/worker-rig.ts'

const scored = (call_id: string, score: number) =>
  makeFrame('attention.changed', {
    call_id,
    attention: makeAttention({ score, level: score >= 70 ? 'act' : score >= 35 ? 'watch' : 'calm' }),
  })

async function openFloor(count: number) {
  const rig = createWorkerRig()
  rig.happen(...manyStarted(count))
  await rig.pass(300)
  return rig
}

type Rig = Awaited<ReturnType<typeof openFloor>>

/** Until the worker has posted an order that begins with this call, and the page has not heard of it. */
async function untilOrderIsOnItsWay({ updates, holdPage, pass }: Rig, first: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    holdPage(true)
    await pass(50)
    if (updates.at(-1)?.desk?.window?.ids[0] === first) return
    holdPage(false)
  }
  throw new Error('No such order was posted.')
}

test('an order that was on its way when the pointer came is not shown, and moves nobody later', async () => {
  const rig = await openFloor(4)
  const { live, happen, pass, holdPage } = rig
  const before = live.desk.getState().window.ids
  happen(scored('c0003', 90))
  await untilOrderIsOnItsWay(rig, 'c0003')
  expect(live.desk.getState().window.ids).toEqual(before)
  happen(started('c0009'))
  live.desk.ask({ held: true })
  holdPage(false)
  expect(live.desk.getState().window.ids).toEqual(before)
  await pass(5000)
  expect(live.desk.getState().window.ids).toEqual([...before, 'c0009'])
  expect(live.desk.getState().board).toMatchObject({ waiting: 2, urgent: 1 })
  expect(live.desk.row('c0003')?.attention?.level).toBe('act')
  live.desk.ask({ held: false })
  await pass(6000)
  expect(live.desk.getState().window.ids[0]).toBe('c0003')
})

test('a pointer that leaves before its coming was heard gets the newest order', async () => {
  const rig = await openFloor(4)
  const { live, happen, pass, holdPage } = rig
  happen(scored('c0003', 90))
  await untilOrderIsOnItsWay(rig, 'c0003')
  live.desk.ask({ held: true })
  live.desk.ask({ held: false })
  holdPage(false)
  await pass(6000)
  expect(live.desk.getState().window.ids[0]).toBe('c0003')
})

const ids = ['c0000', 'c0001', 'c0002', 'c0003', 'c0004', 'c0005']
const step = fc.oneof(
  fc.record({
    kind: fc.constant('score' as const),
    id: fc.constantFrom(...ids),
    score: fc.constantFrom(5, 45, 85),
  }),
  fc.record({ kind: fc.constant('leave' as const), id: fc.constantFrom(...ids) }),
  fc.record({ kind: fc.constant('come' as const) }),
  fc.record({ kind: fc.constant('hold' as const), held: fc.boolean() }),
  fc.record({ kind: fc.constant('line' as const), held: fc.boolean() }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 2500 }) }),
)

test('in any interleaving, rows that are held stand where they stood when the hold began', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const rig = await openFloor(ids.length)
      const shown = () => rig.live.desk.getState().window.ids
      let since: readonly string[] | null = null
      const moves: string[] = []
      rig.live.desk.subscribe(() => {
        if (since !== null && since.some((id, index) => shown()[index] !== id))
          moves.push(`${since.join()} became ${shown().join()}`)
      })
      let comes = 0
      for (const it of steps) {
        if (it.kind === 'score' && rig.floor.truth.has(it.id)) rig.happen(scored(it.id, it.score))
        if (it.kind === 'leave' && rig.floor.truth.has(it.id))
          rig.happen(makeFrame('call.left', { call_id: it.id }))
        if (it.kind === 'come') rig.happen(started(`new-${(comes += 1)}`))
        if (it.kind === 'line') rig.holdPage(it.held)
        if (it.kind === 'pass') await rig.pass(it.ms)
        if (it.kind === 'hold') {
          if (it.held) since ??= shown()
          else since = null
          rig.live.desk.ask({ held: it.held })
        }
      }
      rig.holdPage(false)
      await rig.pass(5000)
      expect(moves).toEqual([])
    }),
    { numRuns: 60 },
  )
})

// One act on many calls: how many at a time, what each came to, and what is left to try.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PickedCall, affected, countCalls, nameCalls } from '#src/features/bulk/affected.ts'
import { type Outcomes, runBulk, tally, unfinished } from '#src/features/bulk/run-bulk.ts'
import { fail, ok } from '#src/lib/result.ts'

const problem = { status: 400, code: 'CALL_NOT_ACTIVE' as const, message: 'The call is over.' }
const ids = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`)

/** Requests that are answered by hand. */
function desk() {
  const open = new Map<string, (isDone: boolean) => void>()
  const asked: string[] = []
  let stopped = false
  let latest: Outcomes = new Map()
  return {
    open,
    asked,
    latest: () => latest,
    stop: () => {
      stopped = true
    },
    run: (calls: readonly string[]) =>
      runBulk(calls, {
        act: (id) => {
          asked.push(id)
          return new Promise((resolve) =>
            open.set(id, (isDone) => {
              open.delete(id)
              resolve(isDone ? ok(undefined) : fail(problem))
            }),
          )
        },
        onChange: (next) => {
          latest = next
        },
        isStopped: () => stopped,
      }),
    async answer(id: string, isDone = true) {
      open.get(id)?.(isDone)
      await new Promise((resolve) => setTimeout(resolve))
    },
  }
}

test('four calls at a time are asked for, the next when one is answered', async () => {
  const rig = desk()
  const over = rig.run(ids(6))
  expect(rig.asked).toEqual(['c0', 'c1', 'c2', 'c3'])
  await rig.answer('c2')
  expect(rig.asked).toEqual(['c0', 'c1', 'c2', 'c3', 'c4'])
  expect(tally(rig.latest())).toEqual({ done: 1, failed: 0, open: 5 })
  for (const id of ['c0', 'c1', 'c3', 'c4', 'c5']) await rig.answer(id, id !== 'c4')
  const outcomes = await over
  expect(tally(outcomes)).toEqual({ done: 5, failed: 1, open: 0 })
  expect(outcomes.get('c4')).toEqual({ state: 'failed', problem })
  expect(unfinished(outcomes)).toEqual(['c4'])
})

test('stopped, what is under way is finished and nothing new is begun', async () => {
  const rig = desk()
  const over = rig.run(ids(9))
  rig.stop()
  for (const id of ['c0', 'c1', 'c2', 'c3']) await rig.answer(id)
  const outcomes = await over
  expect(rig.asked).toHaveLength(4)
  expect(tally(outcomes)).toEqual({ done: 4, failed: 0, open: 5 })
  expect(unfinished(outcomes)).toEqual(['c4', 'c5', 'c6', 'c7', 'c8'])
})

test('whatever is answered, every call is asked for once and has one result', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 30 }), async (answers) => {
      const asked: string[] = []
      const outcomes = await runBulk(ids(answers.length), {
        act: async (id) => {
          asked.push(id)
          return answers[Number(id.slice(1))] ? ok(undefined) : fail(problem)
        },
        onChange: () => {},
        isStopped: () => false,
      })
      expect(asked).toEqual(ids(answers.length))
      expect(tally(outcomes)).toEqual({
        done: answers.filter(Boolean).length,
        failed: answers.filter((one) => !one).length,
        open: 0,
      })
    }),
  )
})

const call = (id: string, over: Partial<PickedCall['brief']> & { isGone?: boolean } = {}): PickedCall => {
  const { isGone = false, ...brief } = over
  return { id, isGone, brief: { id, name: id, isLive: true, isServed: false, fits: true, ...brief } }
}

test('a note reaches every picked call; a person is sent only where there is a call to take', () => {
  const picked = [
    call('a'),
    call('b', { isLive: false }),
    call('c', { isServed: true }),
    call('d', { isGone: true }),
  ]
  expect(affected('note', picked).calls).toEqual(picked)
  const { calls, leftOut } = affected('assign', picked)
  expect(calls.map(({ id }) => id)).toEqual(['a'])
  expect(leftOut.map(({ count }) => count)).toEqual([2, 1])
  expect(affected('assign', [call('a')]).leftOut).toEqual([])
})

test.each([
  [[call('Ana')], 'Ana'],
  [[call('Ana'), call('Bo')], 'Ana and Bo'],
  [[call('Ana'), call('Bo'), call('Cy')], 'Ana, Bo and Cy'],
  [ids(12).map((id) => call(id)), 'c0, c1, c2, c3 and 8 more'],
  [[{ id: 'x', brief: undefined, isGone: true }], 'a call that has left'],
] as [PickedCall[], string][])('whom it concerns is said by name', (picked, words) => {
  expect(nameCalls(picked)).toBe(words)
})

test('calls are counted as they are said', () => {
  expect([countCalls(1), countCalls(2), countCalls(1204)]).toEqual(['1 call', '2 calls', '1,204 calls'])
})

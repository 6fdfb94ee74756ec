// What nobody waits for yet: after the board, or after a while where none comes.
import { act, render } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Commands } from '#src/live/commands.ts'
import { createFloorDesk } from '#src/floor/floor-desk.ts'
import { useAfterBoard } from '#src/live/after-board.ts'
import { LiveProvider } from '#src/live/use-live.ts'
import { setUpStore, snapshot } from '#tests/src/live/store-rig.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A page on which something waits for the board. */
function setUp(withoutBoardMs?: number) {
  const { clock, store } = setUpStore()
  const desk = createFloorDesk(store, clock)
  store.start()
  const actions = {
    subscribe: () => () => {},
    retryNow: () => {},
    commands: {} as Commands,
    loadOlder: async () => ({ ok: true as const, value: 0 }),
  }
  const done = vi.fn()
  function Waiting() {
    useAfterBoard(1000, () => void done(), withoutBoardMs)
    return null
  }
  const { unmount } = render(
    <LiveProvider store={store} desk={desk} actions={actions}>
      <Waiting />
    </LiveProvider>,
  )
  const showBoard = () =>
    act(() => {
      store.inbox.onSnapshot(snapshot(['a']), 0)
      clock.paint()
    })
  const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms))
  return { done, showBoard, pass, unmount }
}

test('what waits comes so long after the board, however late that is', () => {
  const { done, showBoard, pass } = setUp(5000)
  pass(4500)
  showBoard()
  pass(999)
  expect(done).not.toHaveBeenCalled()
  pass(1)
  expect(done).toHaveBeenCalledOnce()
  pass(60_000)
  expect(done).toHaveBeenCalledOnce()
})

test('where no board comes it comes after a while all the same, if it makes sense there', () => {
  const { done, pass } = setUp(5000)
  pass(4999)
  expect(done).not.toHaveBeenCalled()
  pass(1)
  expect(done).toHaveBeenCalledOnce()
  const bound = setUp()
  bound.pass(600_000)
  expect(bound.done).not.toHaveBeenCalled()
})

test('who leaves meanwhile fetches nothing', () => {
  const { done, showBoard, pass, unmount } = setUp(5000)
  showBoard()
  unmount()
  pass(60_000)
  expect(done).not.toHaveBeenCalled()
})

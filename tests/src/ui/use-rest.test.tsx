import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useRest } from '#src/ui/use-rest.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function Way({ onRest }: { onRest: () => void }) {
  return (
    <button type="button" {...useRest(onRest)}>
      Analytics
    </button>
  )
}

test('a pointer that passes over is nobody’s wish; one that rests, the focus and a press are', () => {
  const rested = vi.fn()
  render(<Way onRest={rested} />)
  const way = screen.getByRole('button')
  const pass = (ms: number) => {
    act(() => void vi.advanceTimersByTime(ms))
  }
  fireEvent.pointerEnter(way)
  pass(30)
  fireEvent.pointerLeave(way)
  pass(1000)
  expect(rested).toHaveBeenCalledTimes(0)
  fireEvent.pointerEnter(way)
  pass(1000)
  expect(rested).toHaveBeenCalledTimes(1)
  fireEvent.focus(way)
  pass(1000)
  expect(rested).toHaveBeenCalledTimes(2)
  fireEvent.pointerDown(way)
  expect(rested).toHaveBeenCalledTimes(3)
})

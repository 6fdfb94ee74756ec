import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { later } from '#src/ui/later.tsx'

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

/** A part whose code comes when the test says so. */
function slowPart(name?: string) {
  const tries: { come: () => void; fail: () => void }[] = []
  const Part = later(
    () =>
      new Promise<() => React.ReactNode>((resolve, reject) =>
        tries.push({
          come: () => resolve(() => <button type="button">The real one</button>),
          fail: () => reject(new Error('The server is away.')),
        }),
      ),
    name,
  )
  const settle = (how: 'come' | 'fail') =>
    act(async () => {
      tries.at(-1)?.[how]()
    })
  return { Part, tries, settle }
}

test('a part whose code cannot be fetched says so by name, and comes when it is asked for again', async () => {
  const { Part, tries, settle } = slowPart('The palette')
  render(<Part fallback={<p>Coming…</p>} />)
  expect(screen.queryByRole('alert')).toBeNull()
  await settle('fail')
  expect(screen.getByRole('alert')).toHaveTextContent('The palette could not be loaded.')
  expect(screen.getByText('Coming…')).toBeVisible()
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime })
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(tries).toHaveLength(2)
  expect(screen.getByRole('button', { name: 'Try again' })).toHaveAttribute('aria-busy', 'true')
  await settle('come')
  expect(screen.queryByRole('alert')).toBeNull()
  // Who asked for it stands on it, not at the top of the page.
  expect(screen.getByRole('button', { name: 'The real one' })).toHaveFocus()
})

test('it is tried again by itself too', async () => {
  const { Part, tries, settle } = slowPart('The palette')
  render(<Part />)
  await settle('fail')
  await act(() => vi.advanceTimersByTimeAsync(1000))
  expect(tries).toHaveLength(2)
  await settle('come')
  expect(screen.getByRole('button', { name: 'The real one' })).toBeVisible()
})

test('a part that nobody waits for stays silent', async () => {
  const { Part, settle } = slowPart()
  const { container } = render(<Part />)
  await settle('fail')
  expect(container).toBeEmptyDOMElement()
})

test('the focus on what stands in for a part goes on to the part, and no other focus moves', async () => {
  const { Part, settle } = slowPart('The menu')
  render(
    <>
      <input aria-label="Elsewhere" />
      <Part fallback={<button type="button">Stands in</button>} />
    </>,
  )
  screen.getByRole('button', { name: 'Stands in' }).focus()
  await settle('come')
  expect(screen.getByRole('button', { name: 'The real one' })).toHaveFocus()

  const other = slowPart('The menu')
  const { Part: Other } = other
  render(<Other />)
  screen.getByRole('textbox', { name: 'Elsewhere' }).focus()
  await other.settle('come')
  expect(screen.getByRole('textbox', { name: 'Elsewhere' })).toHaveFocus()
})

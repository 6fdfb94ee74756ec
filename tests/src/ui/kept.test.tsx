import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { KeptOwner, forgetKept } from '#src/ui/kept-owner.ts'
import { useKept } from '#src/ui/kept.ts'

afterEach(cleanup)

function Note() {
  const [text, setText] = useKept('note', '')
  return <input aria-label="Note" value={text} onChange={(event) => setText(event.target.value)} />
}

/** The page as it comes up after a load, for this person. */
function load(owner: string) {
  cleanup()
  forgetKept(owner)
  render(
    <KeptOwner.Provider value={owner}>
      <Note />
    </KeptOwner.Provider>,
  )
  return screen.getByRole('textbox', { name: 'Note' })
}

test('what somebody wrote and did not send is there after a reload', async () => {
  await userEvent.type(load('alamo dana'), 'She leaves the house.')
  expect(load('alamo dana')).toHaveValue('She leaves the house.')
})

test('what was taken back leaves nothing behind', async () => {
  await userEvent.type(load('alamo dana'), 'No.')
  await userEvent.clear(screen.getByRole('textbox', { name: 'Note' }))
  expect(sessionStorage).toHaveLength(0)
})

test('another person at the desk finds nothing of it, not even in the browser', async () => {
  await userEvent.type(load('alamo dana'), 'She leaves the house.')
  expect(load('alamo marcus')).toHaveValue('')
  expect(JSON.stringify({ ...sessionStorage })).not.toContain('house')
})

test('after signing out it is gone', async () => {
  await userEvent.type(load('alamo dana'), 'She leaves the house.')
  forgetKept()
  expect(load('alamo dana')).toHaveValue('')
})

test('a browser that stores nothing keeps it as long as the page is there', async () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  await userEvent.type(load('alamo dana'), 'She leaves.')
  expect(load('alamo dana')).toHaveValue('She leaves.')
  await userEvent.clear(screen.getByRole('textbox', { name: 'Note' }))
  vi.restoreAllMocks()
})

test('what the browser holds and cannot be read is as if nothing had been written', () => {
  sessionStorage.setItem('callboard.kept.1/alamo dana/note', '{"half')
  expect(load('alamo dana')).toHaveValue('')
})

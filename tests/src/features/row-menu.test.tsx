import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { makeCall } from '#tests/support/factories.ts'
import { renderLive } from '#tests/support/render-live.tsx'

const gwen = makeCall({ id: 'gwen', contact_name: 'Gwen Stallworth' })
const row = () => document.querySelector('[data-call-id="gwen"]') as HTMLElement

test('the menu of a row offers the acts on its call with their keys, walks by arrows and closes to the row', async () => {
  const live = await renderLive({ calls: [gwen] })
  fireEvent.contextMenu(row())
  const menu = await screen.findByRole('menu', { name: 'What to do with Gwen Stallworth' })
  expect(screen.getByRole('menuitem', { name: 'Message the AI' })).toHaveFocus()
  expect(screen.getByRole('menuitem', { name: 'Write a note' })).toHaveAttribute('aria-keyshortcuts', 'n')
  await live.user.keyboard('{ArrowDown}')
  expect(screen.getByRole('menuitem', { name: 'Pause or resume the AI' })).toHaveFocus()
  await live.user.keyboard('{Escape}')
  expect(menu).not.toBeInTheDocument()
  await waitFor(() => expect(row()).toHaveFocus())
})

test('an act that the role may not do says who may, and is not done', async () => {
  const live = await renderLive({ calls: [gwen], role: 'csr' })
  fireEvent.contextMenu(row())
  const pause = await screen.findByRole('menuitem', { name: /^Pause or resume the AI/ })
  expect(pause).toHaveTextContent('Only dispatchers, managers and owners may do this.')
  await live.user.click(pause)
  expect(screen.getByRole('menu')).toBeVisible()
  expect(live.asked.filter(({ route }) => route.includes('intervene'))).toEqual([])
})

test('an act from the menu opens the call and begins there', async () => {
  const live = await renderLive({ calls: [gwen] })
  fireEvent.contextMenu(row())
  await live.user.click(await screen.findByRole('menuitem', { name: 'Write a note' }))
  await waitFor(() => expect(location.pathname).toBe('/live/gwen'))
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Note' })).toHaveFocus())
})

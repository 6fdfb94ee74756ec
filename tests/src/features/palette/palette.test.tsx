import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { makeAttention, makeCall } from '#tests/support/factories.ts'
import { ok, renderLive } from '#tests/support/render-live.tsx'

const act = makeAttention({
  score: 80,
  level: 'act',
  reasons: [{ code: 'asked_for_human', text: 'Asked for a person twice', since: '2026-11-20T14:00:10.000Z' }],
})
const marisol = makeCall({ id: 'marisol', contact_name: 'Marisol Trevino', attention: act, ai_name: 'Ava' })
const gwen = makeCall({ id: 'gwen', contact_name: 'Gwen Stallworth', ai_name: 'Theo' })

const field = () => screen.findByRole('combobox', { name: /Action, call, number/ })
const options = () => screen.getAllByRole('option').map((option) => option.textContent)
const option = (name: RegExp) => screen.getByRole('option', { name })

async function openPalette(options: Parameters<typeof renderLive>[0]) {
  const live = await renderLive(options)
  await live.user.keyboard('{Control>}k{/Control}')
  return { ...live, field: await field() }
}

test('the palette lists what can be done, then places, then the calls that need a person, with their keys', async () => {
  await openPalette({ calls: [marisol, gwen] })
  const groups = screen.getAllByRole('group').map((group) => group.getAttribute('aria-label'))
  expect(groups).toEqual(['Actions', 'Go to', 'Calls that need a person'])
  expect(option(/^Filter calls/)).toHaveTextContent('/')
  expect(option(/Marisol Trevino: Asked for a person twice/)).toBeVisible()
})

test('the list is told to a screen reader as a combobox whose option changes', async () => {
  const { field: input, user } = await openPalette({ calls: [marisol] })
  expect(input).toHaveFocus()
  expect(input).toHaveAttribute('aria-expanded', 'true')
  const list = screen.getByRole('listbox')
  expect(input).toHaveAttribute('aria-controls', list.id)
  const selected = () => within(list).getByRole('option', { selected: true })
  const first = selected()
  expect(input).toHaveAttribute('aria-activedescendant', first.id)
  await user.keyboard('{ArrowDown}')
  expect(selected()).not.toBe(first)
  expect(input).toHaveAttribute('aria-activedescendant', selected().id)
  await user.keyboard('{ArrowUp}{ArrowUp}')
  expect(selected()).toBe(within(list).getAllByRole('option').at(-1))
})

test('a call anywhere on the floor is found by a few letters and opened', async () => {
  const { user } = await openPalette({ calls: [marisol, gwen], at: '/live/marisol?dir=outbound&line=7' })
  await user.keyboard('gwst')
  await waitFor(() => expect(option(/Gwen Stallworth/)).toBeVisible())
  await user.keyboard('{Enter}')
  await waitFor(() => expect(location.pathname).toBe('/live/gwen'))
  // The line was one of the call before.
  expect(location.search).toBe('?dir=outbound')
  expect(screen.queryByRole('listbox')).toBeNull()
})

test('an agent leads to the calls they are on', async () => {
  const { user } = await openPalette({ calls: [marisol, gwen] })
  await user.keyboard('theo')
  await waitFor(() => expect(option(/^Theo/)).toHaveTextContent('show the call'))
  await user.click(option(/^Theo/))
  await waitFor(() => expect(location.search).toBe('?q=Theo'))
})

test('what cannot be done says why and does nothing', async () => {
  const { user, asked } = await openPalette({ calls: [gwen], role: 'viewer', at: '/live/gwen' })
  await user.keyboard('pause or resume')
  const pause = option(/^Pause or resume the AI/)
  expect(pause).toHaveAttribute('aria-disabled', 'true')
  expect(pause).toHaveTextContent('Only dispatchers, managers and owners may do this.')
  await user.keyboard('{Enter}')
  expect(screen.getByRole('listbox')).toBeVisible()
  expect(asked.filter(({ route }) => route.includes('intervene'))).toEqual([])
})

test('an act from the palette is done on the row it was called from', async () => {
  const live = await renderLive({ calls: [marisol, gwen] })
  await live.user.keyboard('jj')
  expect(document.activeElement).toHaveAttribute('data-call-id', 'gwen')
  await live.user.keyboard('{Control>}k{/Control}')
  await field()
  expect(screen.getByText('Acts on Gwen Stallworth')).toBeVisible()
  await live.user.keyboard('write a note{Enter}')
  await waitFor(() => expect(location.pathname).toBe('/live/gwen'))
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Note' })).toHaveFocus())
})

test('Escape closes it and gives the focus back', async () => {
  const live = await renderLive({ calls: [marisol] })
  await live.user.keyboard('j{Control>}k{/Control}')
  await field()
  await live.user.keyboard('{Escape}')
  await waitFor(() => expect(document.activeElement).toHaveAttribute('data-call-id', 'marisol'))
})

test('what was done last stands first', async () => {
  const live = await renderLive({ calls: [marisol] })
  await live.user.keyboard('dd')
  await live.user.keyboard('{Control>}k{/Control}')
  await field()
  expect(options()[0]).toContain('Compact or normal rows')
})

test('nothing found says so', async () => {
  const { user } = await openPalette({ calls: [marisol] })
  await user.keyboard('zebra crossing')
  expect(await screen.findByText('Nothing here is called that.')).toBeVisible()
})

test('pausing from the keyboard can be taken back, by key, on the call it was done on', async () => {
  const live = await renderLive({ calls: [marisol, gwen], at: '/live/gwen' })
  live.answers['POST /api/v1/calls/:call_id/intervene'] = () => ok({ success: true, state: 'applied' })
  await live.user.keyboard('p')
  expect(await screen.findByText('Paused Theo for Gwen Stallworth')).toBeVisible()
  await live.user.keyboard('z')
  await waitFor(() =>
    expect(
      live.asked.filter(({ route }) => route.includes('intervene')).map(({ body }) => body['action']),
    ).toEqual(['pause', 'resume']),
  )
  expect(screen.queryByText('Paused Theo for Gwen Stallworth')).toBeNull()
})

test('a key on a row acts on that row, not on the call that happens to be open', async () => {
  const live = await renderLive({ calls: [marisol, gwen], at: '/live/marisol' })
  live.answers['POST /api/v1/calls/:call_id/intervene'] = () => ok({ success: true, state: 'applied' })
  await live.user.keyboard('jj')
  expect(document.activeElement).toHaveAttribute('data-call-id', 'gwen')
  await live.user.keyboard('p')
  await waitFor(() => expect(location.pathname).toBe('/live/gwen'))
  expect(await screen.findByText('Paused Theo for Gwen Stallworth')).toBeVisible()
})

test('clearing the filters can be taken back', async () => {
  const live = await renderLive({ calls: [marisol, gwen], at: '/live?dir=outbound&sort=qa' })
  await live.user.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement)
  expect(location.search).toBe('?sort=qa')
  await live.user.click(await screen.findByRole('button', { name: 'Undo: Cleared the filters' }))
  expect(location.search).toBe('?dir=outbound&sort=qa')
})

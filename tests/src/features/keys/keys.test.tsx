import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { browserPreferences } from '#src/ui/use-preference.ts'
import { makeAttention, makeCall } from '#tests/support/factories.ts'
import { renderLive } from '#tests/support/render-live.tsx'

const gwen = makeCall({ id: 'gwen', contact_name: 'Gwen Stallworth' })
const ada = makeCall({ id: 'ada', contact_name: 'Ada Quist', attention: makeAttention({ score: 40 }) })

afterEach(() => browserPreferences().set('keys', null))

async function openSettings(at = '/live') {
  const live = await renderLive({ calls: [gwen, ada], at })
  await live.user.keyboard('?')
  await live.user.click(await screen.findByText('Change keys'))
  await screen.findByLabelText('Find an action')
  return live
}
const fault = () => document.querySelector('.keys-fault') as HTMLElement
const noteButton = () => document.querySelector('.act-button-note') as HTMLElement
const row = (name: RegExp) =>
  [...document.querySelectorAll('.keys-row')].find((item) => name.test(item.textContent ?? '')) as HTMLElement

test('the sheet shows all keys by group, and why one cannot act now', async () => {
  const live = await renderLive({ calls: [gwen] })
  await live.user.keyboard('?')
  const sheet = await screen.findByRole('dialog', { name: 'Keys' })
  for (const group of ['Stepping in', 'The open call', 'The board', 'Go to', 'Everywhere'])
    expect(within(sheet).getByRole('heading', { name: group })).toBeVisible()
  expect(within(sheet).getByText(/^End the call/)).toHaveTextContent('asks first')
  expect(within(sheet).getByText(/^Next act-now call/)).toHaveTextContent('No call needs a person now.')
})

test('a key is changed by pressing another one, and everything that prints it follows', async () => {
  const live = await openSettings('/live/gwen')
  await live.user.click(screen.getByLabelText('Change the key of Write a note'))
  await live.user.keyboard('9')
  expect(row(/^Write a note/)).toHaveTextContent('9')
  await live.user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByLabelText('Find an action')).toBeNull())
  expect(noteButton()).toHaveAttribute('aria-keyshortcuts', '9')
  await live.user.keyboard('n')
  expect(screen.queryByLabelText('Note')).toBeNull()
  await live.user.keyboard('9')
  expect(screen.getByLabelText('Note')).toHaveFocus()
})

test('a key that is taken names who has it, and is given only when that is wanted', async () => {
  const live = await openSettings()
  await live.user.click(screen.getByLabelText('Change the key of Write a note'))
  await live.user.keyboard('k')
  const conflict = fault()
  expect(conflict).toHaveTextContent('k is taken by “Previous call”')
  await live.user.click(within(conflict).getByRole('button', { name: 'Keep it there' }))
  expect(row(/^Write a note/)).toHaveTextContent('n')
  await live.user.click(screen.getByLabelText('Change the key of Write a note'))
  await live.user.keyboard('k')
  await live.user.click(screen.getByRole('button', { name: 'Use it here instead' }))
  expect(row(/^Write a note/)).toHaveTextContent('k')
  expect(row(/^Previous call/)).not.toHaveTextContent(/k\b.*Change/)
  await live.user.click(screen.getByRole('button', { name: 'Reset all' }))
  expect(browserPreferences().get('keys')).toEqual({ singleKeys: true, keys: {} })
})

test('what the browser keeps is not given away, and Escape keeps the old key', async () => {
  const live = await openSettings()
  await live.user.click(screen.getByLabelText('Change the key of Write a note'))
  await live.user.keyboard('{Control>}t{/Control}')
  expect(fault()).toHaveTextContent('The browser keeps this one.')
  await live.user.keyboard('{Escape}')
  expect(row(/^Write a note/)).toHaveTextContent('n')
  expect(screen.getByLabelText('Find an action')).toBeVisible()
})

test('a sequence is recorded by pressing both keys', async () => {
  const live = await openSettings()
  await live.user.click(screen.getByLabelText('Change the key of Write a note'))
  await live.user.keyboard('gn')
  expect(browserPreferences().get('keys')).toMatchObject({ keys: { 'act.note': ['g n'] } })
})

test('single keys can be switched off: only the palette and named keys act then', async () => {
  const live = await openSettings('/live/gwen')
  await live.user.click(screen.getByLabelText(/Single keys act/))
  await live.user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByLabelText('Find an action')).toBeNull())
  expect(noteButton()).not.toHaveAttribute('aria-keyshortcuts')
  await live.user.keyboard('n')
  expect(screen.queryByLabelText('Note')).toBeNull()
  await live.user.keyboard('{Control>}k{/Control}')
  expect(await screen.findByRole('combobox', { name: /Action, call/ })).toBeVisible()
})

test('the list of keys is searched by other words too', async () => {
  const live = await openSettings()
  await live.user.type(screen.getByLabelText('Find an action'), 'hang up')
  expect([...document.querySelectorAll('.keys-row')].map((item) => item.textContent)).toEqual([
    expect.stringMatching(/^End the call/),
  ])
})

test('a begun sequence shows what may follow, and a key that cannot act says why', async () => {
  const live = await renderLive({ calls: [gwen], role: 'viewer', at: '/live/gwen' })
  await live.user.keyboard('g')
  expect(await screen.findByText(/Go to the live board/)).toBeVisible()
  await live.user.keyboard('{Escape}')
  expect(location.pathname).toBe('/live/gwen')
  await live.user.keyboard('m')
  expect(await screen.findByText('Only dispatchers, managers and owners may do this.')).toBeVisible()
})

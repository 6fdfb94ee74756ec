// Acting on several calls from the live page: who it concerns before, what became of each after.
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { makeCall, makeFrame } from '#tests/support/factories.ts'
import { fail, ok, renderLive } from '#tests/support/render-live.tsx'

const named = (id: string, contact_name: string, minute: number) =>
  makeCall({ id, contact_name, started_at: `2026-11-20T13:0${minute}:00.000Z` })
const calls = [
  named('a', 'Ana Ruiz', 1),
  named('b', 'Bo Chen', 2),
  named('c', 'Cy Novak', 3),
  named('d', 'Di Ott', 4),
]

const row = (id: string) => document.querySelector<HTMLElement>(`[data-call-id="${id}"]`) as HTMLElement
const box = (id: string) => row(id).querySelector<HTMLElement>('[data-col="pick"]') as HTMLElement
const picked = () =>
  [...document.querySelectorAll<HTMLElement>('[data-call-id][aria-selected="true"]')].map(
    ({ dataset }) => dataset.callId,
  )
const bar = () => screen.findByRole('region', { name: 'Selected calls' })
const noteRoute = 'POST /api/v1/calls/:call_id/notes'

// Typing and clicking as a person does takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

// The bar's code is at hand, as it is after the first selection of the day.
beforeEach(async () => void (await import('#src/app/pages/bulk-slot.tsx')))

test('rows are picked by their boxes, as a range with Shift, and one by one with x', async () => {
  const live = await renderLive({ calls })
  await live.user.click(box('a'))
  expect(picked()).toEqual(['a'])
  expect(location.pathname).toBe('/live')
  await live.user.keyboard('{Shift>}')
  await live.user.click(box('c'))
  await live.user.keyboard('{/Shift}')
  await waitFor(() => expect(picked()).toEqual(['a', 'b', 'c']))
  row('b').focus()
  await live.user.keyboard('x')
  expect(picked()).toEqual(['a', 'c'])
  expect(await bar()).toHaveTextContent('2 calls selected')
  await live.user.keyboard('{Escape}')
  expect(picked()).toEqual([])
})

test('a note says whom it concerns, and what failed can be tried again alone', async () => {
  const live = await renderLive({ calls })
  await live.user.click(box('a'))
  await live.user.click(box('b'))
  const region = within(await bar())
  await live.user.click(await region.findByRole('button', { name: 'Note…' }))
  expect(await bar()).toHaveTextContent('Ana Ruiz and Bo Chen. You can take it back for 10 s.')
  const failing = new Set(['b'])
  live.answers[noteRoute] = ({ params }) =>
    failing.has(params.call_id ?? '')
      ? fail({ status: 404, code: 'CALL_NOT_FOUND', message: 'Call not found.' })
      : ok({ success: true, note_id: 1, message: '' })
  await live.user.type(
    region.getByRole('textbox', { name: 'Note for all selected calls' }),
    'Storm desk{Enter}',
  )
  await waitFor(async () => expect(await bar()).toHaveTextContent('1 call noted, 1 failed'))
  expect(region.getByText('Bo Chen')).toBeInTheDocument()
  failing.clear()
  await live.user.click(region.getByRole('button', { name: 'Try 1 call again' }))
  await waitFor(async () => expect(await bar()).toHaveTextContent('1 call noted'))
  const notes = live.asked.filter(({ route }) => route === noteRoute)
  expect(notes.map(({ params, body }) => [params.call_id, body.note])).toEqual([
    ['a', 'Storm desk'],
    ['b', 'Storm desk'],
    ['b', 'Storm desk'],
  ])
})

test('an empty note is asked for and not sent', async () => {
  const live = await renderLive({ calls })
  await live.user.click(box('a'))
  const region = within(await bar())
  await live.user.click(await region.findByRole('button', { name: 'Note…' }))
  await live.user.click(region.getByRole('button', { name: /^Note 1 call/ }))
  expect(await bar()).toHaveTextContent('Write the note.')
  expect(live.asked.filter(({ route }) => route === noteRoute)).toEqual([])
})

test('a person is sent to the calls that can be taken, and it is said who is left out', async () => {
  const live = await renderLive({ calls })
  live.answers['GET /api/v1/agents'] = () =>
    ok({
      agents: [{ id: 'lee', name: 'Lee Park', skills: ['roofing'], is_available: true, is_active: true }],
    })
  for (const id of ['a', 'b', 'c']) await live.user.click(box(id))
  await live.happen(
    makeFrame('call.ended', { call_id: 'b', ended_at: new Date(live.clock.now()).toISOString() }),
  )
  await live.pass(3500)
  const region = within(await bar())
  await live.user.click(await region.findByRole('button', { name: 'Assign…' }))
  await live.user.selectOptions(await region.findByRole('combobox', { name: 'Who' }), 'lee')
  expect(await bar()).toHaveTextContent('Left out: 1 is over.')
  await live.user.click(region.getByRole('button', { name: /^Ask Lee Park: 2 calls/ }))
  await waitFor(() =>
    expect(
      live.asked
        .filter(({ route }) => route === 'POST /api/v1/calls/:call_id/escalate')
        .map(({ params, body }) => [params.call_id, body.agent_id]),
    ).toEqual([
      ['a', 'lee'],
      ['c', 'lee'],
    ]),
  )
})

test('watched calls stand first in a bay of their own until they are taken off', async () => {
  const live = await renderLive({ calls })
  row('c').focus()
  await live.user.keyboard('w')
  await live.pass(100)
  const order = () =>
    [...document.querySelectorAll<HTMLElement>('[data-call-id]')]
      .sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
      .map(({ dataset }) => dataset.callId)
  await waitFor(() => expect(order()).toEqual(['c', 'a', 'b', 'd']))
  expect(screen.getByText('My watch list')).toBeInTheDocument()
  row('c').focus()
  await live.user.keyboard('w')
  await live.pass(100)
  expect(screen.queryByText('My watch list')).not.toBeInTheDocument()
})

test('all calls of the filter are picked by their exact number, and calls that come later are not', async () => {
  const live = await renderLive({ calls })
  await live.user.click(screen.getByRole('checkbox', { name: 'Select all 4 calls' }))
  await waitFor(() => expect(picked()).toHaveLength(4))
  await live.happen(makeFrame('call.started', { call: named('e', 'Eva Lind', 5) }))
  await live.pass(2500)
  expect(picked()).toHaveLength(4)
  expect(await bar()).toHaveTextContent('4 calls selected')
  await live.user.click(screen.getByRole('checkbox', { name: 'Let the 4 selected calls go' }))
  expect(picked()).toEqual([])
})

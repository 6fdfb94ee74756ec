// What was written or asked for can be taken back: a note, notes on many calls, people sent to many calls.
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { at, openCall, pane } from '#tests/src/app/pane-rig.ts'
import { makeCall, makeEscalation, makeFrame, makeNote } from '#tests/support/factories.ts'
import { fail, ok, renderLive } from '#tests/support/render-live.tsx'

const add = 'POST /api/v1/calls/:call_id/notes'
const takeBack = 'DELETE /api/v1/calls/:call_id/notes/:note_id'
const ask = 'POST /api/v1/calls/:call_id/escalate'
const withdraw = 'PATCH /api/v1/escalations/:id'

vi.setConfig({ testTimeout: 30_000 })
beforeEach(
  async () =>
    void (await Promise.all([import('#src/app/pages/bulk-slot.tsx'), import('#src/ui/undo-toast.tsx')])),
)

async function noted() {
  const live = await openCall()
  live.answers[add] = () => ok({ success: true, note_id: 7, message: '' })
  await live.user.keyboard('n')
  await live.user.keyboard('Wrong caller')
  await live.user.click(screen.getByRole('button', { name: 'Add note' }))
  await live.happen(
    makeFrame(
      'note.added',
      { call_id: 'c1', note: makeNote({ id: 7, note: 'Wrong caller', created_at: at(59) }) },
      { stream: 'call:c1', seq: 5, prev: 1 },
    ),
  )
  expect(pane().getByText('Wrong caller')).toBeVisible()
  const undo = await screen.findByRole('button', { name: 'Undo: Note on Marisol Trevino' })
  return { live, undo }
}

test('a note is taken back by the button; its words are there to be put right, and its line goes when the server says so', async () => {
  const { live, undo } = await noted()
  live.answers[takeBack] = () => ok({ success: true, message: '' })
  await live.user.click(undo)
  await live.pass(50)
  expect(live.asked.at(-1)).toMatchObject({ route: takeBack, params: { call_id: 'c1', note_id: '7' } })
  expect(screen.getByRole('textbox', { name: 'Note' })).toHaveValue('Wrong caller')
  await live.happen(
    makeFrame(
      'note.removed',
      { call_id: 'c1', note_id: 7, by: { id: 'u1', name: 'Dana Kessler' } },
      { stream: 'call:c1', seq: 6, prev: 5 },
    ),
  )
  expect(pane().queryByText('Wrong caller', { selector: ':not(textarea)' })).toBeNull()
})

test('a note is taken back by the undo key', async () => {
  const { live } = await noted()
  live.answers[takeBack] = () => ok({ success: true, message: '' })
  await live.user.keyboard('{Escape}z')
  await live.pass(50)
  expect(live.asked.at(-1)?.route).toBe(takeBack)
})

test('a note that stays says why, and offers no other try', async () => {
  const { live, undo } = await noted()
  live.answers[takeBack] = () => fail({ status: 409, code: 'TOO_LATE', message: 'This one stays.' })
  await live.user.click(undo)
  await waitFor(() => expect(screen.getByText('This one stays.')).toBeVisible())
  expect(screen.queryByRole('button', { name: /^(Undo|Try again to undo)/ })).toBeNull()
})

test('a note that could not be reached may be tried again', async () => {
  const { live, undo } = await noted()
  live.answers[takeBack] = () => fail({ status: 0, code: 'NETWORK', message: '' })
  await live.user.click(undo)
  await waitFor(() =>
    expect(screen.getByRole('button', { name: 'Try again to undo: Note on Marisol Trevino' })).toBeVisible(),
  )
})

const calls = ['Ana Ruiz', 'Bo Chen', 'Cy Novak'].map((contact_name, minute) =>
  makeCall({ id: `b${minute}`, contact_name, started_at: `2026-11-20T13:0${minute}:00.000Z` }),
)
async function picked() {
  const live = await renderLive({ calls })
  for (const { id } of calls)
    await live.user.click(document.querySelector(`[data-call-id="${id}"] [data-col="pick"]`) as HTMLElement)
  return { live, bar: within(await screen.findByRole('region', { name: 'Selected calls' })) }
}

test('one undo takes the notes on all calls back, and says which of them stay', async () => {
  const { live, bar } = await picked()
  live.answers[add] = ({ params }) =>
    ok({ success: true, note_id: Number(params.call_id?.slice(1)), message: '' })
  await live.user.click(await bar.findByRole('button', { name: 'Note…' }))
  await live.user.type(bar.getByRole('textbox', { name: 'Note for all selected calls' }), 'Storm desk{Enter}')
  live.answers[takeBack] = ({ params }) =>
    params.note_id === '1'
      ? fail({ status: 409, code: 'TOO_LATE', message: 'This one stays.' })
      : ok({ success: true, message: '' })
  await live.user.click(await screen.findByRole('button', { name: 'Undo: 3 calls noted' }))
  await waitFor(() =>
    expect(screen.getByText('2 of 3 taken back. Not the rest: This one stays.')).toBeVisible(),
  )
  const taken = live.asked.filter(({ route }) => route === takeBack)
  expect(taken.map(({ params }) => [params.call_id, params.note_id])).toEqual([
    ['b0', '0'],
    ['b1', '1'],
    ['b2', '2'],
  ])
})

test('one undo withdraws the requests that were made, and leaves those that others had made', async () => {
  const { live, bar } = await picked()
  live.answers['GET /api/v1/agents'] = () => ok({ agents: [] })
  live.answers[ask] = ({ params }) =>
    ok({
      escalation: makeEscalation({
        id: Number(params.call_id?.slice(1)),
        trigger_type: params.call_id === 'b1' ? 'keyword' : 'manual',
      }),
      message: '',
      command_id: 'x',
      state: params.call_id === 'b2' ? 'delivered' : 'sent',
    })
  live.answers[withdraw] = () => ok({ escalation: makeEscalation({}), message: '' })
  await live.user.click(await bar.findByRole('button', { name: 'Assign…' }))
  await live.user.click(await bar.findByRole('button', { name: /^Ask for a person: 3 calls/ }))
  await live.user.click(await screen.findByRole('button', { name: 'Undo: 3 calls assigned' }))
  await waitFor(() =>
    expect(
      screen.getByText(
        '1 of 3 taken back. Not the rest: A rule wants a person on the call. A person had been asked before.',
      ),
    ).toBeVisible(),
  )
  expect(live.asked.filter(({ route }) => route === withdraw)).toMatchObject([
    { params: { id: 0 }, body: { status: 'cancelled', if_status: 'pending' } },
  ])
})

import { act, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Escalation } from '#contract/transcript.ts'
import { makeCall, makeClaim, makeEscalation, makeFrame, makeLine } from '#tests/support/factories.ts'
import { go } from '#src/ui/address.ts'
import { fail, ok, renderLive } from '#tests/support/render-live.tsx'

const at = (second: number) => `2026-11-20T14:00:${String(second).padStart(2, '0')}.000Z`
const call = makeCall({
  id: 'c1',
  contact_name: 'Marisol Trevino',
  ai_name: 'Ava',
  escalation_status: 'pending',
})
const agent = { id: 'a1', name: 'Priya Raman' }
const change = 'PATCH /api/v1/escalations/:id'
const escalation = makeEscalation({
  id: 7,
  call_id: 'c1',
  requested_at: at(50),
  assigned_agent_id: 'a1',
  agent_name: 'Priya Raman',
  transfer: {
    state: 'ringing',
    since: at(52),
    agent,
    attempts: [{ agent, state: 'ringing', at: at(50) }],
    deadline: '2026-11-20T14:01:32.000Z',
    fallback: 'next_agent',
  },
  briefing: {
    who: 'Marisol Trevino · Alamo Roofing',
    wants: { text: 'The roof leaks.', line_id: 2 },
    promised: [],
    mood: 'Negative',
    open_questions: [],
    drafted_at: at(50),
  },
})

async function openTransfer(over: Partial<Escalation> = {}, options: Parameters<typeof renderLive>[0] = {}) {
  const live = await renderLive({ calls: [call], at: '/live/c1', ...options })
  const lines = [makeLine({ id: 1, speaker: 'ai' }), makeLine({ id: 2, text: 'The roof leaks.' })]
  const detail = { call, interactions: lines, interactions_count: 2, interventions: [], notes: [] }
  await import('#src/app/pages/transfer-slot.tsx')
  const show = () =>
    live.show({ stream: 'call:c1', detail: { ...detail, escalation: { ...escalation, ...over } } })
  await show()
  const panel = await screen.findByRole('region', { name: 'Transfer to a person' })
  return { live, panel: within(panel), show }
}

test('the transfer says who is rung, since when, and what follows', async () => {
  const { live, panel } = await openTransfer()
  const steps = panel.getByRole('list', { name: 'Escalation' })
  expect(within(steps).getByText('Ringing').closest('li')).toHaveAttribute('aria-current', 'step')
  expect(panel.getByText(/then the next free agent is asked/)).toBeVisible()
  const bridged = {
    ...escalation,
    status: 'in_progress' as const,
    transfer: { ...escalation.transfer, state: 'bridged' },
  }
  await live.happen(
    makeFrame(
      'escalation.updated',
      { call_id: 'c1', escalation: bridged as Escalation },
      { stream: 'call:c1' },
    ),
  )
  expect(panel.getByText(/Priya Raman speaks with the caller/)).toBeVisible()
})

test('who comes too late reads who has the call', async () => {
  const { live, panel } = await openTransfer()
  live.answers[change] = () => fail({ status: 409, code: 'CONFLICT', message: 'Wen Zhao has the call.' })
  await live.user.click(panel.getByRole('button', { name: 'Take it myself' }))
  expect(await panel.findByRole('alert')).toHaveTextContent('Wen Zhao has the call.')
  expect(live.asked.at(-1)).toMatchObject({
    route: change,
    params: { id: 7 },
    body: { status: 'in_progress' },
  })
})

test('the briefing leads to its line and is corrected in place', async () => {
  const { live, panel } = await openTransfer()
  live.answers[change] = () => ok({ escalation, message: 'Noted.' })
  await live.user.click(panel.getByRole('button', { name: /^Briefing/ }))
  await live.user.click(panel.getByRole('button', { name: 'line 2' }))
  expect(document.querySelector('[data-interaction-id="2"]')).toHaveClass('line-current')
  await live.user.click(panel.getByRole('button', { name: 'Correct' }))
  await live.user.type(panel.getByRole('textbox', { name: /^Promised/ }), 'A crew{Enter}A tarp')
  await live.user.click(panel.getByRole('button', { name: 'Save the briefing' }))
  expect(live.asked.at(-1)?.body).toMatchObject({ briefing: { promised: ['A crew', 'A tarp'] } })
  expect(panel.queryByRole('form')).toBeNull()
  expect(panel.queryByRole('button', { name: 'I have read it' })).toBeNull()
})

test('the receiver confirms having read it', async () => {
  const me = { id: 'u1', name: 'Dana Kessler' }
  const { live, panel } = await openTransfer({
    transfer: { state: 'ringing', since: at(52), agent: me, attempts: [], fallback: 'next_agent' },
  })
  live.answers[change] = () => ok({ escalation, message: 'Noted.' })
  await live.user.click(panel.getByRole('button', { name: 'I have read it' }))
  expect(live.asked.at(-1)?.body).toEqual({ confirm_briefing: true })
})

test('handing back sends what was promised, one a line', async () => {
  const { live, panel } = await openTransfer({ status: 'in_progress' })
  live.answers[change] = () => ok({ escalation, message: 'Done.' })
  await live.user.click(panel.getByRole('button', { name: 'Hand back to Ava' }))
  await live.user.type(panel.getByRole('textbox', { name: /promised, one a line/ }), 'A crew on Thursday')
  await live.user.click(within(panel.getByRole('form')).getByRole('button', { name: /^Hand back/ }))
  expect(live.asked.at(-1)?.body).toEqual({ status: 'completed', promised: ['A crew on Thursday'] })
})

test('who may only look is offered nothing to press but the briefing', async () => {
  const { panel } = await openTransfer({}, { role: 'viewer' })
  expect(panel.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    'Less',
    'Briefing · not read yet',
  ])
})

test('taking a call that somebody else has offers to take it over, and does so when that is said', async () => {
  const { live, panel } = await openTransfer()
  const holder = makeClaim({ since: at(30) })
  live.answers[change] = ({ body }) =>
    body.force
      ? ok({ escalation, message: 'Done.' })
      : fail({ status: 409, code: 'CALL_CLAIMED', message: 'Taken.', details: { holder } })
  await live.user.click(panel.getByRole('button', { name: 'Take it myself' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Marcus Oyelaran has this call' }))
  await live.user.click(dialog.getByRole('button', { name: 'Take over and take the call' }))
  expect(live.asked.at(-1)).toMatchObject({ route: change, body: { status: 'in_progress', force: true } })
  expect(panel.queryByRole('alert')).toBeNull()
})

test('a correction that is being written outlives a cut line, a folded panel and a look at another call', async () => {
  const { live, panel, show } = await openTransfer()
  live.answers[change] = () => fail({ status: 0, code: 'NETWORK', message: 'The server cannot be reached.' })
  await live.user.click(panel.getByRole('button', { name: /^Briefing/ }))
  await live.user.click(panel.getByRole('button', { name: 'Correct' }))
  const questions = () => screen.getByRole('textbox', { name: 'Open questions, one a line' })
  await live.user.type(questions(), 'Will the ceiling hold?')
  await live.user.click(panel.getByRole('button', { name: 'Save the briefing' }))
  expect(await panel.findByRole('alert')).toHaveTextContent(/cannot be reached/)
  expect(questions()).toHaveValue('Will the ceiling hold?')
  await live.user.click(panel.getByRole('button', { name: 'Less about the transfer' }))
  expect(panel.getByText(/not saved/)).toBeVisible()
  expect(screen.queryByRole('textbox', { name: 'Open questions, one a line' })).toBeNull()

  act(() => go('/live'))
  act(() => go('/live/c1'))
  await show()
  await waitFor(() => expect(questions()).toHaveValue('Will the ceiling hold?'))
})

test('who corrects a briefing reads that somebody else corrected it meanwhile', async () => {
  const { live, panel } = await openTransfer()
  await live.user.click(panel.getByRole('button', { name: /^Briefing/ }))
  await live.user.click(panel.getByRole('button', { name: 'Correct' }))
  const other = {
    ...escalation,
    briefing: {
      ...escalation.briefing,
      wants: { text: 'A tarp tonight.' },
      edited_by: { id: 'u2', name: 'Ruth Castellanos' },
    },
  } as Escalation
  await live.happen(
    makeFrame('escalation.updated', { call_id: 'c1', escalation: other }, { stream: 'call:c1' }),
  )
  expect(panel.getByText(/Ruth Castellanos corrected it meanwhile/)).toBeVisible()
  expect(panel.getByRole('textbox', { name: 'Wants' })).toHaveValue('The roof leaks.')
})

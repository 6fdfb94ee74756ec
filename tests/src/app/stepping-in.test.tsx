// The acts on an open call, as somebody does them: what goes out, what comes back, what is refused.
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { at, marisol, openCall } from '#tests/src/app/pane-rig.ts'
import { makeFrame, makeIntervention, makeLine } from '#tests/support/factories.ts'
import { fail, ok } from '#tests/support/render-live.tsx'

const intervene = 'POST /api/v1/calls/:call_id/intervene'

test('a message goes out once however often it is sent, and its receipt grows in the script', async () => {
  const live = await openCall()
  let answer: (value: ReturnType<typeof ok>) => void = () => {}
  live.answers[intervene] = () =>
    new Promise((resolve) => {
      answer = resolve
    })
  await live.user.keyboard('m')
  const box = screen.getByRole('textbox', { name: 'Message to Ava' })
  expect(box).toHaveFocus()
  await live.user.keyboard('Waive the fee{Enter}{Enter}')
  const sent = live.asked.filter(({ route }) => route === intervene)
  expect(sent).toHaveLength(1)
  expect(sent[0]?.body).toMatchObject({ action: 'send_message', message: 'Waive the fee' })
  expect(document.querySelector('[data-receipt="sending"]')).toHaveTextContent('Message to Ava')
  const command_id = String(sent[0]?.body['command_id'])
  answer(ok({ success: true, message: '', command_id, state: 'sent' }))
  await live.pass(50)
  expect(box).toHaveValue('')
  const receipt = makeIntervention({ command_id, text: 'Waive the fee', at: at(50), state: 'delivered' })
  await live.happen(makeFrame('intervention.updated', receipt, { stream: 'call:c1' }))
  expect(document.querySelector('[data-receipt="delivered"]')).toBeInTheDocument()
  await live.happen(
    makeFrame(
      'interaction.added',
      {
        call_id: 'c1',
        interaction: makeLine({ id: 3, speaker: 'ai', text: 'No fee.', metadata: { command_id } }),
      },
      { stream: 'call:c1' },
    ),
    makeFrame(
      'intervention.updated',
      { ...receipt, state: 'applied', interaction_id: 3 },
      { stream: 'call:c1' },
    ),
  )
  expect(screen.getByRole('button', { name: 'applied at line 3' })).toBeVisible()
})

test('a refused message says why in place and keeps the words', async () => {
  const live = await openCall()
  live.answers[intervene] = () => fail({ status: 400, code: 'CALL_NOT_ACTIVE', message: 'x' })
  await live.user.keyboard('m')
  await live.user.keyboard('Waive the fee{Enter}')
  await live.pass(50)
  expect(within(screen.getByRole('region', { name: 'Step in' })).getByRole('alert')).toHaveTextContent(
    'This call has ended.',
  )
  expect(screen.getByRole('textbox', { name: 'Message to Ava' })).toHaveValue('Waive the fee')
})

test('no answer is shown as no answer, and can be checked under the same id', async () => {
  const live = await openCall()
  live.answers[intervene] = () => fail({ status: 0, code: 'TIMEOUT', message: 'x' })
  await live.user.keyboard('p')
  await live.pass(50)
  await live.user.click(screen.getByRole('button', { name: 'Check' }))
  const ids = live.asked.filter(({ route }) => route === intervene).map(({ body }) => body['command_id'])
  expect(ids).toHaveLength(2)
  expect(ids[0]).toBe(ids[1])
})

test('pausing shows the truth, not the wish', async () => {
  const live = await openCall()
  live.answers[intervene] = () => ok({ success: true, message: '', command_id: 'x', state: 'sent' })
  await live.user.keyboard('p')
  expect(screen.queryByRole('button', { name: /Resume AI/ })).toBeNull()
  await live.happen(makeFrame('call.updated', { call: { ...marisol, ai_paused: true } }))
  expect(screen.getByRole('button', { name: /Resume AI/ })).toBeVisible()
})

test('an override asks twice', async () => {
  const live = await openCall()
  live.answers[intervene] = () => ok({ success: true, message: '', command_id: 'x', state: 'sent' })
  await live.user.keyboard('o')
  await live.user.keyboard('Offer noon{Enter}')
  expect(live.asked).toEqual([])
  await live.user.click(screen.getByRole('button', { name: /Yes, replace them/ }))
  expect(live.asked[0]?.body).toMatchObject({ action: 'override_instructions', instructions: 'Offer noon' })
})

test('an escalation offers free agents by skill and sends who, why and the briefing', async () => {
  const live = await openCall({ call: { ...marisol, business_name: 'Plumbing' } })
  const agent = (id: string, name: string, skills: string[]) => ({
    id,
    name,
    skills,
    is_available: true,
    is_active: true,
  })
  live.answers['GET /api/v1/agents'] = () =>
    ok({ agents: [agent('a1', 'Abel', ['roofing']), agent('a2', 'Priya', ['plumbing'])] })
  live.answers['POST /api/v1/calls/:call_id/escalate'] = () => ok({ command_id: 'x', state: 'sent' })
  await live.user.keyboard('e')
  await live.pass(50)
  const who = screen.getByRole('combobox', { name: 'Who' })
  expect(
    within(who)
      .getAllByRole('option')
      .map((option) => option.textContent),
  ).toEqual(['Anybody free, by skill', 'Priya · plumbing', 'Abel · roofing'])
  await live.user.selectOptions(who, 'a2')
  await live.user.type(screen.getByRole('textbox', { name: 'Reason' }), 'fee')
  await live.user.type(screen.getByRole('textbox', { name: 'What they should know' }), 'Club Plus')
  await live.user.click(screen.getByRole('button', { name: 'Ask Priya' }))
  expect(live.asked.at(-1)?.body).toMatchObject({ agent_id: 'a2', reason: 'fee', context_note: 'Club Plus' })
})

test('a request that a trigger made can be given to somebody; one that names a person is settled', async () => {
  const waiting = { ...marisol, escalation_status: 'pending' as const }
  const live = await openCall({ call: waiting })
  live.answers['GET /api/v1/agents'] = () => ok({ agents: [] })
  await live.user.keyboard('e')
  await live.pass(50)
  expect(screen.getByRole('button', { name: 'Ask for a person' })).toBeVisible()
  await live.happen(
    makeFrame('call.updated', { call: { ...waiting, signals: { escalated_to: 'Priya Raman' } } }),
  )
  await live.pass(50)
  expect(screen.getByText('Priya Raman is being asked to take this call.')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Ask for a person' })).toBeNull()
})

test('ending needs Shift+E and a confirm that names the caller, and is dead for a second after a change', async () => {
  const live = await openCall()
  live.answers['POST /api/v1/calls/:call_id/end'] = () =>
    ok({ success: true, command_id: 'x', state: 'sent' })
  await live.user.keyboard('{Shift>}E{/Shift}')
  const confirm = screen.getByRole('button', { name: 'End Marisol Trevino' })
  expect(confirm).toHaveFocus()
  expect(screen.getByText(/Marisol Trevino, 01:0\d on the line/)).toBeVisible()
  await live.happen(makeFrame('call.updated', { call: { ...marisol, ai_paused: true } }))
  await live.user.keyboard('{Enter}')
  expect(live.asked).toEqual([])
  await live.pass(1500)
  await live.user.keyboard('{Enter}')
  expect(live.asked[0]?.route).toBe('POST /api/v1/calls/:call_id/end')
})

test('a role that may not act sees the acts and who may', async () => {
  const live = await openCall({}, { role: 'viewer' })
  const message = screen.getByRole('button', { name: /^Message/ })
  expect(message).toHaveAttribute('aria-disabled', 'true')
  expect(message).toHaveAttribute('title', 'Only dispatchers, managers and owners may do this.')
  await live.user.keyboard('p')
  expect(live.asked).toEqual([])
  expect(screen.queryByRole('button', { name: /New call/ })).toBeNull()
})

test('a note is written with its tags', async () => {
  const live = await openCall()
  live.answers['POST /api/v1/calls/:call_id/notes'] = () => ok({ success: true, note_id: 1, message: '' })
  await live.user.keyboard('n')
  await live.user.keyboard('Ask about the fee')
  await live.user.type(screen.getByRole('textbox', { name: /^Tags/ }), 'fees, club , fees')
  await live.user.click(screen.getByRole('button', { name: 'Add note' }))
  expect(live.asked[0]?.body).toMatchObject({ note: 'Ask about the fee', tags: ['fees', 'club'] })
})

test('no key acts while somebody writes', async () => {
  const live = await openCall()
  await live.user.keyboard('m')
  await live.user.keyboard('pope')
  expect(screen.getByRole('textbox', { name: 'Message to Ava' })).toHaveValue('pope')
  expect(live.asked).toEqual([])
})

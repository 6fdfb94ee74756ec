import { screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import type { Call } from '#contract/call.ts'
import type { ApiProblem } from '#contract/errors.ts'
import { fail, ok } from '#src/lib/result.ts'
import { makeCall, makeClaim, makeFrame, makeIntervention, madeAt } from '#tests/support/factories.ts'
import { renderLive } from '#tests/support/render-live.tsx'

const marisol = makeCall({ id: 'c1', contact_name: 'Marisol Ortega', ai_name: 'Ava' })
const claimRoute = 'POST /api/v1/calls/:call_id/claim'
const interveneRoute = 'POST /api/v1/calls/:call_id/intervene'
/** Epoch ms plus seconds, as text. */
const at = (seconds: number): string => new Date(Date.parse(madeAt) + seconds * 1000).toISOString()
const claimedProblem: ApiProblem = {
  status: 409,
  code: 'CALL_CLAIMED',
  message: 'Marcus Oyelaran has this call.',
  details: { holder: makeClaim({ since: at(30) }) },
}

async function openCall(over: Partial<Call> = {}) {
  const call = { ...marisol, ...over }
  const live = await renderLive({ calls: [call], at: '/live/c1' })
  await live.show({
    stream: 'call:c1',
    detail: { call, interactions: [], interactions_count: 0, interventions: [], notes: [] },
  })
  return live
}
const bar = () => screen.getByRole('region', { name: 'Who has this call' })

test('a call that nobody has is taken with a key, and stays taken while its holder looks at it', async () => {
  const live = await openCall()
  expect(bar()).toHaveTextContent('Nobody has this call in hand.')
  const mine = makeClaim({ id: 'u1', name: 'Dana Kessler', since: at(60), until: at(180) })
  live.answers[claimRoute] = () => ok({ claim: mine })
  await live.user.keyboard('t')
  await live.happen(makeFrame('claim.changed', { call_id: 'c1', change: 'taken', claim: mine }))
  expect(bar()).toHaveTextContent('You have this call')
  const asked = () => live.asked.filter(({ route }) => route === claimRoute).length
  expect(asked()).toBe(1)
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible')
  await live.pass(40_000)
  expect(asked()).toBe(2)
  vi.restoreAllMocks()
})

test('who has the call is said by name before anybody acts, and can be asked or overruled', async () => {
  const live = await openCall({ claimed_by: makeClaim({ until: at(900) }) })
  expect(bar()).toHaveTextContent(/Marcus Oyelaran has this call since/)
  live.answers['POST /api/v1/calls/:call_id/claim/ask'] = () => ok({ claim: makeClaim() })
  await live.user.click(within(bar()).getByRole('button', { name: /^Ask/ }))
  expect(live.asked.at(-1)?.route).toBe('POST /api/v1/calls/:call_id/claim/ask')
  live.answers[claimRoute] = () => ok({ claim: makeClaim({ id: 'u1' }) })
  await live.user.click(within(bar()).getByRole('button', { name: 'Take over' }))
  expect(live.asked.at(-1)).toMatchObject({ route: claimRoute, body: { force: true } })
})

test('an act that comes second keeps the words, names the holder, and is done by taking the call over', async () => {
  const live = await openCall()
  live.answers[interveneRoute] = ({ body }) =>
    body.force === true
      ? ok({ success: true, message: '', command_id: 'k', state: 'sent' })
      : fail(claimedProblem)
  const box = screen.getByRole('textbox', { name: 'Message to Ava' })
  await live.user.type(box, 'We come at nine.{Enter}')
  const dialog = await screen.findByRole('dialog', { name: 'Marcus Oyelaran has this call' })
  expect(box).toHaveValue('We come at nine.')
  expect(screen.queryByText(/refused/)).toBeNull()
  await live.user.click(within(dialog).getByRole('button', { name: 'Take over and send the message' }))
  await live.pass(1000)
  expect(live.asked.at(-1)?.body).toMatchObject({ message: 'We come at nine.', force: true })
  expect(box).toHaveValue('')
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('leaving it does nothing, and nothing that was written is lost', async () => {
  const live = await openCall()
  live.answers[interveneRoute] = () => fail(claimedProblem)
  const box = screen.getByRole('textbox', { name: 'Message to Ava' })
  await live.user.type(box, 'We come at nine.{Enter}')
  const dialog = await screen.findByRole('dialog')
  const asked = live.asked.length
  await live.user.click(within(dialog).getByRole('button', { name: /Leave it/ }))
  await live.pass(1000)
  expect(live.asked).toHaveLength(asked)
  expect(box).toHaveValue('We come at nine.')
})

test('the holder hands the call to who asks, with one key', async () => {
  const asked = { id: 'u2', name: 'Marcus Oyelaran', at: at(50), note: 'I know her.' }
  const live = await openCall({
    claimed_by: makeClaim({ id: 'u1', name: 'Dana Kessler', until: at(900), asked }),
  })
  expect(bar()).toHaveTextContent('Marcus Oyelaran asks for this call: I know her.')
  live.answers['POST /api/v1/calls/:call_id/claim/answer'] = () => ok({ claim: makeClaim() })
  await live.user.keyboard('h')
  expect(live.asked.at(-1)).toMatchObject({
    route: 'POST /api/v1/calls/:call_id/claim/answer',
    body: { hand_over: true },
  })
})

test('what happens to a call of mine is told while I look at another one', async () => {
  const live = await openCall()
  const me = { id: 'u1', name: 'Dana Kessler' }
  const claim = makeClaim({ from: me })
  await live.happen(
    makeFrame('claim.changed', { call_id: 'c9', change: 'taken_over', claim, by: claim, other: me }),
    makeFrame('claim.changed', { call_id: 'c8', change: 'taken_over', claim, by: claim, other: claim }),
  )
  const news = await screen.findByRole('region', { name: 'News of your calls' })
  expect(news).toHaveTextContent('Marcus Oyelaran took a call over from you.')
  expect(within(news).getAllByRole('article')).toHaveLength(1)
})

test('who else looks at the call is named', async () => {
  await openCall({
    presence: {
      watchers: [
        { id: 'u1', name: 'Dana Kessler', initials: 'DK', role: 'manager', since: madeAt },
        { id: 'u3', name: 'Priya Raman', initials: 'PR', role: 'csr', since: madeAt },
      ],
      more: 0,
    },
  })
  expect(bar()).toHaveTextContent('Also watching: Priya Raman')
  expect(bar()).not.toHaveTextContent('Dana Kessler')
})

test('a pause with a time counts down, and is ended with a click', async () => {
  const live = await openCall({
    ai_paused: true,
    pause: { by: { id: 'u2', name: 'Marcus' }, at: at(55), until: at(85), command_id: 'k' },
  })
  const holds = screen.getByRole('list', { name: 'What holds on this call' })
  expect(holds).toHaveTextContent(/Ava was paused by Marcus .*resumes by itself in 00:2\d/)
  live.answers[interveneRoute] = () => ok({ success: true, message: '', command_id: 'k2', state: 'sent' })
  await live.user.click(within(holds).getByRole('button', { name: 'Resume now' }))
  expect(live.asked.at(-1)?.body).toMatchObject({ action: 'resume' })
})

test('ending a pause on a call that somebody else has offers to take it over, and does both', async () => {
  const live = await openCall({
    claimed_by: makeClaim({ until: at(900) }),
    ai_paused: true,
    pause: { by: { id: 'u2', name: 'Marcus' }, at: at(55), command_id: 'k' },
  })
  live.answers[interveneRoute] = ({ body }) =>
    body.force ? ok({ success: true, message: '', command_id: 'k2', state: 'sent' }) : fail(claimedProblem)
  const holds = screen.getByRole('list', { name: 'What holds on this call' })
  await live.user.click(within(holds).getByRole('button', { name: 'Resume now' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Marcus Oyelaran has this call' }))
  await live.user.click(dialog.getByRole('button', { name: 'Take over and resume the AI' }))
  expect(live.asked.at(-1)?.body).toMatchObject({ action: 'resume', force: true })
})

test('instructions that hold are shown to everybody, with who, how long, and a way out', async () => {
  const live = await openCall({
    override: {
      instructions: 'Offer noon.',
      by: 'Marcus',
      at: at(40),
      scope: 'call',
      until: at(160),
      command_id: 'k',
    },
  })
  const holds = screen.getByRole('list', { name: 'What holds on this call' })
  expect(holds).toHaveTextContent(
    /Marcus overrides the instructions since .*for another 01:\d\d: Offer noon\./,
  )
  live.answers[interveneRoute] = () => ok({ success: true, message: '', command_id: 'k2', state: 'sent' })
  await live.user.click(within(holds).getByRole('button', { name: 'Withdraw' }))
  expect(live.asked.at(-1)?.body).toMatchObject({ action: 'clear_override' })
})

test('a receipt nobody knows the end of is asked about again', async () => {
  const live = await openCall()
  await live.happen(
    makeFrame(
      'intervention.updated',
      makeIntervention({ command_id: 'k1', text: 'Nine.', state: 'unknown' }),
      {
        stream: 'call:c1',
      },
    ),
  )
  live.answers['POST /api/v1/calls/:call_id/interventions/:command_id/check'] = () =>
    ok({ command_id: 'k1', state: 'delivered' })
  await live.user.click(screen.getByRole('button', { name: 'Check' }))
  expect(live.asked.at(-1)?.route).toBe('POST /api/v1/calls/:call_id/interventions/:command_id/check')
})

test('a wish that was made while I was away is told when I come back', async () => {
  const asked = { id: 'u2', name: 'Marcus Oyelaran', at: at(50) }
  const live = await openCall()
  const mine = makeCall({
    id: 'c9',
    claimed_by: makeClaim({ id: 'u1', name: 'Dana Kessler', until: at(900), asked }),
  })
  await live.show({ stream: 'calls', calls: [marisol, mine] })
  const news = await screen.findByRole('region', { name: 'News of your calls' })
  expect(news).toHaveTextContent('Marcus Oyelaran asks for a call that you have.')
  live.answers['POST /api/v1/calls/:call_id/claim/answer'] = () => ok({ claim: makeClaim() })
  await live.user.click(within(news).getByRole('button', { name: 'Hand over' }))
  expect(live.asked.at(-1)?.body).toEqual({ hand_over: true })
})

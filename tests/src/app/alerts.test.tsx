import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Alert } from '#contract/alert.ts'
import { madeAt, makeAlert, makeCall, makeFrame } from '#tests/support/factories.ts'
import { fail, ok, renderLive } from '#tests/support/render-live.tsx'

afterEach(() => {
  document.title = 'Callboard'
})

const call = (id: string, name: string, ...alerts: Alert[]) => makeCall({ id, contact_name: name, alerts })
const critical = makeAlert({
  id: 'crit',
  call_id: 'c2',
  severity: 'critical',
  rule_name: 'Danger on the line',
  reason: 'Said “gas”',
  line_id: 7,
})
const floor = [call('c1', 'Ana Ruiz', makeAlert({ id: 'quiet' })), call('c2', 'Ben Ode', critical)]

const badge = () => screen.getByRole('button', { name: /^Alerts:/ })
const inbox = () => screen.findByRole('complementary', { name: 'Alerts' })

/** Opens the inbox by its key and lets its code arrive. */
async function openInbox(user: Awaited<ReturnType<typeof renderLive>>['user']) {
  await user.keyboard('i')
  await act(async () => {
    await import('#src/features/alerts/alert-inbox.tsx')
  })
  return inbox()
}
const entries = (panel: HTMLElement) =>
  within(panel)
    .getAllByRole('listitem')
    .filter((item) => item.dataset['alertId'] !== undefined)

test('the badge counts what is active and addressed to this role, not what was read', async () => {
  const { happen, pass, user } = await renderLive({
    calls: [
      ...floor,
      call('c3', 'Cy Dee', makeAlert({ id: 'others', call_id: 'c3', recipients: ['owner'] })),
      call(
        'c4',
        'Di Eck',
        makeAlert({ id: 'asleep', call_id: 'c4', snoozed_until: '2026-11-20T23:00:00.000Z' }),
      ),
    ],
  })
  expect(badge()).toHaveAccessibleName('Alerts: 2 active, 1 critical')
  await openInbox(user)
  expect(badge()).toHaveAccessibleName('Alerts: 2 active, 1 critical')
  const owner = { id: 'u2', name: 'Mara' }
  const alert: Alert = { ...critical, state: 'acknowledged', owner, acknowledged_at: madeAt }
  await happen(makeFrame('alert.updated', { call_id: 'c2', alert }, { seq: 5, prev: 1 }))
  // The floor is counted anew once a second.
  await pass(1100)
  expect(badge()).toHaveAccessibleName('Alerts: 1 active')
})

test('the inbox names call, reason, since and owner, the critical one first', async () => {
  const { user } = await renderLive({ calls: floor })
  const panel = await openInbox(user)
  const [first, second] = entries(panel)
  expect(first).toHaveTextContent(/Danger on the line.*Said “gas”.*Ben Ode/)
  expect(first).toHaveAttribute('data-pinned', 'true')
  expect(second).toHaveTextContent(/Nobody speaks.*Nobody has spoken for 45 s.*Ana Ruiz/)
})

test('a critical alert is acknowledged with a note, by keys alone', async () => {
  const { user, asked, answers } = await renderLive({ calls: floor })
  answers['PATCH /api/v1/alerts/:alert_id'] = () => ok({ alert: critical })
  await openInbox(user)
  await user.keyboard('a')
  await user.keyboard('Calling the gas company.{Enter}')
  expect(asked.at(-1)).toMatchObject({
    route: 'PATCH /api/v1/alerts/:alert_id',
    body: { action: 'acknowledge', note: 'Calling the gas company.' },
  })
})

test('a colleague was quicker: the inbox says who has it', async () => {
  const { user, answers } = await renderLive({ calls: floor })
  answers['PATCH /api/v1/alerts/:alert_id'] = () =>
    fail({ status: 409, code: 'CONFLICT', message: 'Mara has this alert already.' })
  const panel = await openInbox(user)
  await user.keyboard('a{Enter}')
  expect(await within(panel).findByRole('alert')).toHaveTextContent('Mara has this alert already.')
})

test('Enter opens the call at the line that raised it', async () => {
  const { user } = await renderLive({ calls: floor })
  await openInbox(user)
  await user.keyboard('{Enter}')
  await waitFor(() => expect(location.pathname).toBe('/live/c2'))
  expect(location.search).toBe('?line=7')
})

test('snooze for an hour and resolve are asked of the server, once each', async () => {
  const { user, asked, answers } = await renderLive({ calls: floor })
  answers['PATCH /api/v1/alerts/:alert_id'] = () => ok({ alert: critical })
  const panel = await openInbox(user)
  await user.keyboard('s')
  await user.click(within(panel).getByRole('button', { name: '1 hour' }))
  await user.keyboard('j')
  await user.click(within(entries(panel)[1] as HTMLElement).getByRole('button', { name: /^Resolve/ }))
  expect(asked.slice(-2).map(({ body }) => body)).toEqual([
    { action: 'snooze', for: '1h' },
    { action: 'resolve' },
  ])
})

test('two hundred alerts of a storm are one card, taken with one act', async () => {
  const calls = Array.from({ length: 200 }, (_, index) =>
    call(
      `s${index}`,
      `Caller ${index}`,
      makeAlert({ id: `s${index}`, call_id: `s${index}`, storm_since: madeAt }),
    ),
  )
  const { user, asked, answers } = await renderLive({ calls })
  answers['PATCH /api/v1/alerts'] = () => ok({ alerts: [], skipped: [] })
  const panel = await openInbox(user)
  const card = within(panel).getByRole('region', { name: 'Storm of alerts' })
  expect(card).toHaveTextContent('200 alerts at once')
  expect(panel.querySelectorAll('[data-alert-id]')).toHaveLength(0)
  await user.click(within(card).getByRole('button', { name: 'Acknowledge all 200' }))
  await user.click(within(card).getByRole('button', { name: 'Yes, I have all 200' }))
  expect(asked.at(-1)?.route).toBe('PATCH /api/v1/alerts')
  expect(asked.at(-1)?.body).toMatchObject({ action: 'acknowledge' })
  expect(asked.at(-1)?.body['alert_ids']).toHaveLength(200)
})

const flood = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const id = `f${String(index).padStart(3, '0')}`
    return call(id, `Caller ${id}`, makeAlert({ id, call_id: id }))
  })

test('of a flood fifty are drawn, the rest when it is asked for, and the keys go on to them', async () => {
  const { user } = await renderLive({ calls: flood(120) })
  const panel = await openInbox(user)
  expect(within(panel).getByRole('button', { name: /^Open ?120$/ })).toBeVisible()
  expect(entries(panel)).toHaveLength(50)
  expect(panel).toHaveTextContent('1–50 of 120 alerts')
  await user.click(within(panel).getByRole('button', { name: 'Show 50 more' }))
  expect(entries(panel)).toHaveLength(100)
  await user.click(within(panel).getByRole('button', { name: 'Mine' }))
  await user.click(within(panel).getByRole('button', { name: /^Open ?120$/ }))
  expect(entries(panel)).toHaveLength(50)
  panel.focus()
  await user.keyboard('{ArrowDown>60/}')
  expect(panel.querySelector('[aria-current]')).toHaveTextContent('Caller f060')
})

test('the entry that is worked on stays, however many worse ones come before it', async () => {
  const { user, happen, pass } = await renderLive({ calls: [...flood(60), makeCall({ id: 'bad' })] })
  const panel = await openInbox(user)
  await user.keyboard('a')
  await user.keyboard('I am looking')
  const worse = Array.from({ length: 60 }, (_, index) =>
    makeFrame(
      'alert.updated',
      {
        call_id: 'bad',
        alert: makeAlert({ id: `bad ${index}`, call_id: 'bad', severity: 'critical' }),
      },
      { seq: index + 5, prev: index === 0 ? 1 : index + 4 },
    ),
  )
  await happen(...worse)
  await pass(1100)
  expect(within(panel).getByRole('button', { name: /^Open ?120$/ })).toBeVisible()
  expect(within(panel).getByRole('textbox')).toHaveValue('I am looking')
  expect(panel.querySelector('[aria-current]')).toHaveTextContent('Caller f000')
})

test('a storm that is unfolded is drawn from its first entry, wherever the one stood that was worked on', async () => {
  const storm = flood(120).map((one) => ({
    ...one,
    alerts: (one.alerts ?? []).map((alert) => ({ ...alert, storm_since: madeAt })),
  }))
  const info = makeAlert({ id: 'info', call_id: 'quiet', severity: 'info' })
  const { user } = await renderLive({ calls: [...storm, call('quiet', 'Ana Ruiz', info)] })
  const panel = await openInbox(user)
  expect(panel.querySelector('[aria-current]')).toHaveTextContent('Ana Ruiz')
  await user.click(within(panel).getByRole('button', { name: 'Show each' }))
  expect(entries(panel)).toHaveLength(50)
  expect(panel.querySelector('[aria-current]')).toHaveTextContent('Caller f000')
})

test('of a storm of more than can be handled at once it is said how many are meant', async () => {
  const calls = flood(510).map((one) => ({
    ...one,
    alerts: (one.alerts ?? []).map((alert) => ({ ...alert, storm_since: madeAt })),
  }))
  const { user, asked, answers } = await renderLive({ calls })
  answers['PATCH /api/v1/alerts'] = () => ok({ alerts: [], skipped: [] })
  const panel = await openInbox(user)
  await user.click(within(panel).getByRole('button', { name: 'Acknowledge the first 500' }))
  await user.click(within(panel).getByRole('button', { name: 'Yes, I have these 500' }))
  expect(asked.at(-1)?.body['alert_ids']).toHaveLength(500)
})

test('a critical alert nobody has stands in the header until somebody does', async () => {
  const { happen, pass, user, asked, answers } = await renderLive({ calls: floor })
  await act(async () => {
    await import('#src/features/alerts/alert-pin.tsx')
  })
  answers['PATCH /api/v1/alerts/:alert_id'] = () => ok({ alert: critical })
  const pin = await screen.findByRole('group', { name: 'Alert nobody has' })
  expect(pin).toHaveTextContent(/Danger on the line.*Ben Ode.*Said “gas”/)
  await user.click(within(pin).getByRole('button', { name: 'I have it' }))
  expect(asked.at(-1)?.body).toEqual({ action: 'acknowledge' })
  const alert: Alert = { ...critical, state: 'acknowledged', owner: { id: 'u1', name: 'Dana Kessler' } }
  await happen(makeFrame('alert.updated', { call_id: 'c2', alert }, { seq: 5, prev: 1 }))
  await pass(1100)
  expect(screen.queryByRole('group', { name: 'Alert nobody has' })).toBeNull()
})

test('the row of a call with an alert is marked in words, and the mark goes with the alert', async () => {
  const { happen } = await renderLive({ calls: floor })
  const mark = () => screen.queryByRole('img', { name: 'Alert, critical: Said “gas”' })
  expect(mark()).toBeVisible()
  const alert: Alert = { ...critical, state: 'resolved', resolution: 'by_hand' }
  await happen(makeFrame('alert.updated', { call_id: 'c2', alert }, { seq: 5, prev: 1 }))
  expect(mark()).toBeNull()
})

test('a viewer who is told sees the alert and nothing that they may not do', async () => {
  const alert = makeAlert({ id: 'seen', recipients: ['viewer'] })
  const { user } = await renderLive({ calls: [call('c1', 'Ana Ruiz', alert)], role: 'viewer' })
  const panel = await openInbox(user)
  expect(within(panel).getByRole('button', { name: /^Open call/ })).toBeVisible()
  expect(within(panel).queryByRole('button', { name: /^(Acknowledge|Resolve$|Snooze)/ })).toBeNull()
})

test('nothing open is said to be nothing, and not left empty', async () => {
  const { user } = await renderLive({ calls: [makeCall({ id: 'c1' })] })
  const panel = await openInbox(user)
  expect(panel).toHaveTextContent('All quiet. No alert is open.')
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('complementary', { name: 'Alerts' })).toBeNull()
})

test('while the line is cut the inbox, which lies over the connection’s mark, says how old it is', async () => {
  const { user } = await renderLive({
    calls: floor,
    connection: { status: 'offline', lastFrameAt: Date.parse(madeAt) },
  })
  const panel = await openInbox(user)
  expect(within(panel).getByRole('status')).toHaveTextContent(/Not live. These alerts are as they were at/)
  expect(entries(panel)).toHaveLength(2)
})

test('a note that could not be sent stays written, and so does one that was only put aside', async () => {
  const { user, answers } = await renderLive({ calls: floor })
  const away = fail({ status: 0, code: 'NETWORK', message: 'gone' })
  answers['PATCH /api/v1/alerts/:alert_id'] = () => away
  const panel = await openInbox(user)
  await user.keyboard('aOn my way{Enter}')
  expect(await within(panel).findByRole('alert')).toHaveTextContent('The server cannot be reached')
  const note = () => within(panel).getByRole('textbox', { name: /^Note/ })
  expect(note()).toHaveValue('On my way')
  await user.keyboard('{Escape}')
  expect(panel).toHaveFocus()
  await user.keyboard('a')
  expect(note()).toHaveValue('On my way')
  answers['PATCH /api/v1/alerts/:alert_id'] = () => ok({ alert: critical })
  await user.keyboard('{Enter}')
  await waitFor(() => expect(within(panel).queryByRole('textbox')).toBeNull())
})

test('sound is off until it is asked for, and a browser without sound says so', async () => {
  const { user } = await renderLive({ calls: floor })
  const panel = await openInbox(user)
  await user.click(within(panel).getByRole('button', { name: 'Sound' }))
  expect(panel).toHaveTextContent('This browser cannot make sounds.')
})

test('what I took and what is still true asks again: it is counted, says since when I have it, and one key answers', async () => {
  const mine: Alert = {
    ...critical,
    state: 'acknowledged',
    owner: { id: 'u1', name: 'Dana' },
    acknowledged_at: madeAt,
    reminded_at: new Date(Date.parse(madeAt) + 900_000).toISOString(),
  }
  const { user, asked, answers } = await renderLive({ calls: [call('c2', 'Ben Ode', mine)] })
  answers['PATCH /api/v1/alerts/:alert_id'] = () => ok({ alert: mine })
  expect(badge()).toHaveAccessibleName('Alerts: 1 active, 1 critical')
  const panel = await openInbox(user)
  expect(entries(panel)[0]).toHaveTextContent(/Still active, acknowledged by you .* ago/)
  await user.keyboard('a')
  expect(asked.at(-1)).toMatchObject({
    route: 'PATCH /api/v1/alerts/:alert_id',
    body: { action: 'acknowledge' },
  })
})

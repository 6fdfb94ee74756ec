import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Connection } from '#src/lib/connection.ts'
import { makeAttention, makeCall, makeFrame } from '#tests/support/factories.ts'
import { renderLive } from '#tests/support/render-live.tsx'

const act = makeAttention({
  score: 80,
  level: 'act',
  reasons: [{ code: 'asked_for_human', text: 'Asked for a person twice', since: '2026-11-20T14:00:10.000Z' }],
})
const marisol = makeCall({ id: 'marisol', contact_name: 'Marisol Trevino', attention: act })
const gwen = makeCall({ id: 'gwen', contact_name: 'Gwen Stallworth', direction: 'outbound' })
const caleb = makeCall({ id: 'caleb', contact_name: 'Caleb Brandt', attention: makeAttention({ score: 40 }) })

const rowIds = () =>
  [...document.querySelectorAll('[data-call-id]')]
    .sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
    .map((row) => row.getAttribute('data-call-id'))
const row = (id: string) => document.querySelector<HTMLElement>(`[data-call-id="${id}"]`) as HTMLElement

test('calls stand in bays by who needs somebody, with reason and elapsed time', async () => {
  await renderLive({ calls: [gwen, caleb, marisol] })
  expect(rowIds()).toEqual(['marisol', 'caleb', 'gwen'])
  expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', '7')
  expect(within(row('marisol')).getByText('Asked for a person twice')).toBeVisible()
  expect(within(row('marisol')).getByRole('img', { name: 'Act now' })).toBeVisible()
  expect(row('marisol').querySelector('[data-col="duration"]')).toHaveTextContent('01:01')
})

test('the last line and the mood of a row follow the frames', async () => {
  const live = await renderLive({ calls: [gwen] })
  await live.happen(
    makeFrame('interaction.added', {
      call_id: 'gwen',
      interaction: {
        id: 9,
        call_id: 'gwen',
        speaker: 'customer',
        text: '<b>No heat</b> at all',
        timestamp: '2026-11-20T14:01:00.000Z',
        metadata: {},
      },
    }),
    makeFrame('sentiment.changed', { call_id: 'gwen', sentiment: { score: 0.15, label: 'negative' } }),
  )
  expect(row('gwen').querySelector('[data-col="last_line"]')).toHaveTextContent('Caller<b>No heat</b> at all')
  expect(row('gwen').querySelector('[data-col="sentiment"]')).toHaveTextContent('−0.7')
})

test('rows keep their places while the keyboard is in the grid, and move when they are let', async () => {
  const live = await renderLive({ calls: [gwen, caleb] })
  await live.user.keyboard('j')
  expect(row('caleb')).toHaveFocus()
  await live.happen(makeFrame('attention.changed', { call_id: 'gwen', attention: act }))
  await live.pass(6000)
  expect(rowIds()).toEqual(['caleb', 'gwen'])
  expect(screen.getByRole('button', { name: /1 row wants to move.*1 needs you now/ })).toBeVisible()
  await live.user.keyboard('u')
  expect(rowIds()).toEqual(['gwen', 'caleb'])
})

test('without a reader the order follows at the next beat', async () => {
  const live = await renderLive({ calls: [gwen, caleb] })
  await live.happen(makeFrame('attention.changed', { call_id: 'gwen', attention: act }))
  await live.pass(6000)
  expect(rowIds()).toEqual(['gwen', 'caleb'])
})

test('an ended call stays with its outcome, then leaves', async () => {
  const live = await renderLive({ calls: [gwen, caleb] })
  await live.happen(
    makeFrame('call.ended', { call_id: 'gwen', status: 'completed', ended_at: '2026-11-20T14:01:00.000Z' }),
  )
  expect(within(row('gwen')).getByText('Call ended')).toBeVisible()
  await live.pass(40_000)
  await expect.poll(() => rowIds()).toEqual(['caleb'])
})

test('the figures are right for calls that are not rendered', async () => {
  const many = Array.from({ length: 400 }, (_, index) => makeCall({ id: `c${index}`, attention: act }))
  await renderLive({ calls: many })
  expect(rowIds().length).toBeLessThan(100)
  const figures = document.querySelector('.kpis') as HTMLElement
  expect(within(figures).getByText('Need someone').nextSibling).toHaveTextContent(/^400/)
  expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', '402')
})

test('a filter lives in the address and never hides an act-now call silently', async () => {
  const live = await renderLive({ calls: [marisol, gwen] })
  await live.user.click(screen.getByRole('button', { name: 'Outbound 1' }))
  expect(location.search).toBe('?dir=outbound')
  expect(rowIds()).toEqual(['gwen'])
  expect(screen.getByText('1 act-now call outside this filter')).toBeVisible()
  await live.user.click(screen.getByRole('button', { name: 'Show it' }))
  expect(location.pathname).toBe('/live/marisol')
  expect(location.search).toBe('?dir=outbound')
})

test('the slash goes to the filter, and what matches nothing says how much is hidden', async () => {
  const live = await renderLive({ calls: [marisol, gwen] })
  await live.user.keyboard('/')
  await live.user.keyboard('zebra')
  expect(await screen.findByText('No calls match.')).toBeVisible()
  expect(screen.getByText('2 hidden by the filter.')).toBeVisible()
  await live.user.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement)
  expect(rowIds()).toEqual(['marisol', 'gwen'])
})

test.each<[string, Partial<Connection>, boolean]>([
  ['loading', {}, false],
  ['empty', {}, true],
  ['denied', { status: 'refused', reason: 'Your role may not listen.' }, false],
  ['failed', { status: 'offline', since: 0 }, false],
])('%s says what it is', async (state, connection, loaded) => {
  await renderLive({ connection, loaded })
  const words = {
    loading: () => screen.getByRole('status', { name: 'Loading calls' }),
    empty: () => screen.getByText('All quiet.'),
    denied: () => screen.getByText("You don't have permission"),
    failed: () => screen.getByText('The server does not answer'),
  }
  for (const [name, find] of Object.entries(words))
    if (name === state) expect(find()).toBeInTheDocument()
    else expect(find).toThrow()
})

test('the connection mark tells live, stale, offline and what was missed', async () => {
  const live = await renderLive({ calls: [gwen] })
  const mark = () => document.querySelector('[data-connection]') as HTMLElement
  expect(mark()).toHaveAttribute('data-connection', 'live')
  await live.connect({ status: 'stale', lastFrameAt: Date.parse('2026-11-20T14:02:10.000Z') })
  expect(mark()).toHaveTextContent(/^stale since \d\d:02:10$/)
  await live.connect({ status: 'offline', nextTryAt: live.clock.now() + 8000 })
  expect(mark()).toHaveTextContent(/^offline· next try in 8 s$/)
  await live.user.click(screen.getByRole('button', { name: 'Retry now' }))
  expect(live.asked).toContainEqual(expect.objectContaining({ route: 'retry' }))
  const missed = () => document.querySelector('.conn-gap')
  await live.connect({
    status: 'live',
    lastGapMs: 40_000,
    lastGapAt: live.clock.now(),
    since: live.clock.now(),
    lastFrameAt: live.clock.now(),
  })
  expect(missed()).toHaveTextContent('You missed 40 s, caught up')
  await live.connect({ lastGapMs: 700 })
  expect(missed()).toHaveTextContent('You missed less than a second, caught up')
  await live.connect({ since: live.clock.now() + 60_000, lastGapAt: live.clock.now() - 60_000 })
  expect(missed()).toBeNull()
})

test('only a new act-now call is said aloud', async () => {
  const live = await renderLive({ calls: [marisol, gwen] })
  const spoken = document.querySelector('[data-announce="act-now"]')
  expect(spoken).toBeEmptyDOMElement()
  await live.happen(makeFrame('attention.changed', { call_id: 'gwen', attention: act }))
  await live.pass(1100)
  expect(spoken).toHaveTextContent('Act now: Gwen Stallworth: Asked for a person twice')
})

test('a paused view stands still and goes on with everything', async () => {
  const live = await renderLive({ calls: [gwen] })
  await live.user.keyboard(' ')
  expect(screen.getByText('View paused')).toBeVisible()
  await live.happen(makeFrame('call.updated', { call: { ...gwen, contact_name: 'Gwen S.' } }))
  expect(within(row('gwen')).getByText('Gwen Stallworth')).toBeVisible()
  await live.user.keyboard(' ')
  expect(within(row('gwen')).getByText('Gwen S.')).toBeVisible()
})

test('a click on a head sorts, and Shift adds a second order', async () => {
  const low = makeCall({ id: 'low', qa_score: 0.3 })
  const high = makeCall({ id: 'high', qa_score: 0.9, attention: act })
  const live = await renderLive({ calls: [high, low] })
  await live.user.click(screen.getByRole('button', { name: /^QA/ }))
  expect(rowIds()).toEqual(['low', 'high'])
  expect(screen.getByRole('columnheader', { name: /^QA/ })).toHaveAttribute('aria-sort', 'ascending')
  await live.user.keyboard('{Shift>}')
  await live.user.click(screen.getByRole('button', { name: /^Elapsed/ }))
  expect(location.search).toBe('?sort=qa%2Cduration')
})

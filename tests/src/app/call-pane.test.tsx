import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { at, line, marisol, openCall, pane } from '#tests/src/app/pane-rig.ts'
import { makeAttention, makeEscalation, makeFrame, makeLine, makeNote } from '#tests/support/factories.ts'
import { renderLive } from '#tests/support/render-live.tsx'

test('Enter opens the call and Esc goes back to its row', async () => {
  const live = await renderLive({ calls: [marisol] })
  await live.user.keyboard('j{Enter}')
  expect(location.pathname).toBe('/live/c1')
  expect(live.opened).toContain('call:c1')
  await live.user.keyboard('{Escape}')
  expect(location.pathname).toBe('/live')
})

test('the script streams, with number, time, speaker, words and mood', async () => {
  const live = await openCall()
  expect(line(2)).toHaveTextContent('2 00:04'.replace(' ', ''))
  expect(line(2)).toHaveTextContent('Marisol')
  expect(line(2)).toHaveTextContent('−0.8')
  await live.happen(
    makeFrame(
      'interaction.added',
      { call_id: 'c1', interaction: makeLine({ id: 3, text: 'Hello?' }) },
      { stream: 'call:c1' },
    ),
  )
  expect(line(3)).toHaveTextContent('Hello?')
})

test('markup in a line is shown as characters, and every line finds its own direction', async () => {
  const words = '<img src=x onerror=alert(1)> שלום 😀'
  await openCall({ interactions: [makeLine({ id: 1, text: words })], interactions_count: 1 })
  const said = screen.getByText(words)
  expect(said).toHaveAttribute('dir', 'auto')
  expect(said.querySelector('img')).toBeNull()
})

test('a line of 20,000 characters is folded and can be read whole', async () => {
  const words = 'word '.repeat(4000)
  const live = await openCall({ interactions: [makeLine({ id: 1, text: words })], interactions_count: 1 })
  expect(line(1).textContent?.length).toBeLessThan(1000)
  await live.user.click(screen.getByRole('button', { name: 'show all 20,000 characters' }))
  expect(line(1).textContent?.length).toBeGreaterThan(20_000)
})

test('a call that ends while open stays open with its outcome, without the acts that need a live call', async () => {
  const live = await openCall()
  await live.happen(makeFrame('call.ended', { call_id: 'c1', status: 'completed', ended_at: at(59) }))
  expect(pane().getByText('Ended')).toBeVisible()
  expect(screen.queryByRole('button', { name: /^Message/ })).toBeNull()
  expect(screen.getByRole('button', { name: /^Note/ })).toBeVisible()
  await live.pass(60_000)
  expect(line(2)).toHaveTextContent('I want a person.')
})

test('an unknown call says so and leads back', async () => {
  const live = await renderLive({ calls: [marisol], at: '/live/nobody' })
  live.store.inbox.onRefused('call:nobody', 'not_found')
  await live.pass(50)
  expect(screen.getByText('Call not found.')).toBeVisible()
  await live.user.click(screen.getByRole('button', { name: /Back to the board/ }))
  expect(location.pathname).toBe('/live')
})

test('reasons lead to the line they speak of, and the escalation shows its steps', async () => {
  const attention = makeAttention({
    score: 80,
    level: 'act',
    reasons: [{ code: 'asked_for_human', text: 'Asked for a person', since: at(4) }],
  })
  const live = await openCall({
    call: { ...marisol, attention, escalation_status: 'pending' },
    escalation: makeEscalation({ requested_at: at(10), agent_name: 'Priya' }),
    notes: [makeNote({ id: 1, note: 'Club Plus', tags: ['fees'], created_at: at(6) })],
  })
  await live.user.click(screen.getByRole('button', { name: 'line 2' }))
  expect(line(2)).toHaveClass('line-current')
  const steps = within(await screen.findByRole('list', { name: 'Escalation' })).getAllByRole('listitem')
  expect(steps.map((step) => step.textContent)).toEqual([
    'Requestedat 00:10 · by a supervisor',
    expect.stringMatching(/^Asking Priyafor 00:5\d$/),
    'Handed backwhen it is settled',
  ])
  expect(screen.getByText('Club Plus')).toBeVisible()
})

test('search steps through the hits', async () => {
  const live = await openCall()
  await live.user.type(screen.getByRole('searchbox', { name: 'Search the transcript' }), 'person{Enter}')
  expect(screen.getByText('1/1')).toBeVisible()
  expect(line(2)).toHaveClass('line-current')
  expect(line(2).querySelector('mark')).toHaveTextContent('person')
})

import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Assist, Suggestion } from '#contract/assist.ts'
import type { CallInteraction } from '#contract/transcript.ts'
import { makeCall, makeFrame, makeLine } from '#tests/support/factories.ts'
import { go } from '#src/ui/address.ts'
import { ok, renderLive } from '#tests/support/render-live.tsx'

const call = makeCall({ id: 'c1', contact_name: 'Karen Holt', ai_name: 'Ava' })
const suggestion: Suggestion = {
  code: 'asked_for_human',
  reason: 'Asked for a person twice',
  act: 'escalate',
  label: 'Escalate to roofing',
  detail: 'Wen Zhao is free',
  prefill: { agent_id: 'agent-wen', reason: 'Asked for a person twice' },
}
const article = {
  entry: {
    id: 7,
    title: 'Burst pipe: shut off the water',
    content: 'The main shut-off is at the meter box.',
    source: 'Desk handbook',
    metadata: {},
    created_at: call.created_at,
    updated_at: call.created_at,
  },
  words: ['pipe', 'shut'],
  line_id: 2,
  score: 4,
}
const assist = (part: Partial<Assist> = {}): Assist => ({
  as_of: call.created_at,
  articles: [article],
  suggestions: [suggestion],
  keywords: ['lawyer'],
  ...part,
})
const lines: CallInteraction[] = [
  makeLine({ id: 1, text: 'Good morning.', sentiment: { score: 0.6, label: 'positive' } }),
  makeLine({ id: 2, text: 'I will call my lawyer.', sentiment: { score: 0.1, label: 'negative' } }),
  makeLine({ id: 3, speaker: 'ai', text: 'I am sorry.' }),
]

/** An open call with its lines, and a server that helps. */
async function openCall({
  at = '/live/c1',
  role = 'manager' as const,
  total = lines.length,
  given = assist(),
} = {}) {
  const live = await renderLive({ calls: [call], role })
  live.answers['GET /api/v1/calls/:call_id/assist'] = () => ok(given)
  await act(async () => {
    await import('#src/app/pages/assist-slot.tsx')
    go(at)
  })
  await live.show({
    stream: 'call:c1',
    detail: { call, interactions: lines, interactions_count: total, interventions: [], notes: [] },
  })
  return live
}
const panel = () => screen.findByRole('region', { name: 'What could help' })
const markedLine = () => document.querySelector('.line-current')?.getAttribute('data-interaction-id')

let copied: string[] = []
beforeEach(() => {
  copied = []
  localStorage.clear()
  // The virtual script has no size in jsdom; what counts here is which line is marked.
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(600)
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(468)
})

test('a suggestion opens its act with what is prepared, and sends nothing', async () => {
  const live = await openCall()
  const button = await within(await panel()).findByRole('button', { name: 'Escalate to roofing' })
  expect(within(await panel()).getByText('Asked for a person twice')).toBeVisible()
  expect(within(await panel()).getByText('Wen Zhao is free')).toBeVisible()
  live.answers['GET /api/v1/agents'] = () =>
    ok({
      agents: [
        { id: 'agent-wen', name: 'Wen Zhao', skills: ['roofing'], is_available: true, is_active: true },
      ],
    })
  await live.user.click(button)
  await waitFor(() => expect(screen.getByRole('combobox', { name: 'Who' })).toHaveValue('agent-wen'))
  expect(screen.getByRole('textbox', { name: 'Reason' })).toHaveValue('Asked for a person twice')
  expect(live.asked.filter(({ route }) => route.startsWith('POST'))).toEqual([])
})

test('an article is added to the message that is being written, not put in its place', async () => {
  const live = await openCall()
  await live.user.type(await screen.findByRole('textbox', { name: /Message to/ }), 'First this.')
  const help = within(await panel())
  if (!help.queryByRole('list', { name: 'Articles' }))
    await live.user.click(await help.findByRole('button', { name: /What could help/ }))
  await live.user.click(await help.findByRole('button', { name: /Burst pipe/ }))
  await live.user.click(help.getByRole('button', { name: 'Put into the message' }))
  expect(screen.getByRole('textbox', { name: /Message to/ })).toHaveValue(
    'First this.\nThe main shut-off is at the meter box.',
  )
})

test('the words that the caller used are marked in title and text', async () => {
  const live = await openCall()
  const help = within(await panel())
  if (!help.queryByRole('list', { name: 'Articles' }))
    await live.user.click(await help.findByRole('button', { name: /What could help/ }))
  await live.user.click(await help.findByRole('button', { name: /Burst pipe/ }))
  const marks = [...(await panel()).querySelectorAll('mark')].map(({ textContent }) => textContent)
  expect(marks).toEqual(['pipe', 'shut', 'shut'])
})

test('who may not message the AI reads the article and copies it', async () => {
  const live = await openCall({ role: 'csr' as 'manager', given: assist({ suggestions: [] }) })
  const help = within(await panel())
  if (!help.queryByRole('list', { name: 'Articles' }))
    await live.user.click(await help.findByRole('button', { name: /What could help/ }))
  await live.user.click(await help.findByRole('button', { name: /Burst pipe/ }))
  expect(help.queryByRole('button', { name: 'Put into the message' })).toBeNull()
  expect(help.getByRole('button', { name: 'Copy' })).toBeVisible()
})

test('new lines of the caller are looked up, but not each of them', async () => {
  const live = await openCall()
  await panel()
  let asked = 0
  live.answers['GET /api/v1/calls/:call_id/assist'] = () => {
    asked += 1
    return ok(assist())
  }
  for (const id of [4, 5, 6])
    await live.happen(
      makeFrame(
        'interaction.added',
        { call_id: 'c1', interaction: makeLine({ id }) },
        { stream: 'call:c1', seq: id },
      ),
    )
  // Whatever is due at once has run by now.
  await act(async () => new Promise((resolve) => setTimeout(resolve)))
  expect(asked).toBe(0)
})

test('a technician, who reads no knowledge, gets no panel', async () => {
  await openCall({ role: 'tech' as 'manager' })
  expect(screen.queryByRole('region', { name: 'What could help' })).toBeNull()
})

test('b goes to the first negative line of the caller', async () => {
  const live = await openCall()
  await live.user.keyboard('b')
  await waitFor(() => expect(markedLine()).toBe('2'))
})

test('where nobody was negative, that is said', async () => {
  const live = await openCall({ total: 1 })
  await live.show({
    stream: 'call:c1',
    detail: { call, interactions: [lines[0]!], interactions_count: 1, interventions: [], notes: [] },
  })
  await live.user.keyboard('b')
  expect(await screen.findByText('The caller was never negative so far.')).toBeVisible()
})

test('the keywords of the business are marked where they were said', async () => {
  await openCall()
  await panel()
  await waitFor(() => expect(document.querySelector('.line .mark-keyword')).toHaveTextContent('lawyer'))
})

test('a link to a line opens the call at it', async () => {
  await openCall({ at: '/live/c1?line=2' })
  await waitFor(() => expect(markedLine()).toBe('2'))
})

test('a link to an earlier line loads what is missing first', async () => {
  const live = await openCall({ at: '/live/c1?line=-1', total: 203 })
  expect(markedLine()).toBeUndefined()
  live.answers['GET /api/v1/calls/:call_id/interactions'] = () =>
    ok({ interactions: [makeLine({ id: 100, text: 'Long ago' })], total: 4 })
  act(() => go('/live/c1?line=1'))
  await waitFor(() => expect(markedLine()).toBe('1'))
})

test('a link to a line that is not there says so', async () => {
  await openCall({ at: '/live/c1?line=999' })
  expect(await screen.findByText('The line of this link is not in the call.')).toBeVisible()
})

test('the link of a line is copied by its number and by key', async () => {
  const live = await openCall()
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: async (text: string) => void copied.push(text) },
  })
  await live.user.click(screen.getByRole('button', { name: 'Copy a link to line 2' }))
  expect(await screen.findByText('Copied a link to line 2')).toBeVisible()
  await live.user.keyboard('y')
  expect(copied).toEqual([
    expect.stringMatching(/\/live\/c1\?line=2$/),
    expect.stringMatching(/\/live\/c1\?line=2$/),
  ])
})

test('another call does not inherit the line of the link', async () => {
  const live = await openCall({ at: '/live/c1?line=2&mood=negative' })
  await live.user.keyboard('{Escape}')
  expect(location.search).toBe('?mood=negative')
})

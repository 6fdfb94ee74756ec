import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import type { SavedView } from '#contract/view.ts'
import { makeCall, madeAt } from '#tests/support/factories.ts'
import { go } from '#src/ui/address.ts'
import { fail, ok, renderLive } from '#tests/support/render-live.tsx'

const calls = [
  makeCall({ id: 'in', direction: 'inbound', contact_name: 'Karen Holt' }),
  makeCall({ id: 'out', direction: 'outbound', contact_name: 'Luis Vega' }),
]
const makeView = (over: Partial<SavedView>): SavedView => ({
  id: 'v1',
  name: 'Outbound',
  area: 'live',
  query: 'dir=outbound',
  shared: false,
  owner: { id: 'u1', name: 'Dana Kessler' },
  can_change: true,
  position: 1,
  created_at: madeAt,
  updated_at: madeAt,
  ...over,
})
const team = makeView({
  id: 'v2',
  name: 'Angry',
  query: 'mood=negative',
  shared: true,
  can_change: false,
  owner: { id: 'u9', name: 'Ruth' },
})

/** The page, and a server that keeps views. */
async function openPage({ at = '/live', role = 'manager' as const, views = [makeView({}), team] } = {}) {
  const live = await renderLive({ calls, role })
  const kept = new Map(views.map((view) => [view.id, view]))
  const gone = new Map<string, SavedView>()
  live.answers['GET /api/v1/views'] = () => ok({ views: [...kept.values()] })
  live.answers['POST /api/v1/views'] = ({ body }) => {
    if ([...kept.values()].some(({ name }) => name === body['name']))
      return fail({ status: 409, code: 'CONFLICT', message: 'There is a view of this name already.' })
    const view = makeView({
      id: `v${kept.size + 1}`,
      position: kept.size + 1,
      ...(body as Partial<SavedView>),
    })
    kept.set(view.id, view)
    return ok({ view })
  }
  live.answers['PATCH /api/v1/views/:view_id'] = ({ params, body }) => {
    const id = params['view_id'] ?? ''
    const view = { ...(kept.get(id) ?? gone.get(id) ?? makeView({})), ...(body as Partial<SavedView>) }
    kept.set(id, view)
    return ok({ view })
  }
  live.answers['DELETE /api/v1/views/:view_id'] = ({ params }) => {
    const view = kept.get(params['view_id'] ?? '')
    if (view) gone.set(view.id, view)
    kept.delete(params['view_id'] ?? '')
    return ok({ success: true })
  }
  await act(async () => {
    await import('#src/features/views/open-views.tsx')
    go(at)
  })
  return { ...live, kept }
}
const list = () => screen.findByRole('dialog')
const search = () => location.search

beforeEach(() => localStorage.clear())

test('a view is chosen by key from mine and the team’s, and the address says it', async () => {
  const live = await openPage()
  await live.user.keyboard('v')
  const names = (await within(await list()).findAllByRole('listitem')).map(({ textContent }) => textContent)
  expect(names).toEqual(['Outbound', 'AngryRuth'])
  await live.user.click(within(await list()).getByRole('button', { name: 'Outbound' }))
  expect(search()).toBe('?dir=outbound&view=v1')
  expect(await screen.findByRole('button', { name: /^Outbound/, expanded: false })).toBeVisible()
})

test('who comes by the address of a view sees its name', async () => {
  await openPage({ at: '/live?dir=outbound&view=v1' })
  const button = await screen.findByRole('button', { name: /^Outbound/, expanded: false })
  expect(button).not.toHaveTextContent('changed')
})

test('a view that was changed says so, and can be saved as it is now', async () => {
  const live = await openPage({ at: '/live?dir=inbound&view=v1' })
  expect(await screen.findByText('changed')).toBeVisible()
  await live.user.keyboard('v')
  await live.user.click(await within(await list()).findByRole('button', { name: /Save the changes/ }))
  await waitFor(() => expect(screen.queryByText('changed')).toBeNull())
  expect(live.kept.get('v1')?.query).toBe('dir=inbound')
})

test('what is shown is saved under a name; a taken name keeps what was typed', async () => {
  const live = await openPage({ at: '/live?waiting=1&sort=-duration' })
  await live.user.keyboard('v')
  await live.user.click(await within(await list()).findByRole('button', { name: /as a new view/ }))
  const name = screen.getByRole('textbox', { name: 'Name of the view' })
  await live.user.type(name, 'Angry{Enter}')
  expect(await within(await list()).findByRole('alert')).toHaveTextContent(
    'There is a view of this name already.',
  )
  expect(name).toHaveValue('Angry')
  await live.user.clear(name)
  await live.user.type(name, 'Waiting{Enter}')
  await waitFor(() => expect(search()).toBe('?waiting=1&sort=-duration&view=v3'))
  expect(live.kept.get('v3')).toMatchObject({
    name: 'Waiting',
    query: 'waiting=1&sort=-duration',
    shared: false,
  })
})

test('a view without a name is not saved', async () => {
  const live = await openPage()
  await live.user.keyboard('v')
  await live.user.click(await within(await list()).findByRole('button', { name: /as a new view/ }))
  await live.user.keyboard('{Enter}')
  expect(await within(await list()).findByRole('alert')).toHaveTextContent('Give the view a name.')
  expect(live.kept.size).toBe(2)
})

test('a view is renamed, shared, and deleted with a way back', async () => {
  const live = await openPage({ at: '/live?dir=outbound&view=v1' })
  await live.user.keyboard('v')
  await live.user.click(await within(await list()).findByRole('button', { name: 'Rename' }))
  const name = screen.getByRole('textbox', { name: 'New name' })
  await live.user.clear(name)
  await live.user.type(name, 'Out{Enter}')
  await waitFor(() => expect(live.kept.get('v1')?.name).toBe('Out'))
  await live.user.click(within(await list()).getByRole('button', { name: 'Share with the team' }))
  await waitFor(() => expect(live.kept.get('v1')?.shared).toBe(true))
  await live.user.click(within(await list()).getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(live.kept.has('v1')).toBe(false))
  expect(search()).toBe('?dir=outbound')
  await live.user.click((await screen.findAllByRole('button', { name: /Undo/ }))[0]!)
  await waitFor(() => expect(live.kept.has('v1')).toBe(true))
})

test('a colleague’s view is used, and not changed', async () => {
  const live = await openPage({ at: '/live?mood=negative&view=v2' })
  await live.user.keyboard('v')
  await within(await list()).findByRole('button', { name: /Angry/ })
  expect(within(await list()).queryByRole('button', { name: 'Delete' })).toBeNull()
})

test('who may not share is not asked to', async () => {
  const live = await openPage({ at: '/live?dir=outbound&view=v1', role: 'viewer' as 'manager' })
  await live.user.keyboard('v')
  await within(await list()).findByRole('button', { name: 'Rename' })
  expect(within(await list()).queryByRole('button', { name: /Share/ })).toBeNull()
})

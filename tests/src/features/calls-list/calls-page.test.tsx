import { atAddress } from '#tests/support/at-address.ts'
import '#tests/support/browser-stubs.ts'
import { MantineProvider } from '@mantine/core'
import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Route } from 'wouter'
import { afterEach, expect, test } from 'vitest'
import type { Session } from '#contract/auth.ts'
import type { Call } from '#contract/call.ts'
import type { CallHit } from '#contract/call-endpoints.ts'
import { ApiContext, ConfigContext } from '#src/app/config-context.ts'
import { readConfig } from '#src/app/env.ts'
import { CallsPage } from '#src/app/pages/calls-page.tsx'
import { AlertsContext } from '#src/features/alerts/alerts-context.ts'
import { createFloorDesk } from '#src/floor/floor-desk.ts'
import type { Api } from '#src/lib/api.ts'
import { readWalk } from '#src/lib/call-walk.ts'
import { type Result, fail, ok } from '#src/lib/result.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import { type LiveActions, LiveProvider } from '#src/live/use-live.ts'
import { ActionsProvider } from '#src/ui/actions.tsx'
import { KeptOwner } from '#src/ui/kept-owner.ts'
import { madeAt, makeCall, makeFrame } from '#tests/support/factories.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

afterEach(cleanup)

type Query = Record<string, unknown>
type Answer = Result<unknown, { status: number; code: string; message: string; details?: unknown }>

const user: Session = {
  user_id: 'u1',
  tenant_id: 't1',
  role: 'manager',
  name: 'Dana',
  tenant_zone: 'America/Chicago',
}
const page = (calls: readonly Call[], over: Query = {}, beside: Query = {}) =>
  ok({
    calls,
    pagination: {
      page: 1,
      limit: 50,
      total: calls.length,
      total_pages: 1,
      has_next: false,
      has_prev: false,
      ...over,
    },
    ...beside,
  })
const ended = (id: string, name: string, over: Partial<Call> = {}) =>
  makeCall({ id, contact_name: name, status: 'completed', duration_seconds: 75, qa_score: 0.82, ...over })

/** The page on a live floor; `list` answers for the calls, `news` for those that came since. */
async function renderCalls(
  at: string,
  list: (query: Query) => Answer,
  { news = () => page([]), floor = [] as readonly Call[] } = {},
) {
  const clock = createFakeClock(Date.parse(madeAt) + 60_000)
  const store = createLiveStore({ clock, scheduler: clock.scheduler, needSnapshot: () => {} })
  store.start()
  const desk = createFloorDesk(store, clock)
  desk.start()
  store.inbox.onConnection({ ...store.getState().connection, status: 'live', lastFrameAt: clock.now() })
  store.inbox.onSnapshot({ part: 1, parts: 1, seq: 1, stream: 'calls', calls: [...floor] }, clock.now())
  clock.paint()
  const asked: Query[] = []
  const api = {
    request: async (route: string, { query = {} }: { query?: Query } = {}) => {
      if (route === 'GET /api/v1/call-filters')
        return ok({ businesses: [{ id: 'b1', name: 'Alamo Roofing' }], agents: [] })
      if (route !== 'GET /api/v1/calls') return ok({ views: [] })
      if (query['limit'] === 1) return news()
      asked.push(JSON.parse(JSON.stringify(query)) as Query)
      return list(query)
    },
  } as unknown as Api
  atAddress(at)
  render(
    <MantineProvider env="test">
      <ConfigContext.Provider value={readConfig(document)}>
        <ApiContext.Provider value={api}>
          <ActionsProvider>
            <LiveProvider store={store} desk={desk} actions={{} as LiveActions}>
              <AlertsContext.Provider value={{ user, api, openCall: () => {} }}>
                <KeptOwner.Provider value={crypto.randomUUID()}>
                  <Route path="/calls">
                    <CallsPage user={user} compact={false} />
                  </Route>
                  <Route path="/calls/:callId">
                    <p>The call</p>
                  </Route>
                </KeptOwner.Provider>
              </AlertsContext.Provider>
            </LiveProvider>
          </ActionsProvider>
        </ApiContext.Provider>
      </ConfigContext.Provider>
    </MantineProvider>,
  )
  const pass = (ms: number) =>
    act(async () => {
      await clock.advance(ms)
      clock.paint()
    })
  await pass(50)
  const happen = async (...frames: Parameters<typeof store.inbox.onFrames>[0]) => {
    store.inbox.onFrames(frames)
    await pass(50)
  }
  return { asked, pass, happen, user: userEvent.setup() }
}

const rows = () => [...document.querySelectorAll<HTMLElement>('[data-call-id]')]
const names = () => rows().map((row) => row.querySelector('[data-col="from"] a')?.textContent)
const cell = (id: string, column: string) =>
  document.querySelector(`[data-call-id="${id}"] [data-col="${column}"]`)

test('the address says what is asked, its days are those of the company, and what means nothing is named', async () => {
  const { asked, user: hand } = await renderCalls(
    '/calls?sentiment=negative&from_date=2026-11-01&to_date=2026-11-01&direction=sideways&colour=red',
    () => page([ended('c1', 'Marisol')]),
  )
  // The day on which the clocks go back is 25 hours long.
  expect(asked.at(-1)).toMatchObject({
    sentiment: 'negative',
    from_date: '2026-11-01T05:00:00.000Z',
    to_date: '2026-11-02T05:59:59.999Z',
  })
  expect(asked.at(-1)).not.toHaveProperty('direction')
  expect(screen.getByRole('alert')).toHaveTextContent('direction=sideways, colour=red')
  expect(screen.getByRole('option', { name: /Company: America\/Chicago \(CST\)/ })).toBeInTheDocument()
  await hand.click(screen.getByRole('button', { name: 'OK' }))
  expect(location.search).toBe('?from_date=2026-11-01&to_date=2026-11-01&sentiment=negative')
  await hand.click(screen.getByRole('button', { name: 'Take away: Mood negative' }))
  expect(asked.at(-1)).not.toHaveProperty('sentiment')
  await hand.selectOptions(screen.getByRole('combobox', { name: 'Time zone of the list' }), 'UTC')
  expect(asked.at(-1)).toMatchObject({ from_date: '2026-11-01T00:00:00.000Z' })
  expect(location.search).toContain('zone=UTC')
})

test('a live row changes where it stands; a new call moves nobody until it is asked for', async () => {
  let calls = [makeCall({ id: 'c1', contact_name: 'Marisol' }), ended('c2', 'Howard')]
  const {
    pass,
    happen,
    user: hand,
  } = await renderCalls('/calls', () => page(calls), {
    floor: calls.slice(0, 1),
    news: () => page([], { total: 1 }),
  })
  await happen(
    makeFrame(
      'sentiment.changed',
      { call_id: 'c1', sentiment: { score: 0.1, label: 'negative' } },
      { seq: 2 },
    ),
  )
  await pass(1000)
  expect(cell('c1', 'sentiment')).toHaveTextContent('−0.8')
  const young = makeCall({ id: 'c3', contact_name: 'Ingrid' })
  await happen(makeFrame('call.started', { call: young }, { seq: 3 }))
  await pass(6000)
  expect(names()).toEqual(['Marisol', 'Howard'])
  calls = [young, ...calls]
  await hand.click(screen.getByRole('button', { name: /1 new call/ }))
  await pass(50)
  expect(names()).toEqual(['Ingrid', 'Marisol', 'Howard'])
})

test('a hit shows its line with the words marked and leads to it; the list is remembered for the way back', async () => {
  const hit: CallHit = {
    call_id: 'c2',
    interaction_id: 7,
    speaker: 'customer',
    text: 'My roof is leaking again.',
    marks: [[3, 7]],
    at: madeAt,
    sentiment: { score: 0.2, label: 'negative' },
  }
  const { user: hand } = await renderCalls('/calls?text=roof', () =>
    page([ended('c1', 'Marisol'), ended('c2', 'Howard')], {}, { hits: [hit], not_searched: 3 }),
  )
  expect(screen.getByText('roof').tagName).toBe('MARK')
  expect(screen.getByText(/3 ended calls are not searched yet/)).toBeInTheDocument()
  await hand.keyboard('jj')
  expect(document.activeElement).toHaveAttribute('data-call-id', 'c2')
  const line = within(rows()[1] as HTMLElement).getByRole('link', { name: /leaking/ })
  expect(line).toHaveTextContent('−0.6')
  await hand.tab()
  expect(line).toHaveFocus()
  await hand.keyboard('{Enter}')
  expect(location).toMatchObject({ pathname: '/calls/c2', search: '?line=7' })
  expect(readWalk()).toEqual({ ids: ['c1', 'c2'], query: 'text=roof' })
})

test('turning pages goes on behind the last row, and what came meanwhile is not in it', async () => {
  const {
    asked,
    pass,
    user: hand,
  } = await renderCalls('/calls?missed=true', ({ page: number }) =>
    number === 1
      ? page([ended('c1', 'Marisol')], { total: 51, has_next: true, next: 'behind-c1', total_exact: false })
      : page([ended('c2', 'Howard')], { page: 2, total: 51, has_prev: true }),
  )
  expect(screen.getByText('1–1 of more than 51 calls')).toBeVisible()
  await hand.keyboard(']')
  await pass(50)
  const until = new Date(Date.parse(madeAt) + 60_000).toISOString()
  expect(asked.at(-1)).toMatchObject({ page: 2, after: 'behind-c1', missed: 'true', to_date: until })
  expect(names()).toEqual(['Howard'])
  await hand.click(screen.getByRole('button', { name: /Previous/ }))
  await pass(50)
  expect(asked.at(-1)).toMatchObject({ page: 1, to_date: until })
  await hand.click(screen.getByRole('button', { name: 'Length' }))
  expect(location.search).toBe('?missed=true&sort_by=duration')
})

test.each([
  ['/calls?missed=true', () => page([]), 'No calls match these filters.'],
  ['/calls', () => page([]), 'No calls yet.'],
  ['/calls', () => fail({ status: 403, code: 'FORBIDDEN', message: '' }), "You don't have permission"],
  ['/calls', () => fail({ status: 0, code: 'NETWORK', message: '' }), 'The calls could not be read.'],
] as const)('where there are no rows at %s, it is said why', async (at, answer, words) => {
  await renderCalls(at, answer)
  expect(screen.getByText(words)).toBeInTheDocument()
})

test('words that cannot be looked for are refused at their field, and the rows of before stay', async () => {
  const { user: hand, pass } = await renderCalls('/calls', ({ text }) =>
    text === undefined
      ? page([ended('c1', 'Marisol')])
      : fail({
          status: 400,
          code: 'VALIDATION_ERROR',
          message: '',
          details: [{ field: 'query.text', message: 'Write a word to look for.' }],
        }),
  )
  await hand.keyboard('/the{Enter}')
  await pass(50)
  expect(screen.getByRole('textbox', { name: 'Words that were said' })).toBeInvalid()
  expect(screen.getByRole('alert')).toHaveTextContent('Write a word to look for.')
  expect(names()).toEqual(['Marisol'])
})

test('a page that cannot be gone to any more is the first one, and that is said', async () => {
  const { pass } = await renderCalls('/calls?page=4&after=gone', ({ after }) =>
    after === undefined
      ? page([ended('c1', 'Marisol')])
      : fail({
          status: 400,
          code: 'VALIDATION_ERROR',
          message: '',
          details: [{ field: 'query.after', message: 'Write the `next` of an earlier page.' }],
        }),
  )
  await pass(50)
  expect(location.search).toBe('')
  expect(names()).toEqual(['Marisol'])
  expect(screen.getByRole('alert')).toHaveTextContent('page=4')
})

test('calls without a business are chosen like a business, and the chip that says so is taken away', async () => {
  const { asked, user: hand } = await renderCalls('/calls', () => page([ended('c1', 'Marisol')]))
  // By words: asking a large panel for roles takes seconds here.
  await hand.click(screen.getByText('+ Filter'))
  const [business] = await screen.findAllByPlaceholderText('Any')
  await hand.click(business!)
  await hand.click(await screen.findByText('No business'))
  expect(location.search).toBe('?business_id=none')
  expect(asked.at(-1)).toMatchObject({ business_id: 'none' })
  await hand.click(document.querySelector('[aria-label="Take away: No business"]')!)
  expect(location.search).toBe('')
})

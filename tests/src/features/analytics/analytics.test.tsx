import '#tests/support/browser-stubs.ts'
import { MantineProvider } from '@mantine/core'
import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import type { AnalyticsOverview, ScatterPoint } from '#contract/analytics.ts'
import type { ApiProblem } from '#contract/errors.ts'
import { Analytics } from '#src/features/analytics/analytics.tsx'
import { type AnalyticsView, parseAnalytics } from '#src/features/analytics/analytics-query.ts'
import { pages } from '#src/features/analytics/pages.ts'
import { createFloorDesk } from '#src/floor/floor-desk.ts'
import type { Api } from '#src/lib/api.ts'
import { type Result, fail, ok } from '#src/lib/result.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import { type LiveActions, LiveProvider } from '#src/live/use-live.ts'
import { ActionsProvider } from '#src/ui/actions.tsx'
import { makeMoods, makeOverview, makeRange, makeVolume } from '#tests/support/analytics-answers.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

// There is no canvas here: the picture is a place on a page, and what is said of it is the page's own.
vi.mock('#src/features/analytics/draw-chart.ts', () => ({
  createDrawing: () => ({ draw() {}, pixelOf: (x: number, y: number) => [x, y], mark() {}, dispose() {} }),
}))
afterEach(cleanup)

const now = Date.parse('2026-11-20T14:00:00.000Z')

async function renderOverview(
  overview: () => Result<Partial<AnalyticsOverview>, ApiProblem>,
  search = '',
  { id = 'overview', scatter = [] as readonly ScatterPoint[] } = {},
) {
  const clock = createFakeClock(now)
  const store = createLiveStore({ clock, scheduler: clock.scheduler, needSnapshot: () => {} })
  store.start()
  const gone: string[] = []
  const views: AnalyticsView[] = []
  const asked: Record<string, unknown>[] = []
  const api = {
    async request(route: string, { query }: { query: Record<string, unknown> }) {
      const range = makeRange({
        from: String(query['from_date']),
        to: String(query['to_date']),
        as_of: String(query['to_date']),
      })
      if (route.endsWith('call-volume')) return ok(makeVolume(range, (index) => index + 1))
      if (route.endsWith('sentiment')) return ok(makeMoods(range, scatter))
      asked.push(query)
      const answer = overview()
      return answer.ok ? ok(makeOverview(range, answer.value)) : answer
    },
  } as unknown as Api
  render(
    <MantineProvider env="test">
      <ActionsProvider>
        <LiveProvider store={store} desk={createFloorDesk(store, clock)} actions={{} as LiveActions}>
          <Analytics
            api={api}
            page={pages.find((page) => page.id === id)!}
            view={parseAnalytics(new URLSearchParams(search))}
            onView={(view) => views.push(view)}
            zone="America/Chicago"
            homeZone="America/Chicago"
            onGo={(address) => gone.push(address)}
            tabs={null}
            feed={{ clock, page: clock.scheduler }}
          />
        </LiveProvider>
      </ActionsProvider>
    </MantineProvider>,
  )
  const pass = (ms: number) => act(() => clock.advance(ms))
  await pass(10)
  // The library of charts comes after the figures.
  await act(() => import('#src/features/analytics/draw-chart.ts'))
  await pass(10)
  return { gone, views, asked, pass, user: userEvent.setup() }
}
const figures = {
  total_calls: 1332,
  active_calls: 12,
  escalated_calls: 112,
  escalation_rate: 8.41,
  ai_calls: 1212,
}

test('the page says range, zone and age, and every figure opens its calls', async () => {
  const { gone, user } = await renderOverview(() => ok(figures))
  expect(screen.getByText('Sat 14 Nov 2026 to Fri 20 Nov 2026, 08:00')).toBeVisible()
  expect(screen.getByText(/America\/Chicago \(CST\)/)).toHaveTextContent('as of 08:00:00')
  await user.click(screen.getByRole('link', { name: 'Escalated: 8.4 %, open the calls' }))
  expect(gone).toEqual([expect.stringMatching(/^\/calls\?from_date=2026-11-14T06.*&escalated=true$/)])
})

test('the arrow keys walk a chart, say each point, and Enter opens its calls', async () => {
  const { gone, user } = await renderOverview(() => ok(figures))
  const chart = screen.getByRole('application', { name: 'Calls per day' })
  act(() => chart.focus())
  await user.keyboard('{ArrowRight}')
  expect(within(chart).getByText('Fri 20 Nov 2026, so far, Inbound, 7')).toBeInTheDocument()
  await user.keyboard('{ArrowLeft}{ArrowLeft}')
  expect(within(chart).getByText('Wed 18 Nov 2026, Inbound, 5')).toBeInTheDocument()
  await user.keyboard('{Enter}')
  expect(gone[0]).toMatch(/^\/calls\?direction=inbound&from_date=2026-11-18T06.*&to_date=2026-11-19T05/)
})

test('behind each chart is a table whose numbers are links', async () => {
  const { user } = await renderOverview(() => ok(figures))
  await user.keyboard('t')
  // By place: asking a large page for roles takes seconds here.
  const panel = document.querySelector<HTMLElement>('[data-chart="week"]')!
  expect(within(panel).getByText('10:00 to 11:00').closest('tr')).toHaveTextContent('7')
  expect(within(panel).getByText('7').getAttribute('href')).toContain('weekday=1&hour=10')
})

test('a period without calls says so', async () => {
  const { views, user } = await renderOverview(() => ok({ total_calls: 0 }), 'business_id=roofing')
  expect(screen.getByText('No calls in this period.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'All businesses and directions' }))
  expect(views.at(-1)).toMatchObject({ businessId: null, period: '7d' })
})

test('an end before its start is not asked', async () => {
  const { asked } = await renderOverview(() => ok(figures), 'from_date=2026-11-20&to_date=2026-11-10')
  expect(screen.getByRole('alert')).toHaveTextContent('Choose an end date after the start date.')
  expect(asked).toEqual([])
})

test('figures stay where they are, marked as older, while the server asks for patience', async () => {
  let count = 0
  const { pass } = await renderOverview(() => {
    count += 1
    return count === 2
      ? fail({ status: 429, code: 'RATE_LIMITED', message: '', retryAfter: 45 })
      : ok(figures)
  })
  await pass(31_000)
  expect(screen.getByText(/The figures go on at/)).toHaveTextContent('08:01:15')
  expect(screen.getByRole('link', { name: /^Calls: 1,332/ })).toBeVisible()
  expect(screen.getByText(/as of/)).toHaveTextContent('older')
  await pass(46_000)
  expect(screen.queryByText(/The figures go on at/)).not.toBeInTheDocument()
})

test('a dot of mood and QA opens its call, by click, by Enter and from the table behind it', async () => {
  const dot = (call_id: string, hour: number, score: number): ScatterPoint => ({
    call_id,
    started_at: `2026-11-20T${hour}:00:00.000Z`,
    sentiment_score: score,
    qa_score: score,
    escalated: false,
  })
  const { gone, user } = await renderOverview(() => ok({}), '', {
    id: 'sentiment',
    scatter: [dot('c/1', 10, 0.2), dot('c2', 11, 0.9)],
  })
  const chart = screen.getByRole('application', { name: 'Mood and QA' })
  await user.click(chart.querySelector('a')!)
  act(() => chart.focus())
  await user.keyboard('{ArrowRight}{ArrowRight}{Enter}')
  expect(gone).toEqual(['/calls/c%2F1', '/calls/c2'])
  await user.click(screen.getByRole('button', { name: 'Mood and QA as a table' }))
  const table = screen.getByRole('group', { name: 'Mood and QA, table' })
  expect(
    within(table)
      .getAllByRole('link')
      .map((link) => link.getAttribute('href')),
  ).toEqual(['/calls/c%2F1', '/calls/c2'])
})

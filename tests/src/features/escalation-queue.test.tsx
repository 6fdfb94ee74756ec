import '#tests/support/browser-stubs.ts'
import { MantineProvider } from '@mantine/core'
import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import type { Session } from '#contract/auth.ts'
import type { EscalationItem } from '#contract/escalation-endpoints.ts'
import { EscalationQueue } from '#src/features/escalations/escalation-queue.tsx'
import { createFloorDesk } from '#src/floor/floor-desk.ts'
import type { Api } from '#src/lib/api.ts'
import { fail, ok } from '#src/lib/result.ts'
import type { LiveActions } from '#src/live/use-live.ts'
import { LiveProvider } from '#src/live/use-live.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import { ActionsProvider, useActionContext } from '#src/ui/actions.tsx'
import { makeEscalation, makeFrame, madeAt } from '#tests/support/factories.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

afterEach(cleanup)

const start = Date.parse(madeAt)
const item = (id: number, name: string, over: Partial<EscalationItem> = {}): EscalationItem => ({
  ...makeEscalation({ id, call_id: `c${id}`, requested_at: new Date(start + id * 1000).toISOString() }),
  call: {
    contact_name: name,
    from_number: '+12105550142',
    to_number: '+12105550100',
    direction: 'inbound',
    status: 'in_progress',
    business_name: 'Alamo Roofing',
  },
  ...over,
})

function Viewed({ role }: { role: Session['role'] }) {
  useActionContext(() => ({ role }))
  return null
}

type Answer = ReturnType<typeof ok> | ReturnType<typeof fail>

const pageOf = (options: unknown) => (options as { query: { page: number } }).query.page
/** A list that says nothing of pages is one page. */
function paged(answer: Answer): Answer {
  if (!answer.ok) return answer
  const value = answer.value as { escalations: readonly EscalationItem[] }
  return ok({ pagination: { total: value.escalations.length, has_next: false }, ...value })
}

function renderQueue(list: (page: number) => Answer, role: Session['role'] = 'manager') {
  const clock = createFakeClock(start + 60_000)
  const store = createLiveStore({ clock, scheduler: clock.scheduler, needSnapshot: () => {} })
  store.start()
  store.inbox.onConnection({ ...store.getState().connection, status: 'live', lastFrameAt: clock.now() })
  const opened = vi.fn()
  const asked: { route: string; options: unknown }[] = []
  let refusal: Answer = ok({ escalation: null, message: '' })
  const api = {
    request: async (route: string, options: unknown) => {
      asked.push({ route, options })
      return route.startsWith('GET') ? paged(list(pageOf(options))) : refusal
    },
  } as unknown as Api
  render(
    <MantineProvider env="test">
      <ActionsProvider>
        <Viewed role={role} />
        <LiveProvider store={store} desk={createFloorDesk(store, clock)} actions={{} as LiveActions}>
          <EscalationQueue
            user={{ user_id: 'u1', tenant_id: 't1', role, name: 'Dana Kessler' }}
            api={api}
            mine={false}
            onMine={() => {}}
            onOpen={opened}
          />
        </LiveProvider>
      </ActionsProvider>
    </MantineProvider>,
  )
  const happen = (escalation: EscalationItem) =>
    act(async () => {
      store.inbox.onFrames([
        makeFrame('escalation.updated', { call_id: escalation.call_id, escalation }, { stream: 'calls' }),
      ])
      await clock.advance(50)
      clock.paint()
    })
  return { asked, opened, happen, user: userEvent.setup(), refuse: (answer: Answer) => (refusal = answer) }
}
const waiting = () => within(screen.getByRole('region', { name: 'Waiting' }))
const names = (part: ReturnType<typeof waiting>) =>
  part.queryAllByRole('listitem').map((row) => within(row).getAllByRole('button')[0]?.textContent)

test('who waits longest is on top; the keys walk, and Enter opens the call', async () => {
  const { opened, user } = renderQueue(() => ok({ escalations: [item(2, 'Howard'), item(1, 'Marisol')] }))
  await screen.findByText('Marisol')
  expect(names(waiting())).toEqual(['Marisol', 'Howard'])
  await user.keyboard('j{Enter}')
  expect(opened).toHaveBeenCalledWith('c2')
})

test('what happens comes by the live line: a taken call changes its part without another reading', async () => {
  const { asked, happen } = renderQueue(() => ok({ escalations: [item(1, 'Marisol'), item(2, 'Howard')] }))
  await screen.findByText('Marisol')
  await happen(item(1, 'Marisol', { status: 'in_progress', agent_name: 'Wen Zhao' }))
  expect(names(waiting())).toEqual(['Howard'])
  expect(screen.getByRole('region', { name: 'With a person' })).toHaveTextContent('Wen Zhao has it')
  expect(asked).toHaveLength(1)
})

test('who was too late reads who was faster', async () => {
  const { user, refuse } = renderQueue(() => ok({ escalations: [item(1, 'Marisol')] }))
  await screen.findByText('Marisol')
  refuse(fail({ status: 409, code: 'CONFLICT', message: 'Wen Zhao has the call.' }))
  await user.click(screen.getByRole('button', { name: /^Take it/ }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Wen Zhao has the call.')
})

test('an empty queue, a refused one and a failed one say different things', async () => {
  renderQueue(() => ok({ escalations: [] }))
  expect(await screen.findByText('Nobody waits for a person.')).toBeVisible()
  cleanup()
  renderQueue(() => fail({ status: 403, code: 'FORBIDDEN', message: 'no' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('not for your role')
  cleanup()
  renderQueue(() => fail({ status: 0, code: 'NETWORK', message: 'no' }))
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible()
})

test('a viewer sees the queue and takes nobody', async () => {
  renderQueue(() => ok({ escalations: [item(1, 'Marisol')] }), 'viewer')
  await screen.findByText('Marisol')
  expect(screen.queryByRole('button', { name: /^Take it/ })).toBeNull()
})

test('a viewer who presses the key reads who may take a call', async () => {
  const { user, asked } = renderQueue(() => ok({ escalations: [item(1, 'Marisol')] }), 'viewer')
  await screen.findByText('Marisol')
  await user.keyboard('a')
  expect(await screen.findByText(/^Only .*managers and owners may do this/)).toBeVisible()
  expect(asked.every(({ route }) => route.startsWith('GET'))).toBe(true)
})

test('a call that somebody has in hand is taken over by name, and only when that is said', async () => {
  const { user, asked, refuse } = renderQueue(() => ok({ escalations: [item(1, 'Marisol')] }))
  await screen.findByText('Marisol')
  const details = { holder: { name: 'Wen Zhao' } }
  refuse(fail({ status: 409, code: 'CALL_CLAIMED', message: 'Wen Zhao has this call.', details }))
  await user.keyboard('ja')
  expect(await screen.findByRole('alert')).toHaveTextContent('Wen Zhao has this call.')
  refuse(ok({ escalation: null, message: '' }))
  await user.click(screen.getByRole('button', { name: 'Take over from Wen Zhao' }))
  expect(screen.queryByRole('alert')).toBeNull()
  const changes = asked.filter(({ route }) => route.startsWith('PATCH'))
  expect(changes.map(({ options }) => (options as { body: unknown }).body)).toEqual([
    { status: 'in_progress' },
    { status: 'in_progress', force: true },
  ])
})

test('a queue longer than what is read at once says so, and the rest is read when it is wanted', async () => {
  const pagination = { total: 3 }
  const { user } = renderQueue((page) =>
    page === 1
      ? ok({
          escalations: [item(1, 'Marisol'), item(2, 'Howard')],
          pagination: { ...pagination, has_next: true },
        })
      : ok({
          escalations: [item(2, 'Howard'), item(3, 'Imani')],
          pagination: { ...pagination, has_next: false },
        }),
  )
  expect(await screen.findByText('1–2 of 3 escalations')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Show 1 more' }))
  expect(await screen.findByText('Imani')).toBeVisible()
  expect(names(waiting())).toEqual(['Marisol', 'Howard', 'Imani'])
  expect(screen.queryByText(/of 3 escalations/)).toBeNull()
})

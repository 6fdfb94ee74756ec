import '#tests/support/browser-stubs.ts'
import { MantineProvider } from '@mantine/core'
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { AlertPreview, AlertRule } from '#contract/alert.ts'
import { AlertRules } from '#src/features/alert-rules/alert-rules.tsx'
import { createFloorDesk } from '#src/floor/floor-desk.ts'
import type { Api } from '#src/lib/api.ts'
import { fail, ok } from '#src/lib/result.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import { type LiveActions, LiveProvider } from '#src/live/use-live.ts'
import { ActionsProvider } from '#src/ui/actions.tsx'
import { KeptOwner } from '#src/ui/kept-owner.ts'
import { madeAt } from '#tests/support/factories.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const makeRule = (over: Partial<AlertRule> & { id: string }): AlertRule => ({
  name: 'Nobody speaks',
  business_id: null,
  severity: 'warning',
  condition: { type: 'silence', seconds: 90 },
  min_duration_s: 0,
  hysteresis: 0,
  recipients: ['manager'],
  enabled: true,
  created_at: madeAt,
  updated_at: madeAt,
  ...over,
})
const counted = (count: number): AlertPreview => ({
  count,
  calls_seen: 40,
  from: '2026-11-19T14:00:00.000Z',
  to: madeAt,
  complete: true,
  calls: [],
})
const silence = makeRule({ id: 'r1' })
const long = makeRule({ id: 'r2', name: 'Too long', condition: { type: 'duration', seconds: 900 } })

interface Asked {
  route: string
  body: { condition?: unknown; name?: string }
}

/** The editor over a server that answers as told. */
async function openEditor(rules: readonly AlertRule[] = [silence, long]) {
  const clock = createFakeClock(Date.parse(madeAt))
  const store = createLiveStore({ clock, scheduler: clock.scheduler, needSnapshot: () => {} })
  const asked: Asked[] = []
  const answers: Record<string, () => unknown> = {
    'GET /api/v1/alert-rules': () => ok({ rules }),
    'POST /api/v1/alert-rules/preview': () => ok(counted(3)),
  }
  const api = {
    request: async (route: string, options: { body?: Asked['body'] } = {}) => {
      asked.push({ route, body: options.body ?? {} })
      return answers[route]?.() ?? fail({ status: 0, code: 'NETWORK', message: 'no answer was given' })
    },
  } as unknown as Api
  render(
    <MantineProvider env="test">
      <ActionsProvider>
        <LiveProvider store={store} desk={createFloorDesk(store, clock)} actions={{} as LiveActions}>
          <KeptOwner.Provider value="demo dana">
            <AlertRules api={api} />
          </KeptOwner.Provider>
        </LiveProvider>
      </ActionsProvider>
    </MantineProvider>,
  )
  await screen.findByRole('region', { name: 'Rules' })
  return {
    user: userEvent.setup({ advanceTimers: vi.advanceTimersByTime }),
    answers,
    asked: (route: string) => asked.filter((one) => one.route === route),
  }
}
/** So long that the count is asked for. */
const rest = () => act(() => vi.advanceTimersByTimeAsync(600))
const preview = () => screen.getByRole('region', { name: 'What it would have done' })
const field = (name: string | RegExp) => screen.getByRole('textbox', { name })
const countRoute = 'POST /api/v1/alert-rules/preview'

test('a number that cannot be is named at its field, which gets the focus; what was written stays, and nothing is sent', async () => {
  const { user, asked } = await openEditor()
  await user.click(screen.getByRole('button', { name: 'Change Nobody speaks' }))
  await user.clear(field('Silence, seconds'))
  await user.type(field('Silence, seconds'), 'ninety')
  await user.type(field('Name'), ' at all')
  await user.click(screen.getByRole('button', { name: 'Save the rule' }))
  expect(field('Silence, seconds')).toBeInvalid()
  expect(field('Silence, seconds')).toHaveAccessibleDescription(/Write whole seconds, 1 to 14,400/)
  expect(field('Silence, seconds')).toHaveFocus()
  expect(field('Silence, seconds')).toHaveValue('ninety')
  expect(field('Name')).toHaveValue('Nobody speaks at all')
  expect(field('Name')).toBeValid()
  expect(asked('PATCH /api/v1/alert-rules/:rule_id')).toEqual([])
})

test('a field that the server refuses is named, and all that was written stays', async () => {
  const { user, answers } = await openEditor()
  answers['POST /api/v1/alert-rules'] = () =>
    fail({
      status: 400,
      code: 'VALIDATION_ERROR',
      message: 'Some fields are not right.',
      details: [{ field: 'body.min_duration_s', message: 'At most an hour.' }],
    })
  await user.click(screen.getByRole('button', { name: 'New rule' }))
  await user.type(field('Name'), 'Grim')
  await user.click(screen.getByRole('button', { name: 'Add the rule' }))
  await waitFor(() => expect(field(/^It has to hold for/)).toBeInvalid())
  expect(field(/^It has to hold for/)).toHaveAccessibleDescription(/At most an hour/)
  expect(screen.getByRole('alert')).toHaveTextContent('Some fields are not right.')
  expect(field('Name')).toHaveValue('Grim')
})

test('a rule that could not be sent says so and can be sent again as it stands', async () => {
  const { user, answers, asked } = await openEditor()
  await user.click(screen.getByRole('button', { name: 'New rule' }))
  await user.type(field('Name'), 'Grim')
  await user.click(screen.getByRole('button', { name: 'Add the rule' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('The server cannot be reached')
  answers['POST /api/v1/alert-rules'] = () => ok({ rule: makeRule({ id: 'r3', name: 'Grim' }) })
  await user.click(screen.getByRole('button', { name: 'Add the rule' }))
  expect(await screen.findByRole('button', { name: 'Change Grim' })).toHaveFocus()
  expect(asked('POST /api/v1/alert-rules').map(({ body }) => body.name)).toEqual(['Grim', 'Grim'])
})

test('how often it would have fired is asked anew when the rule changes, and not for its name', async () => {
  const { user, answers, asked } = await openEditor()
  await user.click(screen.getByRole('button', { name: 'Change Nobody speaks' }))
  await rest()
  expect(preview()).toHaveTextContent('Would have fired 3 times in the last 24 h')
  await user.type(field('Name'), '!')
  await rest()
  expect(asked(countRoute)).toHaveLength(1)
  answers[countRoute] = () => ok(counted(1))
  await user.clear(field('Silence, seconds'))
  await rest()
  expect(preview()).toHaveTextContent('Fill in what is missing')
  await user.type(field('Silence, seconds'), '120')
  await rest()
  expect(preview()).toHaveTextContent('Would have fired 1 time in the last 24 h')
  expect(asked(countRoute).map(({ body }) => body.condition)).toEqual([
    { type: 'silence', seconds: 90 },
    { type: 'silence', seconds: 120 },
  ])
})

test('a count that fails is said in words, and is made again when asked', async () => {
  const { user, answers } = await openEditor()
  answers[countRoute] = () => fail({ status: 503, code: 'UNAVAILABLE', message: 'busy' })
  await user.click(screen.getByRole('button', { name: 'Change Nobody speaks' }))
  await rest()
  expect(preview()).toHaveTextContent('It could not be counted: The server cannot take this now.')
  answers[countRoute] = () => ok(counted(2))
  await user.click(within(preview()).getByRole('button', { name: 'Count again' }))
  await rest()
  expect(preview()).toHaveTextContent('Would have fired 2 times')
})

test('what is written is kept while another rule is looked at; dropping it can be undone', async () => {
  const { user } = await openEditor()
  await user.click(screen.getByRole('button', { name: 'Change Nobody speaks' }))
  await user.type(field('Name'), ' now')
  await user.keyboard('{Escape}')
  expect(screen.getByRole('button', { name: 'Change Nobody speaks' })).toHaveFocus()
  await user.click(screen.getByRole('button', { name: 'Change Too long' }))
  expect(field('Name')).toHaveValue('Too long')
  expect(screen.getAllByRole('listitem')[0]).toHaveTextContent('not saved')
  await user.click(screen.getByRole('button', { name: 'Change Nobody speaks' }))
  expect(field('Name')).toHaveValue('Nobody speaks now')
  await user.click(screen.getByRole('button', { name: 'Drop the changes' }))
  expect(screen.getAllByRole('listitem')[0]).not.toHaveTextContent('not saved')
  await user.click(await screen.findByRole('button', { name: /^Undo: Dropped the changes/ }))
  expect(field('Name')).toHaveValue('Nobody speaks now')
})

test('deleting asks first, keeps on a second press by mistake, and goes on at the next rule', async () => {
  const { user, answers, asked } = await openEditor()
  answers['DELETE /api/v1/alert-rules/:rule_id'] = () => ok({ success: true })
  const ask = () => screen.getByRole('button', { name: 'Delete Nobody speaks' })
  ask().focus()
  await user.keyboard('{Enter}{Enter}')
  expect(ask()).toHaveFocus()
  expect(asked('DELETE /api/v1/alert-rules/:rule_id')).toEqual([])
  await user.keyboard('{Enter}{Tab}{Enter}')
  await waitFor(() => expect(screen.getByRole('button', { name: 'Change Too long' })).toHaveFocus())
  expect(asked('DELETE /api/v1/alert-rules/:rule_id')).toHaveLength(1)
})

import '#tests/support/browser-stubs.ts'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { AlertHistory } from '#src/features/alerts/alert-history.tsx'
import { AlertsContext } from '#src/features/alerts/alerts-context.ts'
import type { Api } from '#src/lib/api.ts'
import { fail, ok } from '#src/lib/result.ts'
import { makeAlert } from '#tests/support/factories.ts'

afterEach(cleanup)

test('the history says how much of it is here; older ones come once, also after a break of the network', async () => {
  const hand = userEvent.setup()
  const asked: unknown[] = []
  const answers = [
    ok({
      alerts: [makeAlert({ id: 'a2', rule_name: 'Newer' }), makeAlert({ id: 'a1', rule_name: 'Old' })],
      pagination: { total: 3 },
    }),
    fail({ status: 0, code: 'NETWORK', message: 'no' }),
    // One was resolved meanwhile: the page begins with an alert that is here already.
    ok({
      alerts: [makeAlert({ id: 'a1', rule_name: 'Old' }), makeAlert({ id: 'a0', rule_name: 'Oldest' })],
      pagination: { total: 3 },
    }),
  ]
  const api = {
    request: async (_route: string, { query }: { query: { page: string } }) => {
      asked.push(query.page)
      return answers.shift()
    },
  } as unknown as Api
  const user = { user_id: 'u1', tenant_id: 't1', role: 'manager' } as const
  render(
    <AlertsContext.Provider value={{ user, api, openCall: () => {} }}>
      <AlertHistory onOpen={() => {}} />
    </AlertsContext.Provider>,
  )
  expect(await screen.findByText('1–2 of 3 alerts')).toBeVisible()
  await hand.click(screen.getByText('Show 1 more'))
  expect(await screen.findByRole('alert')).toHaveTextContent('The rest could not be read')
  await hand.click(screen.getByText('Try again'))
  expect(await screen.findByText('Oldest')).toBeVisible()
  expect(screen.getAllByText('Old')).toHaveLength(1)
  expect(screen.queryByText(/of 3 alerts/)).toBeNull()
  expect(asked).toEqual(['1', '2', '2'])
})

import '#tests/support/browser-stubs.ts'
import { MantineProvider } from '@mantine/core'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Route } from 'wouter'
import { afterEach, expect, test } from 'vitest'
import type { ApiProblem } from '#contract/errors.ts'
import { ConfigContext } from '#src/app/config-context.ts'
import { type ConsoleConfig, readConfig } from '#src/app/env.ts'
import { SignInPage } from '#src/app/pages/sign-in-page.tsx'
import { SessionContext, type SessionState } from '#src/app/session/session-context.ts'
import { atAddress } from '#tests/support/at-address.ts'

afterEach(cleanup)

const owner = { email: 'owner@demo.callboard.test', name: 'Olga Owner', role: 'owner', company: 'Demo' }

function renderSignIn({
  state = { status: 'signed-out', expired: false } as SessionState,
  problem = { status: 401, code: 'UNAUTHORIZED', message: 'no' } as ApiProblem,
  demo = [owner] as ConsoleConfig['demo'],
} = {}) {
  const tried: [string, string][] = []
  const config = { ...readConfig(document, {}), demo }
  const session = {
    state,
    tokens: { token: async () => null, refresh: async () => null, onChange: () => () => {} },
    signIn: async (email: string, password: string) => {
      tried.push([email, password])
      return { ok: false as const, problem }
    },
    signOut() {},
    markExpired() {},
  }
  atAddress('/sign-in')
  render(
    <MantineProvider env="test">
      <ConfigContext.Provider value={config}>
        <SessionContext.Provider value={session}>
          <Route path="/sign-in">
            <SignInPage />
          </Route>
          <Route path="/live">
            <p>The board</p>
          </Route>
        </SessionContext.Provider>
      </ConfigContext.Provider>
    </MantineProvider>,
  )
  return { tried, user: userEvent.setup() }
}

test('what is missing is said at its field, and nothing is sent', async () => {
  const { tried, user } = renderSignIn()
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
  expect(screen.getByText('Write your e-mail address.')).toBeVisible()
  expect(screen.getByText('Write your password.')).toBeVisible()
  expect(tried).toEqual([])
})

test('a wrong password is told without saying which of the two was wrong', async () => {
  const { user } = renderSignIn()
  await user.type(screen.getByLabelText('E-mail'), 'a@b.test')
  await user.type(screen.getByLabelText('Password'), 'nope{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('Email or password is wrong.')
})

test('too many tries say how long to wait', async () => {
  const { user } = renderSignIn({
    problem: { status: 429, code: 'RATE_LIMITED', message: '', retryAfter: 30 },
  })
  await user.click(screen.getByRole('button', { name: /Olga Owner/ }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Too many requests. Try again in 30 s.')
})

test('people of the demo are one click away', async () => {
  const { tried, user } = renderSignIn()
  await user.click(screen.getByRole('button', { name: /Olga Owner/ }))
  expect(tried).toEqual([[owner.email, 'callboard']])
})

test('an ended session says so', () => {
  renderSignIn({ state: { status: 'signed-out', expired: true } })
  expect(screen.getByText('Your session has expired. Sign in again.')).toBeVisible()
})

test('a server that does not answer can be asked again', async () => {
  let asked = 0
  const { user } = renderSignIn({ state: { status: 'unreachable', retry: () => (asked += 1) } })
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(asked).toBe(1)
})

test('who is signed in is led on', () => {
  renderSignIn({
    state: { status: 'signed-in', user: { user_id: 'u', tenant_id: 't', role: 'owner' } },
  })
  expect(screen.getByText('The board')).toBeVisible()
})

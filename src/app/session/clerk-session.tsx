// Sign-in by Clerk's own parts; everything of Clerk stays in this chunk, which is loaded only when a key is set.
import { ClerkProvider, SignIn, useAuth, useClerk, useOrganizationList } from '@clerk/clerk-react'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ApiProblem } from '#contract/errors.ts'
import { createApi } from '#src/gateway/http.ts'
import { lacksCompany } from '#src/gateway/problem.ts'
import type { TokenSource } from '#src/gateway/token-source.ts'
import { systemClock } from '#src/lib/clock.ts'
import type { ConsoleConfig } from '#src/app/env.ts'
import { createClerkTokens } from '#src/app/session/clerk-tokens.ts'
import {
  SessionContext,
  type SessionContextValue,
  type SessionState,
} from '#src/app/session/session-context.ts'
import { useFrom } from '#src/ui/address.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { problemWords } from '#src/ui/problem-words.ts'

interface ClerkSessionProps {
  config: ConsoleConfig
  nonce: string | undefined
  children: ReactNode
}

/** Clerk around the console. */
export function ClerkSession({ config, nonce, children }: ClerkSessionProps) {
  const script = config.clerkScript ? { clerkJSUrl: config.clerkScript } : {}
  return (
    <ClerkProvider
      publishableKey={config.clerkKey}
      signInUrl="/sign-in"
      afterSignOutUrl="/sign-in"
      // What happens in a call center is nobody else's statistics.
      telemetry={false}
      {...(nonce ? { nonce } : {})}
      {...script}
    >
      <Bridge config={config}>{children}</Bridge>
    </ClerkProvider>
  )
}

/** Clerk's own sign-in form; leads on to where somebody wanted to go. */
export function ClerkSignIn() {
  return <SignIn routing="hash" forceRedirectUrl={useFrom() ?? '/live'} />
}

const noLocalSignIn = { status: 404, code: 'NOT_FOUND', message: 'Sign in with Clerk.' } as const

/** Clerk knows the person, our server does not let them in. Clerk's form would only send them straight back. */
interface Refused {
  status: 'refused'
  problem: ApiProblem
  retry: () => void
}

const stateOf = (problem: ApiProblem, retry: () => void): SessionState | Refused =>
  problem.status === 401 || problem.status === 403
    ? { status: 'refused', problem, retry }
    : { status: 'unreachable', retry }

function useClerkTokens(): TokenSource {
  const { getToken } = useAuth()
  const clerk = useClerk()
  return useMemo(
    () =>
      createClerkTokens(
        {
          getToken,
          listen: (listener) =>
            clerk.addListener(({ session }) =>
              listener(session && (session.lastActiveToken?.getRawString() ?? undefined)),
            ),
        },
        systemClock,
      ),
    [getToken, clerk],
  )
}

function Bridge({ config, children }: Pick<ClerkSessionProps, 'config' | 'children'>) {
  const { isLoaded, isSignedIn, userId, orgId, orgRole } = useAuth()
  const clerk = useClerk()
  const tokens = useClerkTokens()
  const [state, setState] = useState<SessionState | Refused>({ status: 'restoring' })
  const isLeaving = useRef(false)
  const [attempt, setAttempt] = useState(0)
  const retry = useCallback(() => setAttempt((before) => before + 1), [])

  useEffect(() => {
    if (!isLoaded) return
    if (isSignedIn) isLeaving.current = false
    if (!isSignedIn) {
      const expired = !isLeaving.current
      setState((before) => ({ status: 'signed-out', expired: expired && before.status === 'signed-in' }))
      return
    }
    let isCurrent = true
    setState({ status: 'restoring' })
    const api = createApi({
      baseUrl: config.api,
      tokens,
      clock: systemClock,
      fetch: (...args) => window.fetch(...args),
    })
    const settle = (next: SessionState | Refused) => isCurrent && setState(next)
    api.request('GET /api/v1/auth/me').then(
      (answer) =>
        settle(answer.ok ? { status: 'signed-in', user: answer.value } : stateOf(answer.problem, retry)),
      () => settle({ status: 'unreachable', retry }),
    )
    return () => {
      isCurrent = false
    }
    // Another person, company or role is another session; `attempt` asks once more.
  }, [isLoaded, isSignedIn, userId, orgId, orgRole, attempt, config.api, tokens, retry])

  const signOut = useCallback(() => {
    isLeaving.current = true
    void clerk.signOut()
  }, [clerk])
  const value = useMemo<SessionContextValue>(
    () => ({
      state: state.status === 'refused' ? { status: 'restoring' } : state,
      tokens,
      signIn: () => Promise.resolve({ ok: false, problem: noLocalSignIn }),
      signOut,
      markExpired: () => setState({ status: 'signed-out', expired: true }),
    }),
    [state, tokens, signOut],
  )
  if (!isLoaded && clerk.status === 'error')
    return (
      <Notice title="The sign-in could not be loaded" urgent>
        <p>Clerk’s script did not arrive. Check the network, then try again.</p>
        <Button onClick={() => window.location.reload()}>Try again</Button>
      </Notice>
    )
  if (state.status === 'refused') return <NotLetIn {...state} onSignOut={signOut} />
  return <SessionContext.Provider value={value}>{children}</SessionContext.Provider>
}

/** Another company may be chosen, another person sign in, or the same ask once more. */
function NotLetIn({ problem, retry, onSignOut }: Omit<Refused, 'status'> & { onSignOut: () => void }) {
  const mayChoose = lacksCompany(problem)
  return (
    <Notice title={mayChoose ? 'Choose a company' : 'You are not let in here'} urgent={!mayChoose}>
      {!mayChoose && <p>{problemWords({ ...problem, code: '' })}</p>}
      <Companies />
      {!mayChoose && <Button onClick={retry}>Try again</Button>} <Button onClick={onSignOut}>Sign out</Button>
    </Notice>
  )
}

/** The organizations of the person; choosing one makes it the session's, and the console opens with it. */
function Companies() {
  const { isLoaded, userMemberships, setActive } = useOrganizationList({ userMemberships: { pageSize: 50 } })
  if (!isLoaded || userMemberships.isLoading) return <p>Looking for your companies…</p>
  if (userMemberships.count === 0)
    return <p>Your account belongs to no organization yet. Ask an administrator to invite you.</p>
  return (
    <ul aria-label="Your companies">
      {userMemberships.data?.map(({ id, organization }) => (
        <li key={id}>
          <Button onClick={() => void setActive({ organization: organization.id })}>
            {organization.name}
          </Button>
        </li>
      ))}
    </ul>
  )
}

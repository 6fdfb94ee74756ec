// Sign-in by Clerk's own parts; everything of Clerk stays in this chunk, which is loaded only when a key is set.
import { ClerkProvider, SignIn, useAuth, useClerk } from '@clerk/clerk-react'
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import type { Session } from '#contract/auth.ts'
import { createApi } from '#src/gateway/http.ts'
import type { TokenSource } from '#src/gateway/token-source.ts'
import { systemClock } from '#src/lib/clock.ts'
import type { ConsoleConfig } from '#src/app/env.ts'
import {
  SessionContext,
  type SessionContextValue,
  type SessionState,
} from '#src/app/session/session-context.ts'

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
      {...(nonce ? { nonce } : {})}
      {...script}
    >
      <Bridge config={config}>{children}</Bridge>
    </ClerkProvider>
  )
}

/** Clerk's own sign-in form. */
export function ClerkSignIn() {
  return <SignIn routing="hash" forceRedirectUrl="/live" />
}

const noLocalSignIn = { status: 404, code: 'NOT_FOUND', message: 'Sign in with Clerk.' } as const

function Bridge({ config, children }: Pick<ClerkSessionProps, 'config' | 'children'>) {
  const { isLoaded, isSignedIn, getToken } = useAuth()
  const clerk = useClerk()
  const [state, setState] = useState<SessionState>({ status: 'restoring' })
  const tokens = useMemo<TokenSource>(
    () => ({
      token: () => getToken(),
      refresh: () => getToken({ skipCache: true }),
      onChange: (listener) =>
        clerk.addListener(({ session }) => {
          if (session === null) listener(null)
          else void session?.getToken().then(listener)
        }),
    }),
    [getToken, clerk],
  )
  const load = useCallback(async () => {
    const api = createApi({
      baseUrl: config.api,
      tokens,
      clock: systemClock,
      fetch: (...args) => window.fetch(...args),
    })
    const answer = await api.request('GET /api/v1/auth/me')
    if (answer.ok) setState({ status: 'signed-in', user: answer.value satisfies Session })
    else if (answer.problem.status === 401) setState({ status: 'signed-out', expired: true })
    else setState({ status: 'unreachable', retry: () => void load() })
  }, [config.api, tokens])
  useEffect(() => {
    if (!isLoaded) return
    if (isSignedIn) void load()
    else setState((before) => ({ status: 'signed-out', expired: before.status === 'signed-in' }))
  }, [isLoaded, isSignedIn, load])

  const value = useMemo<SessionContextValue>(
    () => ({
      state,
      tokens,
      signIn: () => Promise.resolve({ ok: false, problem: noLocalSignIn }),
      signOut: () => void clerk.signOut(),
      markExpired: () => setState({ status: 'signed-out', expired: true }),
    }),
    [state, tokens, clerk],
  )
  return <SessionContext.Provider value={value}>{children}</SessionContext.Provider>
}

// Sign-in by e-mail and password against our own server.
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import { type SessionHolder, createSession } from '#src/gateway/session.ts'
import { browserTabs } from '#src/gateway/tab-channel.ts'
import { systemClock } from '#src/lib/clock.ts'
import {
  SessionContext,
  type SessionContextValue,
  type SessionState,
} from '#src/app/session/session-context.ts'

interface LocalSessionProps {
  baseUrl: string
  children: ReactNode
  /** A holder of one's own, for tests. */
  holder?: SessionHolder
}

/** Restores the session of the refresh cookie and follows its changes. */
export function LocalSession({ baseUrl, children, holder }: LocalSessionProps) {
  const [session] = useState(
    () =>
      holder ??
      createSession({
        baseUrl,
        tabs: browserTabs(),
        clock: systemClock,
        fetch: (...args) => window.fetch(...args),
      }),
  )
  const [state, setState] = useState<SessionState>({ status: 'restoring' })

  const restore = useCallback(async () => {
    const answer = await session.restore()
    if (!answer.ok) setState({ status: 'unreachable', retry: () => void restore() })
    else if (answer.value) setState({ status: 'signed-in', user: answer.value })
    else
      setState((before) =>
        before.status === 'restoring' ? { status: 'signed-out', expired: false } : before,
      )
  }, [session])

  useEffect(() => {
    const stopListening = session.onChange((token) => {
      const user = session.user()
      if (token !== null && user)
        setState((before) =>
          before.status === 'signed-in' && before.user.user_id === user.user_id
            ? before
            : { status: 'signed-in', user },
        )
      else
        setState((before) =>
          before.status === 'signed-in' ? { status: 'signed-out', expired: true } : before,
        )
    })
    void restore()
    return stopListening
  }, [session, restore])

  const value = useMemo<SessionContextValue>(
    () => ({
      state,
      tokens: session,
      signIn: session.signIn,
      signOut() {
        setState({ status: 'signed-out', expired: false })
        void session.signOut()
      },
      markExpired: () => setState({ status: 'signed-out', expired: true }),
    }),
    [state, session],
  )
  return <SessionContext.Provider value={value}>{children}</SessionContext.Provider>
}

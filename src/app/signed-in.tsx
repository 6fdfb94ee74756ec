// Everything behind the sign-in: the live store and the HTTP client of the person who is signed in.
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { Redirect } from 'wouter'
import type { Session } from '#contract/auth.ts'
import { createApi } from '#src/gateway/http.ts'
import { systemClock } from '#src/lib/clock.ts'
import { browserPage } from '#src/lib/page-events.ts'
import { persistently } from '#src/lib/persistently.ts'
import { LiveProvider } from '#src/live/use-live.ts'
import { ApiContext, useConfig } from '#src/app/config-context.ts'
import { useSession } from '#src/app/session/session-context.ts'
import { type StartedLive, startLive } from '#src/app/start-live.ts'
import { addressNow } from '#src/ui/address.ts'
import { Button } from '#src/ui/button.tsx'
import { forgetKept } from '#src/ui/kept-owner.ts'
import { Notice } from '#src/ui/notice.tsx'
import { usePreferenceStore } from '#src/ui/use-preference.ts'
import type { OnPreferences } from '#src/worker/connect-live.ts'

const loadSync = persistently(() => import('#src/app/preference-sync.ts'))

/** Shows its children to a signed-in person, and leads everybody else to the sign-in. */
export function SignedIn({ children }: { children: (user: Session) => ReactNode }) {
  const { state } = useSession()
  useEffect(() => {
    if (state.status === 'signed-out') forgetKept()
  }, [state.status])
  if (state.status === 'restoring') return <Notice title="Opening Callboard…" />
  if (state.status === 'unreachable')
    return (
      <Notice title="The server does not answer" urgent>
        <p>Your session is kept. Nothing is shown until it can be checked.</p>
        <Button onClick={state.retry}>Try again</Button>
      </Notice>
    )
  if (state.status === 'signed-out') return <Redirect to="/sign-in" replace state={{ from: addressNow() }} />
  // A new person gets a new store: nothing of the one before may be left on screen.
  return (
    <WithLive key={`${state.user.tenant_id} ${state.user.user_id}`} user={state.user}>
      {children}
    </WithLive>
  )
}

function WithLive({ user, children }: { user: Session; children: (user: Session) => ReactNode }) {
  const config = useConfig()
  const { tokens, markExpired } = useSession()
  const api = useMemo(
    () =>
      createApi({
        baseUrl: config.api,
        tokens,
        clock: systemClock,
        fetch: (...args) => window.fetch(...args),
        onSignedOut: markExpired,
      }),
    [config.api, tokens, markExpired],
  )
  const [live, setLive] = useState<StartedLive | null>(null)
  const hearChoices = useRef<OnPreferences>(() => {})
  useEffect(() => {
    let isWanted = true
    let stop = () => {}
    void startLive(config, tokens, api, (choices) => hearChoices.current(choices)).then((started) => {
      if (!isWanted) return started.stop()
      stop = started.stop
      setLive(started)
    })
    return () => {
      isWanted = false
      stop()
    }
  }, [config, tokens, api])
  const preferences = usePreferenceStore()
  useEffect(() => {
    let isWanted = true
    let stop = () => {}
    preferences.belongTo(`${user.tenant_id} ${user.user_id}`)
    void loadSync().then(({ startPreferenceSync }) => {
      if (isWanted)
        stop = startPreferenceSync({
          store: preferences,
          api,
          clock: systemClock,
          page: browserPage,
          news(hear) {
            hearChoices.current = hear
            return () => {
              hearChoices.current = () => {}
            }
          },
        })
    })
    return () => {
      isWanted = false
      stop()
    }
  }, [preferences, api, user.tenant_id, user.user_id])
  if (!live) return null
  return (
    <ApiContext.Provider value={api}>
      <LiveProvider store={live.store} desk={live.desk} actions={live.actions}>
        {children(user)}
      </LiveProvider>
    </ApiContext.Provider>
  )
}

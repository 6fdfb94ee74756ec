// The console put together: theme, keys, session, routes.
import { MantineProvider } from '@mantine/core'
import { setNonce } from 'get-nonce'
import { type ReactNode, Suspense, lazy } from 'react'
import { Navigate, Outlet, RouterProvider, createBrowserRouter, useOutletContext } from 'react-router'
import type { Session } from '#contract/auth.ts'
import { ConfigContext } from '#src/app/config-context.ts'
import { type ConsoleConfig, readConfig, readNonce } from '#src/app/env.ts'
import { PageFailure } from '#src/app/pages/page-failure.tsx'
import { densityPreference, themeManager, zonePreference } from '#src/app/preferences.ts'
import { LocalSession } from '#src/app/session/local-session.tsx'
import { useSession } from '#src/app/session/session-context.ts'
import { Shell } from '#src/app/shell.tsx'
import { SignedIn } from '#src/app/signed-in.tsx'
import { warmWorker } from '#src/app/start-worker.ts'
import { persistently } from '#src/lib/persistently.ts'
import { ActionsProvider } from '#src/ui/actions.tsx'
import { setClockZone } from '#src/ui/clock-text.ts'
import { Notice } from '#src/ui/notice.tsx'
import { cssVariablesResolver, theme } from '#src/ui/theme.ts'
import { browserPreferences, usePreference } from '#src/ui/use-preference.ts'

const ClerkSession = lazy(() =>
  import('#src/app/session/clerk-session.tsx').then((module) => ({ default: module.ClerkSession })),
)
const SignInPage = lazy(() =>
  import('#src/app/pages/sign-in-page.tsx').then((module) => ({ default: module.SignInPage })),
)
const loadLivePage = persistently(() => import('#src/app/pages/live-page.tsx'))
const LivePage = lazy(() => loadLivePage().then((module) => ({ default: module.LivePage })))
const loadAlertRules = persistently(() => import('#src/app/pages/alert-rules-page.tsx'))
const loadEscalations = persistently(() => import('#src/app/pages/escalations-page.tsx'))
const EscalationsPage = lazy(() => loadEscalations().then((module) => ({ default: module.EscalationsPage })))
const AlertRulesPage = lazy(() => loadAlertRules().then((module) => ({ default: module.AlertRulesPage })))

// Who comes for the board gets its code and its worker while the session is still being restored.
if (!location.pathname.startsWith('/sign-in')) {
  void loadLivePage()
  warmWorker()
}

const themes = themeManager(browserPreferences())
const nonce = readNonce(document)
if (nonce) setNonce(nonce)

const router = createBrowserRouter([
  { path: '/sign-in', element: <SignInPage />, errorElement: <PageFailure /> },
  { path: '/', element: <Navigate to="/live" replace />, errorElement: <PageFailure /> },
  {
    // One frame and one live line for all pages: who goes from page to page stays connected.
    element: <Framed />,
    errorElement: <PageFailure />,
    children: [
      { path: '/live/:callId?', element: <LiveRoute />, errorElement: <PageFailure /> },
      { path: '/escalations', element: <EscalationsRoute />, errorElement: <PageFailure /> },
      { path: '/manage/alerts', element: <AlertRulesRoute />, errorElement: <PageFailure /> },
    ],
  },
  { path: '*', element: <Lost /> },
])

/** The whole console. */
export function App() {
  const config = readConfig(document)
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="dark"
      colorSchemeManager={themes}
      {...(nonce ? { getStyleNonce: () => nonce } : {})}
    >
      <ConfigContext.Provider value={config}>
        <ActionsProvider>
          <Suspense fallback={<Notice title="Opening Callboard…" />}>
            <WithSession config={config}>
              <RouterProvider router={router} />
            </WithSession>
          </Suspense>
        </ActionsProvider>
      </ConfigContext.Provider>
    </MantineProvider>
  )
}

function WithSession({ config, children }: { config: ConsoleConfig; children: ReactNode }) {
  return config.auth === 'clerk' ? (
    <ClerkSession config={config} nonce={nonce}>
      {children}
    </ClerkSession>
  ) : (
    <LocalSession baseUrl={config.api}>{children}</LocalSession>
  )
}

interface Frame {
  user: Session
  compact: boolean
}

/** Everything behind the sign-in: the rail, and the page of the route in it. */
function Framed() {
  const [density, setDensity] = usePreference(densityPreference)
  const [zone] = usePreference(zonePreference)
  // Before anything below writes an instant; clocks tick on by themselves.
  setClockZone(zone)
  const { signOut } = useSession()
  const compact = density === 'compact'
  return (
    <SignedIn>
      {(user) => (
        <Shell
          user={user}
          compact={compact}
          onDensity={() => setDensity(compact ? 'normal' : 'compact')}
          onSignOut={signOut}
        >
          <Suspense fallback={<Notice title="Opening the page…" />}>
            <Outlet context={{ user, compact } satisfies Frame} />
          </Suspense>
        </Shell>
      )}
    </SignedIn>
  )
}

function LiveRoute() {
  const { user, compact } = useOutletContext<Frame>()
  return <LivePage user={user} compact={compact} />
}

function EscalationsRoute() {
  const { user } = useOutletContext<Frame>()
  return <EscalationsPage user={user} />
}

function AlertRulesRoute() {
  const { user } = useOutletContext<Frame>()
  return <AlertRulesPage user={user} />
}

function Lost() {
  return (
    <Notice title="This page does not exist.">
      <a href="/live">Go to the live board</a>
    </Notice>
  )
}

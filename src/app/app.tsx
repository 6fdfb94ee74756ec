// The console put together: theme, keys, session, routes.
import { MantineProvider } from '@mantine/core'
import { setNonce } from 'get-nonce'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { Navigate, Outlet, RouterProvider, createBrowserRouter, useOutletContext } from 'react-router'
import type { Session } from '#contract/auth.ts'
import { ClockZoneContext, usePageZone } from '#src/app/clock-zone.ts'
import { ConfigContext } from '#src/app/config-context.ts'
import { type ConsoleConfig, readConfig, readNonce } from '#src/app/env.ts'
import { PageFailure } from '#src/app/pages/page-failure.tsx'
import { densityPreference, themeManager, zonePreference } from '#src/app/preferences.ts'
import { LocalSession } from '#src/app/session/local-session.tsx'
import { useSession } from '#src/app/session/session-context.ts'
import { Shell } from '#src/app/shell.tsx'
import { SignedIn } from '#src/app/signed-in.tsx'
import { warmWorker } from '#src/app/start-worker.ts'
import { loadDrawing } from '#src/features/analytics/load-drawing.ts'
import { ActionsProvider } from '#src/ui/actions.tsx'
import { setClockZone } from '#src/ui/clock-text.ts'
import { type Later, later } from '#src/ui/later.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { cssVariablesResolver, theme } from '#src/ui/theme.ts'
import { browserPreferences, usePreference } from '#src/ui/use-preference.ts'

const ClerkSession = later(
  () => import('#src/app/session/clerk-session.tsx').then((module) => module.ClerkSession),
  'The sign-in',
)
const SignInPage = later(
  () => import('#src/app/pages/sign-in-page.tsx').then((module) => module.SignInPage),
  'The sign-in',
)
const LivePage = later(
  () => import('#src/app/pages/live-page.tsx').then((module) => module.LivePage),
  'The page',
)
const EscalationsPage = later(
  () => import('#src/app/pages/escalations-page.tsx').then((module) => module.EscalationsPage),
  'The page',
)
const CallsPage = later(
  () => import('#src/app/pages/calls-page.tsx').then((module) => module.CallsPage),
  'The page',
)
const CallPage = later(
  () => import('#src/app/pages/call-page.tsx').then((module) => module.CallPage),
  'The page',
)
const AlertRulesPage = later(
  () => import('#src/app/pages/alert-rules-page.tsx').then((module) => module.AlertRulesPage),
  'The page',
)
const AnalyticsPage = later(() => {
  // Beside the page, not after it: charts are most of what it weighs.
  void loadDrawing()
  return import('#src/app/pages/analytics-page.tsx').then((module) => module.AnalyticsPage)
}, 'The page')
const opening = (failed: ReactNode) => failed ?? <Notice title="Opening the page…" />
const starting = (failed: ReactNode) => failed ?? <Notice title="Opening Callboard…" />

/** The code of the other pages is fetched this long after the frame is there: who goes there finds them drawn. */
const pagesAfterMs = 5000

/** What the area at a path is made of, fetched when somebody is about to go there. */
const pageAt: Record<string, Later<never>> = {
  '/live': LivePage,
  '/calls': CallsPage,
  '/escalations': EscalationsPage,
  '/analytics': AnalyticsPage,
  '/manage/alerts': AlertRulesPage,
}
const fetchPageAt = (path: string) => void pageAt[path]?.preload()

// Who comes for the board gets its code and its worker while the session is still being restored.
if (!location.pathname.startsWith('/sign-in')) {
  void LivePage.preload()
  warmWorker()
}

const themes = themeManager(browserPreferences())
const nonce = readNonce(document)
if (nonce) setNonce(nonce)

const router = createBrowserRouter([
  { path: '/sign-in', element: <SignInPage fallback={starting} />, errorElement: <PageFailure /> },
  { path: '/', element: <Navigate to="/live" replace />, errorElement: <PageFailure /> },
  {
    // One frame and one live line for all pages: who goes from page to page stays connected.
    element: <Framed />,
    errorElement: <PageFailure />,
    children: [
      { path: '/live/:callId?', element: <LiveRoute />, errorElement: <PageFailure /> },
      { path: '/calls', element: <CallsRoute />, errorElement: <PageFailure /> },
      { path: '/calls/:callId', element: <CallRoute />, errorElement: <PageFailure /> },
      { path: '/escalations', element: <EscalationsRoute />, errorElement: <PageFailure /> },
      { path: '/analytics/:page?', element: <AnalyticsRoute />, errorElement: <PageFailure /> },
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
          <WithSession config={config}>
            <RouterProvider router={router} />
          </WithSession>
        </ActionsProvider>
      </ConfigContext.Provider>
    </MantineProvider>
  )
}

function WithSession({ config, children }: { config: ConsoleConfig; children: ReactNode }) {
  return config.auth === 'clerk' ? (
    <ClerkSession config={config} nonce={nonce} fallback={starting}>
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
  const [pageZone, onPage] = useState<string | null>(null)
  const clockZone = useMemo(() => ({ desk: zone, page: pageZone, onPage }), [zone, pageZone])
  // Before anything below writes an instant; clocks tick on by themselves.
  setClockZone(pageZone ?? zone)
  const { signOut } = useSession()
  const compact = density === 'compact'
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const page of [CallsPage, CallPage, EscalationsPage, AlertRulesPage]) void page.preload()
    }, pagesAfterMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <SignedIn>
      {(user) => (
        <ClockZoneContext value={clockZone}>
          <Shell
            user={user}
            compact={compact}
            onDensity={() => setDensity(compact ? 'normal' : 'compact')}
            onSignOut={signOut}
            onRest={fetchPageAt}
          >
            <Outlet context={{ user, compact } satisfies Frame} />
          </Shell>
        </ClockZoneContext>
      )}
    </SignedIn>
  )
}

function LiveRoute() {
  const { user, compact } = useOutletContext<Frame>()
  usePageZone(null)
  return <LivePage user={user} compact={compact} fallback={opening} />
}

function CallsRoute() {
  const { user, compact } = useOutletContext<Frame>()
  return <CallsPage user={user} compact={compact} fallback={opening} />
}

function CallRoute() {
  const { user } = useOutletContext<Frame>()
  return <CallPage user={user} fallback={opening} />
}

function EscalationsRoute() {
  const { user } = useOutletContext<Frame>()
  usePageZone(null)
  return <EscalationsPage user={user} fallback={opening} />
}

function AnalyticsRoute() {
  const { user } = useOutletContext<Frame>()
  return <AnalyticsPage user={user} fallback={opening} />
}

function AlertRulesRoute() {
  const { user } = useOutletContext<Frame>()
  usePageZone(null)
  return <AlertRulesPage user={user} fallback={opening} />
}

function Lost() {
  return (
    <Notice title="This page does not exist.">
      <a href="/live">Go to the live board</a>
    </Notice>
  )
}

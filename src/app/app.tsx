// The console put together: theme, keys, session, routes.
import { MantineProvider } from '@mantine/core'
import { setNonce } from 'get-nonce'
import { type ReactNode, useMemo, useState } from 'react'
import { type AroundNavHandler, Link, Redirect, Route, Router, Switch, matchRoute, useRouter } from 'wouter'
import type { Session } from '#contract/auth.ts'
import { ClockZoneContext, usePageZone } from '#src/app/clock-zone.ts'
import { ConfigContext } from '#src/app/config-context.ts'
import { type ConsoleConfig, readConfig, readNonce } from '#src/app/env.ts'
import { PageBoundary } from '#src/app/pages/page-failure.tsx'
import { densityPreference, themeManager, zonePreference } from '#src/app/preferences.ts'
import { LocalSession } from '#src/app/session/local-session.tsx'
import { useSession } from '#src/app/session/session-context.ts'
import { Shell } from '#src/app/shell.tsx'
import { SignedIn } from '#src/app/signed-in.tsx'
import { warmWorker } from '#src/app/start-worker.ts'
import { loadDrawing } from '#src/features/analytics/load-drawing.ts'
import { useAfterBoard } from '#src/live/after-board.ts'
import { ActionsProvider } from '#src/ui/actions.tsx'
import { go, usePath } from '#src/ui/address.ts'
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

/** The code of the other pages is fetched this long after the board is there, ms: who goes there finds them drawn. */
const pagesAfterMs = 4000
/** … and after so long where no board comes: they tell what was, and need no live line. */
const pagesWithoutBoardMs = 8000

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

/** What a page is given by the frame. */
interface PageProps {
  user: Session
  compact: boolean
}

/** The pages in the frame. What their address names they read by `useNamed`: the router's own parameters are decoded by half. */
const pages: readonly { path: string; Page: (props: PageProps) => ReactNode }[] = [
  { path: '/live/:callId?', Page: LiveRoute },
  { path: '/calls', Page: CallsRoute },
  { path: '/calls/:callId', Page: CallRoute },
  { path: '/escalations', Page: EscalationsRoute },
  { path: '/analytics/:page?', Page: AnalyticsRoute },
  { path: '/manage/alerts', Page: AlertRulesRoute },
]

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
            <Routes />
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

/** Links go the way everybody goes. */
const byGo: AroundNavHandler = (_, to, options) => go(to, options)

function Routes() {
  const path = usePath()
  const { parser } = useRouter()
  const page = pages.find((one) => matchRoute(parser, one.path, path)[0])
  return (
    <PageBoundary path={path}>
      <Router aroundNav={byGo}>
        {page ? (
          // One frame and one live line for all pages: who goes from page to page stays connected.
          <Framed Page={page.Page} />
        ) : (
          <Switch>
            <Route path="/">
              <Redirect to="/live" replace />
            </Route>
            <Route path="/sign-in">
              <SignInPage fallback={starting} />
            </Route>
            <Route>
              <Lost />
            </Route>
          </Switch>
        )}
      </Router>
    </PageBoundary>
  )
}

/** Draws nothing: fetches the code of the pages that people go to from the board. */
function PagesAhead() {
  const fetchAll = () => {
    for (const page of [CallsPage, CallPage, EscalationsPage, AlertRulesPage]) void page.preload()
  }
  useAfterBoard(pagesAfterMs, fetchAll, pagesWithoutBoardMs)
  return null
}

/** Everything behind the sign-in: the rail, and a page in it. */
function Framed({ Page }: { Page: (props: PageProps) => ReactNode }) {
  const path = usePath()
  const [density, setDensity] = usePreference(densityPreference)
  const [zone] = usePreference(zonePreference)
  const [pageZone, onPage] = useState<string | null>(null)
  const clockZone = useMemo(() => ({ desk: zone, page: pageZone, onPage }), [zone, pageZone])
  // Before anything below writes an instant; clocks tick on by themselves.
  setClockZone(pageZone ?? zone)
  const { signOut } = useSession()
  const compact = density === 'compact'
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
            <PagesAhead />
            <PageBoundary path={path}>
              <Page user={user} compact={compact} />
            </PageBoundary>
          </Shell>
        </ClockZoneContext>
      )}
    </SignedIn>
  )
}

function LiveRoute({ user, compact }: PageProps) {
  usePageZone(null)
  return <LivePage user={user} compact={compact} fallback={opening} />
}

function CallsRoute({ user, compact }: PageProps) {
  return <CallsPage user={user} compact={compact} fallback={opening} />
}

function CallRoute({ user }: PageProps) {
  return <CallPage user={user} fallback={opening} />
}

function EscalationsRoute({ user }: PageProps) {
  usePageZone(null)
  return <EscalationsPage user={user} fallback={opening} />
}

function AnalyticsRoute({ user }: PageProps) {
  return <AnalyticsPage user={user} fallback={opening} />
}

function AlertRulesRoute({ user }: PageProps) {
  usePageZone(null)
  return <AlertRulesPage user={user} fallback={opening} />
}

function Lost() {
  return (
    <Notice title="This page does not exist.">
      <Link href="/live">Go to the live board</Link>
    </Notice>
  )
}

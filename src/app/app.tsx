// The console put together: theme, keys, session, routes.
import { MantineProvider } from '@mantine/core'
import { setNonce } from 'get-nonce'
import { type ReactNode, Suspense, lazy } from 'react'
import { Navigate, RouterProvider, createBrowserRouter } from 'react-router'
import { ConfigContext } from '#src/app/config-context.ts'
import { type ConsoleConfig, readConfig, readNonce } from '#src/app/env.ts'
import { PageFailure } from '#src/app/pages/page-failure.tsx'
import { usePreferences } from '#src/app/preferences.ts'
import { LocalSession } from '#src/app/session/local-session.tsx'
import { useSession } from '#src/app/session/session-context.ts'
import { Shell } from '#src/app/shell.tsx'
import { SignedIn } from '#src/app/signed-in.tsx'
import { warmWorker } from '#src/app/start-worker.ts'
import { persistently } from '#src/lib/persistently.ts'
import { ActionsProvider } from '#src/ui/actions.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { cssVariablesResolver, theme } from '#src/ui/theme.ts'

const ClerkSession = lazy(() =>
  import('#src/app/session/clerk-session.tsx').then((module) => ({ default: module.ClerkSession })),
)
const SignInPage = lazy(() =>
  import('#src/app/pages/sign-in-page.tsx').then((module) => ({ default: module.SignInPage })),
)
const loadLivePage = persistently(() => import('#src/app/pages/live-page.tsx'))
const LivePage = lazy(() => loadLivePage().then((module) => ({ default: module.LivePage })))

// Who comes for the board gets its code and its worker while the session is still being restored.
if (!location.pathname.startsWith('/sign-in')) {
  void loadLivePage()
  warmWorker()
}

const nonce = readNonce(document)
if (nonce) setNonce(nonce)

const router = createBrowserRouter([
  { path: '/sign-in', element: <SignInPage />, errorElement: <PageFailure /> },
  { path: '/', element: <Navigate to="/live" replace />, errorElement: <PageFailure /> },
  { path: '/live/:callId?', element: <LiveRoute />, errorElement: <PageFailure /> },
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

function LiveRoute() {
  const [{ density }, changePreferences] = usePreferences()
  const { signOut } = useSession()
  const compact = density === 'compact'
  return (
    <SignedIn>
      {(user) => (
        <Shell
          user={user}
          compact={compact}
          onDensity={() => changePreferences({ density: compact ? 'normal' : 'compact' })}
          onSignOut={signOut}
        >
          <LivePage user={user} compact={compact} />
        </Shell>
      )}
    </SignedIn>
  )
}

function Lost() {
  return (
    <Notice title="This page does not exist.">
      <a href="/live">Go to the live board</a>
    </Notice>
  )
}

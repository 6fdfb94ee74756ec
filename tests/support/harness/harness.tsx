// The console's screens on a made-up floor, for looking at them without a server: `npx vite`, then this page.
import '#src/ui/styles.ts'
import { MantineProvider } from '@mantine/core'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { Session } from '#contract/auth.ts'
import { ApiContext, ConfigContext } from '#src/app/config-context.ts'
import { readConfig } from '#src/app/env.ts'
import { LivePage } from '#src/app/pages/live-page.tsx'
import { Shell } from '#src/app/shell.tsx'
import { createFloorDesk } from '#src/floor/floor-desk.ts'
import { createApi } from '#src/gateway/http.ts'
import { browserFrames, systemClock } from '#src/lib/clock.ts'
import { createCommands } from '#src/live/commands.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import { createLoadOlder } from '#src/live/load-older.ts'
import { LiveProvider } from '#src/live/use-live.ts'
import { ActionsProvider } from '#src/ui/actions.tsx'
import { cssVariablesResolver, theme } from '#src/ui/theme.ts'
import { feedCall, feedFloor } from './floor-feed.ts'

const params = new URLSearchParams(location.search)
const store = createLiveStore({ clock: systemClock, scheduler: browserFrames, needSnapshot: () => {} })
store.start()
const desk = createFloorDesk(store, systemClock)
desk.start()
if (params.get('calls') !== 'none') feedFloor(store, Number(params.get('calls') ?? 150))
const agent = (id: string, name: string, skills: string[]) => ({
  id,
  name,
  email: '',
  is_available: true,
  is_active: true,
  skills,
  departments: [],
  total_calls_handled: 0,
  created_at: '',
  updated_at: '',
  metadata: {},
})
const api = createApi({
  baseUrl: '',
  tokens: { token: async () => 't', refresh: async () => 't', onChange: () => () => {} },
  clock: systemClock,
  fetch: async (url) =>
    String(url).includes('/agents')
      ? Response.json({
          agents: [agent('a1', 'Priya Nair', ['plumbing']), agent('a2', 'Wen Zhao', ['roofing', 'billing'])],
        })
      : Response.json(
          { error: { code: 'CALL_NOT_ACTIVE', message: 'The call is over.' }, request_id: 'r1' },
          { status: 400 },
        ),
})
const user: Session = {
  user_id: 'u',
  tenant_id: 't',
  role: (params.get('role') ?? 'manager') as Session['role'],
  name: 'Dana Kessler',
  email: 'dana@demo.test',
  tenant_name: 'Northline Home Services',
}
const actions = {
  subscribe: (stream: string) => feedCall(store, stream.slice(5)),
  retryNow: () => {},
  commands: createCommands({ api, store, clock: systemClock }),
  loadOlder: createLoadOlder({ api, store }),
}

function Screens() {
  const [compact, setCompact] = useState(params.get('density') === 'compact')
  return (
    <Shell user={user} compact={compact} onDensity={() => setCompact(!compact)} onSignOut={() => {}}>
      <LivePage user={user} compact={compact} />
    </Shell>
  )
}

// The screens read the browser's own address: to load anew, ask for this page again.
history.replaceState(null, '', params.get('at') ?? '/live')
Object.assign(window, { harness: { store } })
createRoot(document.getElementById('root') as HTMLElement).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariablesResolver}
    defaultColorScheme={params.get('scheme') === 'light' ? 'light' : 'dark'}
  >
    <ConfigContext.Provider value={readConfig(document)}>
      <ApiContext.Provider value={api}>
        <ActionsProvider>
          <LiveProvider store={store} desk={desk} actions={actions}>
            <Screens />
          </LiveProvider>
        </ActionsProvider>
      </ApiContext.Provider>
    </ConfigContext.Provider>
  </MantineProvider>,
)

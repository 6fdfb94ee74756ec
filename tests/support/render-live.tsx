// The live page on a real live store, fed by frames; only time, the wire and HTTP are in the test's hand.
import '#tests/support/browser-stubs.ts'
import { MantineProvider } from '@mantine/core'
import { act, cleanup, render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach } from 'vitest'
import type { Session } from '#contract/auth.ts'
import type { Call } from '#contract/call.ts'
import type { ApiProblem } from '#contract/errors.ts'
import type { EventFrame, SnapshotFrame } from '#contract/protocol.ts'
import { ApiContext, ConfigContext } from '#src/app/config-context.ts'
import { readConfig } from '#src/app/env.ts'
import { LivePage } from '#src/app/pages/live-page.tsx'
import { Shell } from '#src/app/shell.tsx'
import { createFloorDesk } from '#src/floor/floor-desk.ts'
import type { Api } from '#src/lib/api.ts'
import type { Connection } from '#src/lib/connection.ts'
import { type Result, fail, ok } from '#src/lib/result.ts'
import { createCommands } from '#src/live/commands.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import { createLoadOlder } from '#src/live/load-older.ts'
import { LiveProvider } from '#src/live/use-live.ts'
import { ActionsProvider } from '#src/ui/actions.tsx'
import { theme } from '#src/ui/theme.ts'
import { atAddress } from '#tests/support/at-address.ts'
import { madeAt } from '#tests/support/factories.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

interface Asked {
  route: string
  params: Record<string, string>
  body: Record<string, unknown>
  query: Record<string, unknown>
}

interface Options {
  calls?: readonly Call[]
  role?: Session['role']
  at?: string
  connection?: Partial<Connection>
  /** False: no snapshot has come yet. */
  loaded?: boolean
}

/** What the page reads by itself; a test that wants to see it gives the answer. */
const background = new Set(['GET /api/v1/calls/:call_id/assist', 'GET /api/v1/views', 'GET /api/v1/exports'])

type Answer = Result<unknown, ApiProblem>

afterEach(cleanup)

/** Renders `/live` and gives the test what it needs to make things happen. */
export async function renderLive({
  calls = [],
  role = 'manager',
  at = '/live',
  connection,
  loaded = true,
}: Options = {}) {
  const clock = createFakeClock(Date.parse(madeAt) + 60_000)
  const store = createLiveStore({ clock, scheduler: clock.scheduler, needSnapshot: () => {} })
  store.start()
  const desk = createFloorDesk(store, clock)
  desk.start()
  const asked: Asked[] = []
  const answers: Record<string, (asked: Asked) => Answer | Promise<Answer>> = {}
  const opened: string[] = []
  const api = {
    request: async (route: string, options: Partial<Asked> = {}) => {
      const request = {
        route,
        params: options.params ?? {},
        body: options.body ?? {},
        query: options.query ?? {},
      }
      if (!background.has(route)) asked.push(request)
      return answers[route]?.(request) ?? fail({ status: 404, code: 'NOT_FOUND', message: 'not given' })
    },
  } as unknown as Api
  const actions = {
    subscribe: (stream: string) => {
      opened.push(stream)
      return () => {}
    },
    retryNow: () => asked.push({ route: 'retry', params: {}, body: {}, query: {} }),
    commands: createCommands({ api, store, clock, newId: () => `command-${asked.length}` }),
    loadOlder: createLoadOlder({ api, store }),
  }
  const user: Session = {
    user_id: 'u1',
    tenant_id: 't1',
    role,
    name: 'Dana Kessler',
    tenant_name: 'Northline',
  }
  const page = (
    <Shell user={user} compact={false} onDensity={() => {}} onSignOut={() => {}}>
      <LivePage user={user} compact={false} />
    </Shell>
  )
  atAddress(at)

  /** Time passes and everything that waits is painted. */
  const pass = (ms: number) =>
    act(async () => {
      await clock.advance(ms)
      clock.paint()
    })
  const snapshot = (data: Omit<SnapshotFrame['data'], 'part' | 'parts' | 'seq'>) => {
    store.inbox.onSnapshot({ part: 1, parts: 1, seq: 1, ...data }, clock.now())
  }
  store.inbox.onConnection({
    ...store.getState().connection,
    status: 'live',
    lastFrameAt: clock.now(),
    ...connection,
  })
  if (loaded) snapshot({ stream: 'calls', calls: [...calls] })
  clock.paint()
  render(
    <MantineProvider theme={theme} env="test">
      <ConfigContext.Provider value={readConfig(document)}>
        <ApiContext.Provider value={api}>
          <ActionsProvider>
            <LiveProvider store={store} desk={desk} actions={actions}>
              {page}
            </LiveProvider>
          </ActionsProvider>
        </ApiContext.Provider>
      </ConfigContext.Provider>
    </MantineProvider>,
  )
  await pass(1100)
  // The code of pane and palette comes after the board; the tests begin when it is there.
  await act(async () => {
    await Promise.all([import('#src/app/pages/call-pane.tsx'), import('#src/app/action-surface.tsx')])
    await new Promise((resolve) => setTimeout(resolve))
  })
  return {
    clock,
    store,
    asked,
    answers,
    opened,
    pass,
    user: userEvent.setup(),
    /** Frames arrive and are painted. */
    async happen(...frames: EventFrame[]) {
      store.inbox.onFrames(frames)
      await pass(50)
    },
    /** A snapshot arrives and is painted. */
    async show(data: Omit<SnapshotFrame['data'], 'part' | 'parts' | 'seq'>) {
      snapshot(data)
      await pass(50)
    },
    async connect(change: Partial<Connection>) {
      store.inbox.onConnection({ ...store.getState().connection, ...change })
      await pass(50)
    },
  }
}

export { ok, fail }

// The real server in this process: real database in memory, real sockets on a free port, a voice platform that obeys the test.
import type { AddressInfo } from 'node:net'
import { createTokenIssuer } from '#server/auth/local-tokens.ts'
import { demoCompanies } from '#server/auth/demo-users.ts'
import { type App, type AppOptions, createApp } from '#server/app.ts'
import { readConfig } from '#server/config.ts'
import type { DatabaseHandle } from '#server/db/database.ts'
import { type Clock, systemClock } from '#server/domain/clock.ts'
import type { Fact } from '#server/domain/fact.ts'
import type { ControlAnswer, ControlCommand } from '#server/domain/voice-platform.ts'
import { seedDemo } from '#server/seed-demo.ts'
import { openTestDatabase } from '#tests/support/database.ts'
import { createLogger } from '#server/telemetry/logger.ts'

export const testSecrets = {
  jwtSecret: 'a-secret-of-the-tests-that-is-long-enough',
  webhookSecret: `whsec_${Buffer.from('webhook secret of the tests, 32b!').toString('base64')}`,
}

export interface TestServer {
  app: App
  /** `http://127.0.0.1:<port>` */
  url: string
  database: DatabaseHandle
  /** Commands the platform got, oldest first. */
  commands: ControlCommand[]
  /** What the platform answers to the next commands; `delivered` unless set. */
  answer: (command: ControlCommand) => Promise<ControlAnswer> | ControlAnswer
  /** Access token of a demo person, e.g. `manager`; `acme` is the other company's manager. */
  token(person: string): Promise<string>
  /** Puts facts in past the door, as a feed does. */
  submit(facts: Fact[], companyId?: string): Promise<void>
  close(): Promise<void>
}

export interface TestServerOptions {
  clock?: Clock
  realtime?: AppOptions['realtime']
  env?: Record<string, string>
  /** Kept open by the caller, so that a second server can take it over: a restart. */
  database?: DatabaseHandle
  port?: number
  deliverTimeoutMs?: number
  exportsPerDay?: number
  /** How often alert rules are judged once `app.startFeed()` was called, ms. */
  alertsEveryMs?: number
  /** How often is looked for calls whose time has come, ms; seldom enough not to be in the way, often enough to wait for. */
  deadlinesEveryMs?: number
}

/** Starts a server with the demo people and no feed. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const clock = options.clock ?? systemClock
  const database = options.database ?? (await openTestDatabase({ demo: true }))
  await seedDemo(database.db, testSecrets.webhookSecret, clock.now())
  const config = readConfig({ FEED: 'none', DEMO: '1', PORT: '0', ...options.env })
  config.limits = {
    ...config.limits,
    standardPerMinute: 100_000,
    analyticsPerMinute: 100_000,
    exportsPerDay: options.exportsPerDay ?? 1000,
  }
  const commands: ControlCommand[] = []
  const server: TestServer = {
    app: undefined as unknown as App,
    url: '',
    database,
    commands,
    answer: () => ({ state: 'delivered' }),
    async token(person) {
      const known = person === 'acme' ? 'acme-manager' : `demo-${person}`
      const company = demoCompanies.find(({ users }) => users.some(({ id }) => id === known))
      const user = company?.users.find(({ id }) => id === known)
      if (!company || !user) throw new Error(`No demo person ${person}.`)
      const sessionId = `test-${person}`
      await database.db
        .insertInto('sessions')
        .values({
          company_id: company.id,
          id: sessionId,
          user_id: user.id,
          refresh_hash: sessionId,
          previous_hash: null,
          rotated_at: null,
          expires_at: new Date(clock.now() + 12 * 3600_000).toISOString(),
          revoked_at: null,
          created_at: new Date(clock.now()).toISOString(),
          user_agent: null,
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
      const issue = createTokenIssuer({ secret: testSecrets.jwtSecret, clock })
      return (await issue({ companyId: company.id, userId: user.id, sessionId, role: user.role })).token
    },
    async submit(facts, companyId = 'demo') {
      await server.app.ingest.submit({ companyId, facts })
    },
    async close() {
      await server.app.close()
      if (!options.database) await database.close()
    },
  }
  server.app = createApp({
    config,
    secrets: testSecrets,
    database,
    clock,
    log: createLogger({ level: 'silent' }),
    checkResponses: 'throw',
    ...(options.realtime ? { realtime: options.realtime } : {}),
    ...(options.alertsEveryMs === undefined ? {} : { alertsEveryMs: options.alertsEveryMs }),
    deadlinesEveryMs: options.deadlinesEveryMs ?? 100,
    ...(options.deliverTimeoutMs === undefined ? {} : { deliverTimeoutMs: options.deliverTimeoutMs }),
    platform: {
      send: async (command) => {
        commands.push(command)
        return server.answer(command)
      },
    },
  })
  await server.app.listen(options.port ?? 0, '127.0.0.1')
  server.url = `http://127.0.0.1:${(server.app.http.server.address() as AddressInfo).port}`
  return server
}

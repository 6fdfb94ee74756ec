// The whole server from its parts. Tests build it with their own clock, database and settings; main.ts with the real ones.
import { sql } from 'kysely'
import { endpoints } from '#contract/endpoints.ts'
import { createAuth } from '#server/auth/create-auth.ts'
import { demoPeople } from '#server/auth/demo-users.ts'
import type { Secrets } from '#server/auth/secrets.ts'
import type { Config } from '#server/config.ts'
import { clerkSources, isOwn } from '#server/console-origins.ts'
import type { DatabaseHandle } from '#server/db/database.ts'
import { type Clock, systemClock } from '#server/domain/clock.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import { lexiconScorer } from '#server/domain/sentiment.ts'
import type { VoicePlatform } from '#server/domain/voice-platform.ts'
import { parseTelephonyBody } from '#server/feed/webhooks/parse-telephony-body.ts'
import { verifyDelivery } from '#server/feed/webhooks/verify-delivery.ts'
import { createHttp } from '#server/http/create-http.ts'
import { registerDocs } from '#server/http/docs.ts'
import { registerProbes } from '#server/http/probes.ts'
import { registerEndpoint } from '#server/http/register-endpoint.ts'
import { registerStatic } from '#server/http/static.ts'
import { createCompanyDirectory } from '#server/ingest/company-directory.ts'
import { createIngest } from '#server/ingest/ingest.ts'
import { startDeadlines } from '#server/jobs/deadlines.ts'
import { createAlertJob } from '#server/jobs/alerts.ts'
import { startUpkeep } from '#server/jobs/upkeep.ts'
import { registerAgents } from '#server/modules/agents/agents-routes.ts'
import { registerAlerts } from '#server/modules/alerts/alerts-routes.ts'
import { registerAnalytics } from '#server/modules/analytics/analytics-routes.ts'
import { createAnalytics } from '#server/modules/analytics/analytics-service.ts'
import { registerAssist } from '#server/modules/assist/assist-routes.ts'
import { createActs } from '#server/modules/calls/acts-service.ts'
import { registerChecks } from '#server/modules/calls/check-routes.ts'
import { createDueService } from '#server/modules/calls/due-service.ts'
import { registerClaims } from '#server/modules/claims/claims-routes.ts'
import { createCallEnds } from '#server/modules/calls/call-ends.ts'
import { registerCalls } from '#server/modules/calls/calls-routes.ts'
import { registerInterventions } from '#server/modules/calls/intervene-routes.ts'
import { registerEscalations } from '#server/modules/escalations/escalations-routes.ts'
import { registerKnowledge } from '#server/modules/knowledge/knowledge-routes.ts'
import { registerPreferences } from '#server/modules/preferences/preferences-routes.ts'
import { registerRecord } from '#server/register-record.ts'
import { type Transfers, createTransfers } from '#server/modules/escalations/transfers-service.ts'
import { createExportRunner } from '#server/modules/exports/export-runner.ts'
import { registerExports } from '#server/modules/exports/exports-routes.ts'
import { registerFollowups } from '#server/modules/followups/followups-routes.ts'
import { registerTelephony } from '#server/modules/telephony/telephony-routes.ts'
import { registerViews } from '#server/modules/views/views-routes.ts'
import { orAfter } from '#server/or-after.ts'
import { type Bell, createBell } from '#server/realtime/bell.ts'
import { openDoors } from '#server/realtime/doors.ts'
import { Realtime } from '#server/realtime/realtime.ts'
import type { RealtimeSettings } from '#server/realtime/settings.ts'
import { ingestReport, realtimeReport } from '#server/reports.ts'
import { type Feed, createFeed } from '#server/start-feed.ts'
import type { Logger } from '#server/telemetry/logger.ts'
import { createMetrics } from '#server/telemetry/metrics.ts'

export interface AppOptions {
  config: Config
  secrets: Secrets
  database: DatabaseHandle
  log: Logger
  clock?: Clock
  realtime?: Partial<RealtimeSettings>
  /** Takes the place of the configured feed's platform, in tests. */
  platform?: VoicePlatform
  /** Folder of the built console; absent serves the API alone. */
  consoleRoot?: string | undefined
  checkResponses?: 'off' | 'log' | 'throw'
  /** How long the voice platform may take to answer a command, ms. */
  deliverTimeoutMs?: number
  /** How often alert rules are judged, ms. */
  alertsEveryMs?: number
  /** How often is looked for calls that need the server by themselves, ms. */
  deadlinesEveryMs?: number
  version?: string
}

/** How long clients may take to hang up when the server stops, ms. */
const closeGraceMs = 5000

/** Assembles the server. Nothing listens and no feed runs before `listen` and `startFeed`. */
export function createApp(options: AppOptions) {
  const { config, secrets, database, log, clock = systemClock } = options
  const metrics = createMetrics({ process: options.checkResponses !== 'throw' })
  const source =
    config.auth.mode === 'clerk'
      ? {
          mode: 'clerk' as const,
          issuer: config.auth.issuer,
          jwksUrl: config.auth.jwksUrl,
          authorizedParties: config.publicUrl
            ? [new URL(config.publicUrl).origin, ...config.corsOrigins]
            : [],
        }
      : { mode: 'local' as const, secret: secrets.jwtSecret }
  const auth = createAuth({
    db: database.db,
    clock,
    log,
    source,
    jwtSecret: secrets.jwtSecret,
    secureCookies: config.secureCookies,
    zone: config.zone,
  })
  const http = createHttp({
    clock,
    verifyToken: auth.verifyToken,
    limits: config.limits,
    log,
    metrics,
    corsOrigins: config.corsOrigins,
    hsts: config.production,
    popups: config.auth.mode === 'clerk',
    trustProxy: config.trustProxy,
    checkResponses: options.checkResponses ?? (config.production ? 'off' : 'log'),
  })
  const realtime = new Realtime({
    db: database.db,
    clock,
    verifyToken: auth.verifyToken,
    hasOtherNodes: database.kind === 'postgres',
    onStored: (companyId) => bell?.ring(companyId, 0),
    report: realtimeReport(metrics, log),
    ...(options.realtime ? { settings: options.realtime } : {}),
  })
  let bell: Bell | null = null
  const ends = createCallEnds(clock)
  const ingest = createIngest({
    db: database.live,
    clock,
    scorer: lexiconScorer(),
    directory: createCompanyDirectory(database.db),
    onCommitted: (companyId, entries) => {
      realtime.ring(companyId, entries)
      bell?.ring(companyId, entries.at(-1)?.seq ?? 0)
      ends.note(companyId, entries)
      transfers.note(companyId, entries)
    },
    onGroup: ingestReport(metrics),
  })
  const feed: Feed = createFeed({ config, db: database.db, clock, ingest, log })
  const acts = createActs({
    db: database.db,
    ingest,
    platform: options.platform ?? feed.platform,
    clock,
    onState: (action, state) => metrics.commands.inc({ action, state }),
    onError: (err) => log.error({ err }, 'a receipt could not be stored'),
    ...(options.deliverTimeoutMs === undefined ? {} : { deliverTimeoutMs: options.deliverTimeoutMs }),
  })

  const alerts = createAlertJob({
    db: database.db,
    clock,
    floorOf: async (companyId) => {
      const floor = await realtime.floor(companyId)
      return { calls: () => floor.projection.calls(), follow: (listener) => floor.follow(listener) }
    },
    submit: (companyId, facts) => ingest.submit({ companyId, facts }),
    onError: (err) => log.warn({ err }, 'alert rules could not be judged; they are tried again'),
    ...(options.alertsEveryMs === undefined ? {} : { everyMs: options.alertsEveryMs }),
  })
  const transfers: Transfers = createTransfers({
    db: database.db,
    ingest,
    acts,
    clock,
    onError: (err) => log.warn({ err }, 'a briefing could not be drafted'),
  })

  const register: RegisterEndpoint = (record, handler) => registerEndpoint(http, record, handler)
  auth.registerEndpoints(register)
  registerCalls(register, { db: database.db, clock, recordings: config.recordingsDir })
  registerRecord(register, { db: database.db, ingest, clock, recordings: config.recordingsDir })
  registerInterventions(register, { db: database.db, ingest, acts, ends, clock })
  registerClaims(register, { db: database.db, ingest, clock })
  registerChecks(register, { db: database.db, acts })
  registerEscalations(register, { db: database.db, ingest, acts, transfers, clock })
  registerFollowups(register, { db: database.db })
  registerAlerts(register, { db: database.db, ingest, clock, onRules: alerts.rulesChanged })
  registerAgents(register, { db: database.db })
  const analytics = createAnalytics({ db: database.db, clock, zone: config.zone })
  registerAnalytics(register, analytics)
  const exports = createExportRunner({ database, clock, log })
  const perDay = config.limits.exportsPerDay
  const exportsOf = { db: database.db, clock, secret: secrets.jwtSecret, perDay }
  registerExports(register, { ...exportsOf, runner: exports, analytics })
  registerAssist(register, { db: database.db, clock })
  registerKnowledge(register, { db: database.db, clock })
  registerPreferences(register, { db: database.db, clock, onChanged: realtime.choicesChanged })
  registerViews(register, { db: database.db, clock })
  registerTelephony(register, {
    db: database.db,
    ingest,
    now: () => clock.now(),
    verify: verifyDelivery,
    parse: parseTelephonyBody,
  })
  const ready = () => sql`select 1`.execute(database.db)
  registerProbes(http, {
    checks: [
      { name: 'database', check: ready },
      ...(config.redisUrl ? [{ name: 'bell', check: async () => bell?.check() }] : []),
    ],
    metrics,
    metricsToken: config.metricsToken,
  })
  registerDocs(http, endpoints, options.version ?? '0.0.0')
  if (options.consoleRoot)
    registerStatic(http, {
      root: options.consoleRoot,
      settings: {
        api: '',
        socket: '',
        transport: config.consoleTransport,
        tokenIn: 'frame',
        auth: config.auth.mode,
        ...(config.auth.mode === 'clerk'
          ? { clerkKey: config.auth.publishableKey, clerkScript: config.auth.scriptUrl }
          : {}),
        demo: config.demo ? demoPeople() : undefined,
      },
      sources: config.auth.mode === 'clerk' ? clerkSources(config.auth) : {},
    })

  const stopSweeps = auth.start()
  const stopUpkeep = startUpkeep({ database, clock, log })
  const holdsDue = createDueService({ db: database.db, ingest, acts, clock })
  const stopDeadlines = startDeadlines({
    db: database.db,
    clock,
    log,
    ...(options.deadlinesEveryMs === undefined ? {} : { everyMs: options.deadlinesEveryMs }),
    onDue: async (companyId, callId) => {
      await holdsDue(companyId, callId)
      await transfers.due(companyId, callId)
    },
  })
  const offRevoked = auth.onRevoked((who) => realtime.revoke(who))
  const closeDoors = openDoors({
    server: http.server,
    realtime,
    now: () => clock.now(),
    allowOrigin: (origin, host) => config.corsOrigins.includes(origin) || isOwn(origin, host),
  })

  return {
    http,
    ingest,
    realtime,
    acts,
    metrics,
    /** Hears the other nodes first, then takes requests. */
    async listen(port: number, host: string) {
      if (config.redisUrl)
        bell = await createBell({
          url: config.redisUrl,
          onNews: (companyId, head) => realtime.hint(companyId, head),
          onError: (err) => log.warn({ err }, 'Redis does not answer; news comes by polling'),
        })
      await exports.start()
      return http.listen({ port, host })
    },
    async startFeed() {
      await acts.settleLeftovers()
      alerts.start()
      await feed.start()
    },
    /** Stops in the order in which nothing is lost: feed, sockets, requests, commands, commits. */
    async close() {
      await feed.stop()
      await alerts.stop()
      await realtime.close()
      // Together: Socket.IO waits for every connection of the server, and only the kernel tells busy ones to go.
      const clientsGone = Promise.all([http.close(), closeDoors()])
      // An answer that was under way leaves its connection open for the next request: it is idle a moment later.
      const hangUp = clock.setInterval(() => http.server.closeIdleConnections(), 100)
      await orAfter(closeGraceMs, clientsGone, clock)
      clock.clearInterval(hangUp)
      await stopDeadlines()
      await stopUpkeep()
      await exports.stop()
      await transfers.idle()
      await acts.idle()
      await ingest.idle()
      await bell?.close()
      offRevoked()
      stopSweeps()
    },
  }
}
export type App = ReturnType<typeof createApp>

// Chooses who brings facts in and who carries commands out: the simulator, a recording, or a platform of one's own.
import type { Config } from '#server/config.ts'
import { noPlatform } from '#server/control/no-platform.ts'
import { createWebhookPlatform } from '#server/control/webhook-platform.ts'
import type { Db } from '#server/db/database.ts'
import { demoAgents, demoBusinesses } from '#server/demo-floor.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { VoicePlatform } from '#server/domain/voice-platform.ts'
import { createReplay } from '#server/feed/replay/create-replay.ts'
import { createSimulator } from '#server/feed/simulator/create-simulator.ts'
import type { BusinessKind } from '#server/feed/simulator/scenario.ts'
import type { Ingest } from '#server/ingest/port.ts'
import type { Logger } from '#server/telemetry/logger.ts'

export interface Feed {
  platform: VoicePlatform
  start(): Promise<void>
  stop(): Promise<void>
}

interface FeedParts {
  config: Config
  db: Db
  clock: Clock
  ingest: Ingest
  log: Logger
}

const demoCompany = 'demo'
/** Ids of calls that the simulator, the replay and dialling make; a real platform's calls are left alone. */
const fedPrefixes = ['sim-', 'replay-', 'out-']

export function createFeed(parts: FeedParts): Feed {
  const { config, clock, ingest, log } = parts
  const nothing = { start: async () => undefined, stop: async () => undefined }
  const external = config.controlUrl
    ? createWebhookPlatform({
        url: config.controlUrl,
        clock,
        secretOf: (companyId) => secretOf(parts.db, companyId),
      })
    : null
  if (config.feed.kind === 'none') return { platform: external ?? noPlatform, ...nothing }
  if (config.feed.kind === 'replay') {
    const replay = createReplay({
      clock,
      ingest,
      companyId: demoCompany,
      businesses: demoBusinesses.map(({ id, name, phone, ai }) => ({
        id,
        name,
        phoneNumber: phone,
        aiName: ai,
      })),
      file: config.feed.replayFile ?? '',
      speed: config.feed.speed,
      log,
    })
    return {
      platform: replay.platform,
      start: async () => {
        await endLeftovers(parts)
        await replay.start()
      },
      stop: () => replay.stop(),
    }
  }
  const simulator = createSimulator({
    clock,
    seed: config.feed.seed ?? String(clock.now()),
    ingest,
    directory: {
      companyId: demoCompany,
      businesses: demoBusinesses.map(({ id, name, kind, phone, ai }) => ({
        id,
        name,
        kind: kind as BusinessKind,
        number: phone,
        aiName: ai,
      })),
      agents: demoAgents.map(({ id, name, skills, userId }) => ({
        id,
        name,
        skills,
        userId: userId ?? undefined,
      })),
      owners: { csrAgentId: 'agent-priya', techUserId: 'demo-tech', repUserId: 'demo-rep' },
    },
    settings: { calls: config.feed.calls, speed: config.feed.speed, scene: config.feed.scene },
    log,
  })
  return {
    platform: external ?? simulator,
    start: async () => {
      await endLeftovers(parts)
      simulator.start()
    },
    stop: () => simulator.stop(),
  }
}

/** Calls that an earlier run of a feed left open: nobody will ever say another word on them. */
async function endLeftovers({ db, ingest, clock }: FeedParts): Promise<void> {
  const rows = await db
    .selectFrom('calls')
    .select('id')
    .where('company_id', '=', demoCompany)
    .where('live', '=', true)
    .where((eb) => eb.or(fedPrefixes.map((prefix) => eb('id', 'like', `${prefix}%`))))
    .execute()
  const ended_at = new Date(clock.now()).toISOString()
  for (let from = 0; from < rows.length; from += 500)
    await ingest.submit({
      companyId: demoCompany,
      facts: rows.slice(from, from + 500).map(({ id }) => ({
        event: 'call.ended',
        data: { call_id: id, status: 'failed', ended_at, reason: 'The server was restarted.' },
      })),
    })
}

async function secretOf(db: Db, companyId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('companies')
    .select('webhook_secret')
    .where('id', '=', companyId)
    .executeTakeFirst()
  return row?.webhook_secret
}

// Nodes that share a database tell each other who has which call open. What a node does not renew is not believed any more.
import { sql } from 'kysely'
import type { Watcher } from '#contract/presence.ts'
import type { Role } from '#contract/permissions.ts'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import { type Looks, type Presence, initialsOf } from '#server/realtime/presence.ts'
import type { RealtimeSettings } from '#server/realtime/settings.ts'

export interface PresenceExchangeOptions {
  db: Db
  clock: Clock
  companyId: string
  /** Unique to this process: what one that died has left is not taken for this one's. */
  nodeId: string
  settings: RealtimeSettings
  presence: Presence
  /** Somebody looks, or no longer, on another node. */
  onChanged: () => void
  /** What was stored may be looked for. */
  onStored?: (() => void) | undefined
  onError?: ((error: unknown) => void) | undefined
}

export interface PresenceExchange {
  /** Stores what changed on this node, then reads what the others say. */
  turn(): void
  /** Takes what this node has said back. */
  stop(): Promise<void>
}

/** Looks as they are stored: each person once, and by call who looks since when (epoch ms). */
interface Stored {
  people: Record<string, [name: string, role: Role]>
  calls: Record<string, [id: string, since: number][]>
}

/** Takes its turn every poll interval, and whenever it is told to. */
export function createPresenceExchange(options: PresenceExchangeOptions): PresenceExchange {
  const { db, clock, companyId, nodeId, settings, presence } = options
  /** Version of each other node's looks that is known here. */
  const known = new Map<string, number>()
  let said = 0
  let saidAt = Number.NEGATIVE_INFINITY
  let running: Promise<void> | null = null
  let isWanted = false
  let isStopped = false

  async function say(): Promise<void> {
    const { version } = presence
    const looks = presence.here()
    const isNews = version !== said
    if (!isNews && (looks.size === 0 || clock.now() - saidAt < settings.nodeBeatMs)) return
    if (looks.size === 0) await leave()
    else
      await sql`insert into node_presence (company_id, node_id, version, seen_at, looks)
        values (${companyId}, ${nodeId}, ${version}, clock_timestamp(), ${JSON.stringify(pack(looks))}::json)
        on conflict (company_id, node_id) do update
          set version = excluded.version, seen_at = excluded.seen_at, looks = excluded.looks`.execute(db)
    said = version
    saidAt = clock.now()
    if (isNews) options.onStored?.()
  }

  async function hear(): Promise<void> {
    const alive = await sql<{ node_id: string; version: number }>`select node_id, version from node_presence
      where company_id = ${companyId} and node_id <> ${nodeId}
        and seen_at > clock_timestamp() - ${settings.nodeExpiryMs}::int * interval '1 millisecond'`.execute(
      db,
    )
    const news = alive.rows.filter(({ node_id, version }) => known.get(node_id) !== version)
    for (const node of known.keys())
      if (!alive.rows.some(({ node_id }) => node_id === node)) {
        known.delete(node)
        presence.elsewhere(node)
      }
    if (news.length > 0) {
      const rows = await db
        .selectFrom('node_presence')
        .select(['node_id', 'version', 'looks'])
        .where('company_id', '=', companyId)
        .where(
          'node_id',
          'in',
          news.map(({ node_id }) => node_id),
        )
        .execute()
      for (const { node_id, version, looks } of rows) {
        known.set(node_id, version)
        presence.elsewhere(node_id, unpack(looks as Stored))
      }
    }
    if (presence.isChanged) options.onChanged()
  }

  async function leave(): Promise<void> {
    await db
      .deleteFrom('node_presence')
      .where('company_id', '=', companyId)
      .where('node_id', '=', nodeId)
      .execute()
  }

  async function run(): Promise<void> {
    try {
      while (isWanted && !isStopped) {
        isWanted = false
        await say()
        await hear()
      }
    } catch (error) {
      // The next turn says and hears it again.
      options.onError?.(error)
    }
  }

  function turn(): void {
    isWanted = true
    running ??= run().finally(() => {
      running = null
    })
  }

  const timer = clock.setInterval(turn, settings.pollMs)
  return {
    turn,
    async stop() {
      isStopped = true
      clock.clearInterval(timer)
      await running
      // Where the database does not answer, the row is not believed any more by the time somebody reads it.
      await leave().catch(() => undefined)
    },
  }
}

function pack(looks: Looks): Stored {
  const stored: Stored = { people: {}, calls: {} }
  for (const [callId, watchers] of looks)
    stored.calls[callId] = watchers.map(({ id, name, role, since }) => {
      stored.people[id] = [name, role]
      return [id, Date.parse(since)]
    })
  return stored
}

function unpack({ people, calls }: Stored): Looks {
  const looks = new Map<string, Watcher[]>()
  for (const [callId, ids] of Object.entries(calls))
    looks.set(
      callId,
      ids.flatMap(([id, since]) => {
        const person = people[id]
        if (!person) return []
        const [name, role] = person
        return [{ id, name, initials: initialsOf(name), role, since: new Date(since).toISOString() }]
      }),
    )
  return looks
}

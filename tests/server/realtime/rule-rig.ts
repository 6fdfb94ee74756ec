// What the rule suites share: a server with short intervals, clients that are checked and closed after each test, waits.
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { CallEventName } from '#contract/events.ts'
import type {
  EventFrame,
  HeartbeatFrame,
  ServerFrame,
  SnapshotFrame,
  SubscribeData,
  SubscribedFrame,
} from '#contract/protocol.ts'
import type { LogTable } from '#server/db/schema.ts'
import type { Fact } from '#server/domain/fact.ts'
import { type Door, type ProtocolClient, connect } from '#tests/support/protocol-client.ts'
import { type TestServer, type TestServerOptions, startServer } from '#tests/support/server.ts'

/** Intervals short enough to wait for; attention keeps quiet unless a suite wants it. */
const quick = {
  heartbeatMs: 40,
  pumpMs: 5,
  batchMs: 10,
  connectionsPerUser: 1000,
  attentionSweepMs: 3_600_000,
}

export interface RuleRig {
  server(): TestServer
  /** A connected client of a demo person; its chains are checked and it is closed after the test. */
  open(door: Door, person?: string): Promise<ProtocolClient>
  /** Commits facts; returns the entries they became. */
  happen(...facts: Fact[]): Promise<readonly { seq: number; event: string; callId: string; data: string }[]>
  /** Commits a note on the call and waits until it came: everything before it has come too. */
  barrier(client: ProtocolClient, callId: string): Promise<number>
}

let counter = 0
/** An id no other test uses. */
export const fresh = (word = 'call') => `${word}-${++counter}`

/** Starts a server for the file's tests. */
export function useRules(options: TestServerOptions = {}): RuleRig {
  let server: TestServer | undefined
  const clients: ProtocolClient[] = []
  const current = () => {
    if (!server) throw new Error('The server starts in beforeAll.')
    return server
  }
  beforeAll(async () => {
    server = await startServer({ ...options, realtime: { ...quick, ...options.realtime } })
  })
  afterAll(() => server?.close())
  afterEach(() => {
    const used = clients.splice(0)
    for (const client of used) client.close()
    for (const client of used) expectSound(client.frames)
  })
  const happen: RuleRig['happen'] = async (...facts) =>
    (await current().app.ingest.submit({ companyId: 'demo', facts })).entries
  return {
    server: current,
    happen,
    async open(door, person = 'manager') {
      const client = await connect(current().url, door, await current().token(person))
      clients.push(client)
      return client
    },
    async barrier(client, callId) {
      const [entry] = await happen(noteWritten(callId))
      await client.until((frames) => frames.some((frame) => isEvent(frame) && frame.seq === entry?.seq))
      return entry?.seq ?? 0
    },
  }
}

type Logged = Pick<LogTable, 'call_id' | 'event' | 'owners' | 'owners_before'> & { data: unknown }

/** Writes entries as another node would: past this server's ingest, without a bell. Returns their positions. */
export function writeElsewhere(server: TestServer, entries: readonly Logged[]): Promise<number[]> {
  return server.database.db.transaction().execute(async (tx) => {
    const { head } = await tx
      .selectFrom('company_heads')
      .select('head')
      .where('company_id', '=', 'demo')
      .forUpdate()
      .executeTakeFirstOrThrow()
    const rows = entries.map((entry, index) => ({
      ...entry,
      data: JSON.stringify(entry.data),
      company_id: 'demo',
      seq: head + index + 1,
      at: new Date().toISOString(),
      status_changed: false,
    }))
    await tx
      .updateTable('company_heads')
      .set({ head: head + rows.length })
      .where('company_id', '=', 'demo')
      .execute()
    await tx.insertInto('log').values(rows).execute()
    return rows.map(({ seq }) => seq)
  })
}

export const noteWritten = (call_id: string, note = 'A note.'): Fact => ({
  event: 'desk.note',
  data: { call_id, author: { id: 'demo-manager', name: 'Dana Whitfield' }, note, tags: [], category: null },
})

export const isEvent = (frame: ServerFrame): frame is EventFrame =>
  'stream' in frame && frame.event !== 'batch'
export const isHeartbeat = (frame: ServerFrame): frame is HeartbeatFrame => frame.event === 'heartbeat'

/** Event frames in the order in which they came; of one stream when named. */
export const eventsIn = (frames: readonly ServerFrame[], stream?: string): EventFrame[] =>
  frames.filter(isEvent).filter((frame) => stream === undefined || frame.stream === stream)

export const named = <N extends CallEventName>(frames: readonly ServerFrame[], event: N) =>
  frames.filter((frame): frame is Extract<EventFrame, { event: N }> => frame.event === event)

/** Subscribes and waits for the answer of this very request. */
export async function subscribe(
  client: ProtocolClient,
  data: Partial<SubscribeData> = {},
): Promise<SubscribedFrame['data']> {
  const sub = data.sub ?? fresh('sub')
  client.send('subscribe', { type: 'all_calls', ...data, sub })
  const answer = await client.next(
    (frame): frame is SubscribedFrame => frame.event === 'subscribed' && frame.data.sub === sub,
  )
  return answer.data
}

/** The parts of the snapshot that answers this request. */
export async function snapshotOf(
  client: ProtocolClient,
  data: Partial<SubscribeData> = {},
): Promise<SnapshotFrame['data'][]> {
  const from = client.frames.length
  const { seq, stream } = await subscribe(client, { since: 0, ...data })
  const parts = () =>
    client.frames
      .slice(from)
      .filter((frame): frame is SnapshotFrame => frame.event === 'snapshot')
      .map((frame) => frame.data)
      .filter((part) => part.stream === stream && part.seq === seq)
  await client.until(() => parts().some(({ part, parts: all }) => part === all))
  return parts()
}

/** Waits for a heartbeat that says that everything up to `seq` was sent and nothing is held back any more. */
export async function settled(
  client: ProtocolClient,
  seq: number,
  stream = 'calls',
  ms?: number,
): Promise<void> {
  const from = client.frames.length
  await client.until(
    (frames) =>
      frames.slice(from).some((frame) => {
        const standing = isHeartbeat(frame) ? frame.streams[stream] : undefined
        return standing !== undefined && standing.seq >= seq && standing.safe === standing.seq
      }),
    ms,
  )
}

/**
 * P1, P4, P10 on everything a client received: each frame's `prev` is the highest position it has of the stream, and after
 * a `safe` nothing at or below it comes any more.
 */
export function expectSound(frames: readonly ServerFrame[]): void {
  const last = new Map<string, number>()
  const safe = new Map<string, number>()
  const promise = (stream: string, value: number) => {
    expect(value, `safe of ${stream} is not beyond what was sent`).toBeLessThanOrEqual(last.get(stream) ?? 0)
    safe.set(stream, Math.max(value, safe.get(stream) ?? 0))
  }
  let batch: { stream: string; safe: number; left: number } | null = null
  for (const frame of frames) {
    if (frame.event === 'subscribed') {
      last.set(frame.data.stream, frame.data.seq)
      safe.delete(frame.data.stream)
    } else if (frame.event === 'batch') batch = { ...frame, left: frame.frames.length }
    else if (isHeartbeat(frame))
      for (const [stream, standing] of Object.entries(frame.streams)) {
        if (!last.has(stream)) continue
        expect(standing.seq, 'the heartbeat tells the last position sent').toBe(last.get(stream))
        promise(stream, standing.safe)
      }
    else if (isEvent(frame)) {
      const { stream, seq, prev } = frame
      if (seq !== undefined) {
        expect(prev, `prev of ${frame.event} ${seq}`).toBe(last.get(stream))
        expect(seq, 'nothing at or below safe is still to come').toBeGreaterThan(safe.get(stream) ?? 0)
        last.set(stream, Math.max(seq, last.get(stream) ?? 0))
      }
      if (frame.safe !== undefined) promise(stream, frame.safe)
      if (batch && --batch.left === 0) {
        promise(batch.stream, batch.safe)
        batch = null
      }
    }
  }
}

// How a subscription begins: live only, resumed from a position, or with a snapshot (P3–P5).
import { sql } from 'kysely'
import type { CallSnapshot, SubscribeData, Stream } from '#contract/protocol.ts'
import type { Db } from '#server/db/database.ts'
import type { CallState } from '#server/domain/call-state.ts'
import type { Floor } from '#server/realtime/floor.ts'
import { type GroupKey, attentionFrame, frameOf, presenceFrame, sees } from '#server/realtime/group.ts'
import { snapshotPart } from '#server/realtime/calls-snapshot.ts'
import { readEntries } from '#server/realtime/read-entries.ts'
import { readCallSnapshot } from '#server/realtime/read-call.ts'
import type { Session, Subscribed } from '#server/realtime/session.ts'
import type { RealtimeSettings } from '#server/realtime/settings.ts'
import { Subscription } from '#server/realtime/subscription.ts'
import { plainFrame } from '#server/realtime/wire.ts'

export interface OpenStreamOptions {
  db: Db
  floor: Floor
  settings: RealtimeSettings
  session: Session
  data: SubscribeData
  isCurrent: () => boolean
  now: () => number
  /** Resolves when some time has passed, for pacing by the socket's drain. */
  pause: () => Promise<void>
  onReset: (stream: Stream) => void
  onMerged: (count: number) => void
}

const resumeAtOnce = 1000
const turnOfTheLoop = () => new Promise((resolve) => void setImmediate(resolve))

/** Opens the stream. Null when the call does not exist for this subscriber; rejects when the database does not answer. */
export async function openStream(options: OpenStreamOptions): Promise<Subscribed | null> {
  const { data, floor, session, db } = options
  const key: GroupKey = {
    stream: data.type === 'all_calls' ? 'calls' : `call:${data.call_id ?? ''}`,
    scope: session.scope,
    lines: data.type === 'all_calls' ? (data.lines ?? 'none') : 'all',
    batch: data.batch ?? false,
  }
  const callId = data.type === 'call' ? (data.call_id ?? '') : null
  if (callId !== null && !(await isVisible(db, floor, callId, key))) return null
  if (!options.isCurrent()) return null
  const { since = 0 } = data
  const resumable = since > 0 && data.log === logName(options) && (await canResume(options, since))
  if (!options.isCurrent()) return null
  if (resumable) return resume(options, key, callId, since)
  if (data.since === undefined) return live(options, key)
  return callId === null ? callsSnapshot(options, key) : callSnapshot(options, key, callId)
}

/** The log as this subscriber knows it: another scope is another log, so that a changed role begins anew (P4). */
function logName({ floor, session }: OpenStreamOptions): string {
  return session.scope === 'all'
    ? floor.logId
    : `${floor.logId}.${session.principal.role}.${session.principal.userId}`
}

async function isVisible(db: Db, floor: Floor, callId: string, key: GroupKey): Promise<boolean> {
  const known = floor.projection.get(callId)
  if (known) return sees(key.scope, known.owners)
  const row = await db
    .selectFrom('calls')
    .select('owners')
    .where('company_id', '=', floor.companyId)
    .where('id', '=', callId)
    .executeTakeFirst()
  return row !== undefined && sees(key.scope, row.owners)
}

/** A member on its own: it gets live frames into its queue from this edge on. */
function join(options: OpenStreamOptions, key: GroupKey): Subscribed {
  const group = options.floor.groupAt(key)
  const subscription = new Subscription(
    {
      stream: key.stream,
      peer: options.session.peer,
      batch: key.batch,
      settings: options.settings,
      now: options.now,
      heldBack: () => group.heldBack,
      onReset: () => options.onReset(key.stream),
      onMerged: options.onMerged,
    },
    group.tail,
  )
  group.add(subscription)
  return { subscription, group }
}

function answer(
  options: OpenStreamOptions,
  stream: Stream,
  seq: number,
  mode: 'live' | 'resumed' | 'snapshot',
): void {
  const { sub } = options.data
  options.session.peer.send(
    plainFrame({
      event: 'subscribed',
      data: {
        stream,
        seq,
        log: logName(options),
        ...(sub === undefined ? {} : { sub }),
        mode,
        ...(stream === 'calls' && mode === 'snapshot' ? { scorer: options.floor.scorer } : {}),
      },
      at: options.session.now,
    }),
  )
}

function live(options: OpenStreamOptions, key: GroupKey): Subscribed {
  const subscribed = join(options, key)
  const { group, subscription } = subscribed
  answer(options, key.stream, group.tail, 'live')
  subscription.startAt(group.tail)
  subscription.loaded()
  return subscribed
}

/** At most 20,000 entries follow, all of them are kept, and the position is of this log's past (P4). */
async function canResume({ db, floor, settings }: OpenStreamOptions, since: number): Promise<boolean> {
  if (since > floor.position || floor.position - since > settings.resumeEntries) return false
  const oldest = await sql<{
    seq: number | null
  }>`select min(seq) as seq from log where company_id = ${floor.companyId}`.execute(db)
  const first = oldest.rows[0]?.seq
  return first === null || first === undefined ? since === floor.position : since >= first - 1
}

async function resume(
  options: OpenStreamOptions,
  key: GroupKey,
  callId: string | null,
  since: number,
): Promise<Subscribed> {
  const { db, floor, session } = options
  const subscribed = join(options, key)
  const { subscription } = subscribed
  const edge = floor.position
  answer(options, key.stream, since, 'resumed')
  subscription.startAt(since)
  try {
    let after = since
    while (after < edge && options.isCurrent()) {
      const entries = await readEntries(db, floor.companyId, {
        after,
        upTo: edge,
        limit: resumeAtOnce,
        callId: callId ?? undefined,
      })
      // A later request for the stream may have been answered meanwhile: nothing of this one may follow that answer.
      if (entries.length === 0 || !options.isCurrent()) break
      after = entries.at(-1)?.seq ?? edge
      const frames = entries
        .map((entry) => frameOf(entry, key, (id) => floor.projection.textOf(id)))
        .filter((frame) => frame !== null)
      subscription.sendFrames(frames)
      while (subscription.isSlow() && options.isCurrent()) await options.pause()
    }
  } catch (error) {
    subscribed.group.remove(subscription)
    throw error
  }
  if (!options.isCurrent()) return subscribed
  // Attention is not in the log: what it is now stands for all that changed meanwhile.
  const heardUpTo = options.data.scorer === floor.scorer ? since : null
  const attentions = floor.projection.attentions((owners) => sees(key.scope, owners), heardUpTo)
  const frames = attentions
    .filter((found) => callId === null || found.callId === callId)
    .map((found) => attentionFrame(found.callId, found.attention, session.now))
  const presences =
    callId === null
      ? floor.projection.presences((owners) => sees(key.scope, owners))
      : [{ callId, presence: floor.presenceOf(callId) }]
  const looks = presences.map((found) => presenceFrame(found.callId, found.presence, session.now))
  subscription.sendFrames([...frames, ...looks])
  subscription.loaded()
  return callId === null ? { ...subscribed, scorer: floor.scorer } : subscribed
}

/** The position as of which the client holds the floor, lines included, where that helps: of this log, and of its past. */
function heldSince(options: OpenStreamOptions): number | null {
  const { holds = false, since = 0, log, lines = 'none' } = options.data
  const isPast = since > 0 && since <= options.floor.position
  return holds && lines !== 'none' && isPast && log === logName(options) ? since : null
}

async function callsSnapshot(options: OpenStreamOptions, key: GroupKey): Promise<Subscribed | null> {
  const { floor, session } = options
  await floor.newcomersTurn()
  if (!options.isCurrent()) return null
  const subscribed = join(options, key)
  const { subscription } = subscribed
  // The group is at an edge and nothing awaits in between: the projection is the floor as of exactly this position.
  const since = heldSince(options)
  const heard = since !== null && options.data.scorer === floor.scorer
  const wish = { scope: key.scope, since, heard }
  const head = floor.snapshotHead(wish)
  answer(options, key.stream, head.seq, 'snapshot')
  const first = (options.data.first ?? []).flatMap((id) => {
    const known = floor.projection.get(id)
    return known && sees(key.scope, known.owners) ? [known] : []
  })
  // What is on screen there is on its way before anything is done about the rest.
  if (first.length > 0) session.peer.send(snapshotPart(head, 0, first))
  const snapshot = floor.snapshot(wish, head)
  for (let part = 1; part <= head.parts && options.isCurrent(); part++) {
    session.peer.send(snapshot.part(part))
    // Thousands of calls are many parts: whatever else is due goes in between.
    if (part < head.parts) await turnOfTheLoop()
    while (subscription.isSlow() && options.isCurrent()) await options.pause()
  }
  subscription.startAt(head.seq)
  if (options.isCurrent()) subscription.loaded()
  return { ...subscribed, scorer: floor.scorer }
}

async function callSnapshot(
  options: OpenStreamOptions,
  key: GroupKey,
  callId: string,
): Promise<Subscribed | null> {
  const { db, floor, settings, session } = options
  const subscribed = join(options, key)
  const { subscription, group } = subscribed
  let read: { head: number; snapshot: CallSnapshot; state: CallState } | null
  try {
    read = await readCallSnapshot(db, floor.companyId, callId, settings.snapshotLines)
  } catch (error) {
    group.remove(subscription)
    throw error
  }
  // A later request for the stream, or its end, came while this one was read: it is answered no more.
  if (!read || !options.isCurrent()) {
    group.remove(subscription)
    return null
  }
  const { attention, presence } = floor.projection.get(callId)?.call ?? {}
  if (attention) read.snapshot.call = { ...read.snapshot.call, attention }
  if (presence) read.snapshot.call = { ...read.snapshot.call, presence }
  answer(options, key.stream, read.head, 'snapshot')
  session.peer.send(
    plainFrame({
      event: 'snapshot',
      data: { stream: key.stream, part: 1, parts: 1, seq: read.head, detail: read.snapshot },
      at: session.now,
    }),
  )
  // Queued frames up to the head are in what was read; the chain goes on from there.
  subscription.startAt(read.head)
  subscription.loaded()
  return subscribed
}

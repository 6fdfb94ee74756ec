// The live side of the server: companies' floors, the connections on them, and the rules for letting them in.
import { randomUUID } from 'node:crypto'
import { can } from '#contract/permissions.ts'
import type { Preferences } from '#contract/preferences.ts'
import { closeCode } from '#contract/protocol.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Principal, VerifyToken } from '#server/domain/principal.ts'
import { Floor } from '#server/realtime/floor.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import { openStream } from '#server/realtime/open-stream.ts'
import type { Peer } from '#server/realtime/peer.ts'
import { type Chooser, type PreferenceNews, createPreferenceNews } from '#server/realtime/preference-news.ts'
import { Session } from '#server/realtime/session.ts'
import type { Subscription } from '#server/realtime/subscription.ts'
import { type RealtimeSettings, realtimeDefaults } from '#server/realtime/settings.ts'

/** Counts of what goes out; all optional. */
export interface RealtimeReport {
  sent?(report: { frames: number; bytes: number; batches: number }): void
  merged?(count: number): void
  reset?(): void
  connections?(door: Peer['door'], open: number): void
  failed?(error: unknown): void
}

export interface RealtimeOptions {
  db: Db
  clock: Clock
  verifyToken: VerifyToken
  /** Other nodes may share the database: what they store beside the log is looked for. */
  hasOtherNodes?: boolean
  /** This node has stored something beside the log. */
  onStored?: ((companyId: string) => void) | undefined
  settings?: Partial<RealtimeSettings>
  report?: RealtimeReport
}

export class Realtime {
  readonly settings: RealtimeSettings
  readonly #options: RealtimeOptions
  readonly #floors = new Map<string, Promise<Floor>>()
  readonly #sessions = new Set<Session>()
  readonly #open = new Map<Peer['door'], number>()
  readonly #choices: PreferenceNews
  readonly #nodeId = randomUUID()
  #closing = false

  constructor(options: RealtimeOptions) {
    this.#options = options
    this.settings = { ...realtimeDefaults, ...options.settings }
    this.#choices = createPreferenceNews({
      db: options.db,
      clock: options.clock,
      everyMs: options.hasOtherNodes ? this.settings.pollMs : null,
      companies: () => [...new Set([...this.#sessions].map(({ principal }) => principal.companyId))],
      tell: (who, data) => {
        for (const session of this.#of(who)) session.tellChoices(data)
      },
      onError: options.report?.failed?.bind(options.report),
    })
  }

  /** The person has chosen: their other consoles follow. */
  readonly choicesChanged = (who: Chooser, now: Preferences): void => {
    this.#choices.changed(who, now)
    this.#options.onStored?.(who.companyId)
  };

  *#of({ userId, companyId }: Chooser): Iterable<Session> {
    for (const session of this.#sessions)
      if (session.principal.userId === userId && session.principal.companyId === companyId) yield session
  }

  /** News of a company's log: what ingest has just committed. */
  ring(companyId: string, entries?: readonly LogEntry[]): void {
    const floor = this.#floors.get(companyId)
    if (floor) void floor.then((opened) => opened.ring(entries)).catch(() => undefined)
  }

  /**
   * Another node has committed up to `head`; a position that is there already is no news. 0: it has stored something beside
   * the log.
   */
  hint(companyId: string, head: number): void {
    const floor = this.#floors.get(companyId)
    if (head === 0) {
      this.#choices.look()
      void floor?.then((opened) => opened.lookElsewhere()).catch(() => undefined)
    } else if (floor)
      void floor
        .then((opened) => {
          if (opened.position < head) opened.ring()
        })
        .catch(() => undefined)
  }

  /** A company's floor, opened when nobody has it open yet. Rejects when the database does not answer. */
  floor(companyId: string): Promise<Floor> {
    let floor = this.#floors.get(companyId)
    if (!floor) {
      const { db, clock, report, hasOtherNodes, onStored } = this.#options
      floor = Floor.open({
        db,
        clock,
        companyId,
        settings: this.settings,
        ...(hasOtherNodes ? { nodeId: this.#nodeId, onStored: () => onStored?.(companyId) } : {}),
        onSent: report?.sent?.bind(report),
        onError: report?.failed?.bind(report),
      })
      this.#floors.set(companyId, floor)
      // A floor that could not be read is tried again by the next subscriber.
      floor.catch(() => this.#floors.delete(companyId))
    }
    return floor
  }

  /**
   * Lets a new socket in, or says why not and closes it (P14). Returns the session that receives its frames; frames that
   * come before the token is verified must wait for it.
   */
  async admit(peer: Peer, token: string | null): Promise<Session | null> {
    let principal: Principal
    try {
      if (token === null || token === '')
        throw new ApiError('UNAUTHORIZED', 'A valid access token is needed.')
      principal = await this.#options.verifyToken(token)
    } catch (error) {
      refuse(peer, error)
      return null
    }
    if (this.#closing) {
      peer.close(closeCode.restart, 'The server restarts.')
      return null
    }
    if (!can(principal.role, 'calls.read')) {
      peer.close(closeCode.forbidden, "You don't have permission")
      return null
    }
    if ([...this.#of(principal)].length >= this.settings.connectionsPerUser) {
      peer.close(closeCode.tooMany, `More than ${this.settings.connectionsPerUser} connections of one user.`)
      return null
    }
    const session = this.#session(peer, principal)
    this.#sessions.add(session)
    this.#count(peer.door, 1)
    return session
  }

  #session(peer: Peer, principal: Principal): Session {
    const { db, clock, verifyToken, report } = this.#options
    const looks = new Map<Subscription, () => void>()
    return new Session({
      peer,
      principal,
      clock,
      settings: this.settings,
      verifyToken,
      subscribe: async (session, data, isCurrent) => {
        const floor = await this.floor(session.principal.companyId)
        const opened = await openStream({
          db,
          floor,
          settings: this.settings,
          session,
          data,
          isCurrent,
          now: () => clock.now(),
          pause: () => new Promise((resolve) => void clock.setTimeout(resolve, this.settings.pumpMs)),
          onReset: (stream) => {
            report?.reset?.()
            session.noteReset(stream)
          },
          onMerged: (count) => report?.merged?.(count),
        })
        if (opened && data.type === 'call' && data.call_id !== undefined) {
          const { userId: id, name, role } = session.principal
          looks.set(opened.subscription, floor.look(data.call_id, { id, name, role }))
        }
        return opened
      },
      unsubscribe: ({ group, subscription }) => {
        subscription.ended = true
        group.remove(subscription)
        looks.get(subscription)?.()
        looks.delete(subscription)
        void this.#floors
          .get(principal.companyId)
          ?.then((floor) => floor.release())
          .catch(() => undefined)
      },
      onClosed: (closed) => {
        this.#sessions.delete(closed)
        this.#count(peer.door, -1)
      },
    })
  }

  #count(door: Peer['door'], by: number): void {
    const open = (this.#open.get(door) ?? 0) + by
    this.#open.set(door, open)
    this.#options.report?.connections?.(door, open)
  }

  /** Closes what a deactivated user, a changed role or a revoked session still holds open (P14). */
  revoke(who: { userId: string; companyId: string; sessionId?: string | undefined }): void {
    for (const session of this.#sessions) {
      const { userId, companyId, sessionId } = session.principal
      if (userId !== who.userId || companyId !== who.companyId) continue
      if (who.sessionId !== undefined && who.sessionId !== sessionId) continue
      session.close(closeCode.unauthorized, 'The session has ended.')
    }
  }

  get connections(): number {
    return this.#sessions.size
  }

  /** Says goodbye to everybody and stops. */
  async close(): Promise<void> {
    this.#closing = true
    this.#choices.stop()
    for (const session of this.#sessions) session.close(closeCode.restart, 'The server restarts.')
    for (const floor of this.#floors.values())
      await floor.then((opened) => opened.close()).catch(() => undefined)
    this.#floors.clear()
  }
}

/** Closes with the code that tells the console what helps: a new token, nothing, or another try (P14). */
function refuse(peer: Peer, error: unknown): void {
  const code = error instanceof ApiError ? error.code : null
  if (code === 'UNAUTHORIZED') peer.close(closeCode.unauthorized, 'A valid access token is needed.')
  else if (code === 'FORBIDDEN') peer.close(closeCode.forbidden, "You don't have permission")
  else peer.close(closeCode.restart, 'Sign-ins cannot be checked for a moment.')
}

// Supervisors' commands: stored with their receipt first, then handed to the voice platform; the answer becomes a fact.
import { randomUUID } from 'node:crypto'
import type { Intervention, InterventionAction, InterventionState } from '#contract/transcript.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Fact } from '#server/domain/fact.ts'
import type { Principal } from '#server/domain/principal.ts'
import type { ControlCommand, VoicePlatform } from '#server/domain/voice-platform.ts'
import type { CommittedEntry, Ingest } from '#server/ingest/port.ts'
import { claimed } from '#server/modules/claims/claimed-service.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'

export interface ActsOptions {
  db: Db
  ingest: Ingest
  platform: VoicePlatform
  clock: Clock
  /** How long the platform may take to answer, ms. */
  deliverTimeoutMs?: number
  onState?: ((action: InterventionAction, state: InterventionState) => void) | undefined
  onError?: ((error: unknown) => void) | undefined
}

type CommandWords = ControlCommand extends infer C
  ? C extends ControlCommand
    ? Omit<C, 'id' | 'companyId' | 'callId' | 'by'>
    : never
  : never

/** For whom an act is done; the server itself has no role and no session. */
export type Actor = Pick<Principal, 'companyId' | 'userId' | 'name'>

export interface Act {
  principal: Actor
  callId: string
  commandId?: string | undefined
  words: CommandWords
  /**
   * The act takes the call in hand: `respect` is refused with `CALL_CLAIMED` while somebody else has it, `force` takes it
   * over. Absent: claims do not matter.
   */
  claim?: 'respect' | 'force' | undefined
  /** Said of the act where its words have no text of their own. */
  text?: string | undefined
  /** Facts committed together with the act, before it. */
  facts?: readonly Fact[]
  /** Committed instead of a mere receipt when the platform refuses. */
  onRefused?: ((detail: string) => Fact) | undefined
}

export interface ActResult {
  commandId: string
  /** The call it acts on; of a repeated "dial" the one that was made first. */
  callId: string
  state: InterventionState
  /** The same id was used before: nothing was done, this is what became of it. */
  repeated: boolean
  entries: readonly CommittedEntry[]
}

/** What a command id is looked up for. */
export interface WantedAct {
  commandId: string | undefined
  action: InterventionAction
  /** Absent for "dial", whose call did not exist before. */
  callId?: string
}

export interface Acts {
  /** The receipt of a command id, if it was used before. Throws 409 when it was for another call or another action. */
  find(principal: Actor, wanted: WantedAct): Promise<Intervention | null>
  /** Commits the act as sent and hands it over in the background. */
  perform(act: Act): Promise<ActResult>
  /** Hands a command over again under its own id and stores what comes of it: the platform does an id once. */
  ask(command: ControlCommand): Promise<void>
  /** Acts that an earlier run of the server sent and never heard of: nobody knows what became of them. */
  settleLeftovers(): Promise<void>
  /** Resolves when no command is on its way any more. */
  idle(): Promise<void>
}

const defaultDeliverTimeoutMs = 5000

export function createActs(options: ActsOptions): Acts {
  const { db, ingest, platform, clock } = options
  const timeoutMs = options.deliverTimeoutMs ?? defaultDeliverTimeoutMs
  const underWay = new Set<Promise<void>>()

  async function find(principal: Actor, { commandId, action, callId }: WantedAct) {
    if (commandId === undefined) return null
    const row = await db
      .selectFrom('interventions')
      .select('data')
      .where('company_id', '=', principal.companyId)
      .where('command_id', '=', wellFormed(commandId))
      .executeTakeFirst()
    if (!row) return null
    const found = row.data as Intervention
    if (found.action !== action || (callId !== undefined && found.call_id !== callId))
      throw new ApiError('CONFLICT', 'This command_id was used for something else; make a new one.')
    return found
  }

  async function deliver(command: ControlCommand, onRefused: Act['onRefused']): Promise<void> {
    const { companyId, callId } = command
    const receipt = (state: InterventionState, detail?: string): Fact => {
      options.onState?.(command.action, state)
      return { event: 'desk.receipt', data: { call_id: callId, command_id: command.id, state, detail } }
    }
    const aborter = new AbortController()
    const timer = clock.setTimeout(() => aborter.abort(), timeoutMs)
    let facts: Fact[]
    try {
      const gaveUp = new Promise<never>((_, reject) => {
        aborter.signal.addEventListener('abort', () =>
          reject(new Error('The voice platform did not answer in time.')),
        )
      })
      const answer = await Promise.race([platform.send(command, aborter.signal), gaveUp])
      facts = [receipt(answer.state, answer.detail)]
      if (answer.state === 'refused' && onRefused) facts.push(onRefused(answer.detail))
    } catch {
      facts = [receipt('unknown', 'No answer from the voice platform.')]
    } finally {
      clock.clearTimeout(timer)
    }
    await store(companyId, facts)
  }

  /** A receipt must not be lost to a database that is away for a moment. */
  async function store(companyId: string, facts: Fact[]): Promise<void> {
    for (let attempt = 0; attempt < 60; attempt++)
      try {
        await ingest.submit({ companyId, facts })
        return
      } catch (error) {
        if ((error as Error).name !== 'IngestUnavailable') throw error
        await new Promise<void>((resolve) => void clock.setTimeout(resolve, 1000))
      }
  }

  function track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => options.onError?.(error))
      .finally(() => {
        underWay.delete(tracked)
      })
    underWay.add(tracked)
  }

  return {
    find,

    ask: (command) => deliver(command, undefined),

    async perform({ principal, callId, commandId, words, claim, text, facts = [], onRefused }) {
      const { action } = words
      const id = commandId ?? randomUUID()
      const wanted: WantedAct =
        action === 'dial' ? { commandId: id, action } : { commandId: id, action, callId }
      const repeat = (first: Intervention): ActResult => ({
        commandId: first.command_id,
        callId: first.call_id,
        state: first.state,
        repeated: true,
        entries: [],
      })
      const earlier = commandId === undefined ? null : await find(principal, wanted)
      if (earlier) return repeat(earlier)
      const by = { id: principal.userId, name: principal.name }
      const asked: Fact = {
        event: 'desk.intervention',
        data: {
          call_id: callId,
          command_id: id,
          action,
          by,
          claim,
          text: text ?? textOf(words),
          ...spanOf(words),
        },
      }
      const { entries } = await ingest.submit({ companyId: principal.companyId, facts: [...facts, asked] })
      const receipts = entries.filter((entry) => entry.event === 'intervention.updated')
      const last = receipts.at(-1)
      if (!last) {
        // Another request with the same id was committed in between.
        const first = await find(principal, wanted)
        if (!first && claim === 'respect') throw await claimed(db, principal, callId, clock.now())
        if (!first) throw new Error(`The act ${id} left no receipt.`)
        return repeat(first)
      }
      const { state, detail } = JSON.parse(last.data) as Intervention
      options.onState?.(action, state)
      if (state === 'refused') throw new ApiError('CALL_NOT_ACTIVE', detail ?? 'This call has ended.')
      if (state === 'sent')
        track(
          deliver({ ...words, id, companyId: principal.companyId, callId, by } as ControlCommand, onRefused),
        )
      return { commandId: id, callId, state, repeated: false, entries }
    },

    async settleLeftovers() {
      // A repair over all companies at start: each receipt is stored under its own company.
      const rows = await db
        .selectFrom('interventions')
        .select(['company_id', 'data'])
        .where('state', '=', 'sent')
        .execute()
      for (const { company_id, data } of rows) {
        const { call_id, command_id } = data as Intervention
        const detail = 'The server restarted before the voice platform answered.'
        await store(company_id, [
          { event: 'desk.receipt', data: { call_id, command_id, state: 'unknown', detail } },
        ])
      }
    },

    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

function spanOf(words: CommandWords) {
  if (words.action === 'pause') return { duration_s: words.durationS }
  if (words.action === 'override_instructions') return { scope: words.scope, duration_s: words.durationS }
  return {}
}

function textOf(words: CommandWords): string | undefined {
  switch (words.action) {
    case 'send_message':
    case 'override_instructions':
    case 'cancel_transfer':
    case 'hand_back':
      return words.text
    case 'transfer':
      return words.agent.name
    case 'end':
      return words.reason
    default:
      return undefined
  }
}

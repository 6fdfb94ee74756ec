// Carries warm transfers on: drafts briefings, rings the next agent, and does what is due when a state's time is over.
import type { HumanAgent } from '#contract/agent.ts'
import { isLive } from '#contract/call-rules.ts'
import type { TransferPerson } from '#contract/transfer.ts'
import type { Escalation } from '#contract/transcript.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import { transferOf } from '#server/domain/apply-transfer.ts'
import { briefingText, draftBriefing } from '#server/domain/briefing.ts'
import type { CallState } from '#server/domain/call-state.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { DeskFact, Fact } from '#server/domain/fact.ts'
import { type TransferMove, dueStep, longestWaitMs } from '#server/domain/transfer.ts'
import type { Ingest } from '#server/ingest/port.ts'
import { listAgents, pickAgent } from '#server/modules/agents/agents-service.ts'
import type { Act, Actor, Acts } from '#server/modules/calls/acts-service.ts'
import { readLines } from '#server/modules/calls/calls-service.ts'
import { type InTurn, createTurns } from '#server/modules/escalations/in-turn.ts'

export interface TransfersOptions {
  db: Db
  ingest: Ingest
  acts: Acts
  clock: Clock
  onError?: ((error: unknown) => void) | undefined
}

/** Lines a briefing is drafted from. */
const briefedLines = 200
const sorry = {
  back_to_ai: "I'm sorry, nobody from the team is free right now. I'm still here, so let's go on together.",
  callback:
    "I'm sorry, nobody from the team is free right now. Somebody will call you back within half an hour.",
} as const

type TransferFact = Extract<DeskFact, { event: 'desk.transfer' }>['data']

/** Who acts, and under which rule of claims. */
export type DeskAct = NonNullable<TransferFact['act']>

/** A call with its open escalation. */
export interface Open {
  state: CallState
  escalation: Escalation
}

export interface Transfers {
  /** A company's escalations take turns: an agent who is free is given away once. */
  inTurn: InTurn
  readOpen(companyId: string, callId: string): Promise<Open | null>
  /** Commits the moves; false when the transfer stood elsewhere by then, or somebody else has the call in hand. */
  move(
    companyId: string,
    open: Open,
    moves: readonly TransferMove[],
    also?: Pick<TransferFact, 'callback' | 'act'>,
  ): Promise<boolean>
  /** Asks the agent, on the record and on the phone; false when the record did not move (see `move`). */
  ring(actor: Actor, open: Open, agent: HumanAgent, act?: TransferFact['act']): Promise<boolean>
  /** Tells the platform; a call that has ended meanwhile needs nothing any more. */
  tell(actor: Actor, callId: string, words: Act['words'], text?: string): Promise<void>
  /** The free agent who fits best and was not asked yet. */
  nextAgent(companyId: string, open: Open): Promise<HumanAgent | undefined>
  draft(companyId: string, state: CallState, reason: string | undefined): Promise<Escalation['briefing']>
  /** Does what is due about the call's transfer, if anything is. */
  due(companyId: string, callId: string): Promise<void>
  /** Hears what was committed, and drafts the briefings of new requests. */
  note(companyId: string, entries: readonly { event: string; callId: string }[]): void
  /** Resolves when no briefing is being drafted. */
  idle(): Promise<void>
}

export const whoOf = ({ id, name }: TransferPerson): TransferPerson => ({ id, name })

export function createTransfers({ db, ingest, acts, clock, onError }: TransfersOptions): Transfers {
  const inTurn = createTurns()
  const underWay = new Set<Promise<void>>()
  const server = (companyId: string): Actor => ({ companyId, userId: 'callboard', name: 'Callboard' })

  async function readState(companyId: string, callId: string): Promise<CallState | null> {
    const row = await db
      .selectFrom('calls')
      .select('state')
      .where('company_id', '=', companyId)
      .where('id', '=', callId)
      .executeTakeFirst()
    return row ? (row.state as CallState) : null
  }

  async function readOpen(companyId: string, callId: string): Promise<Open | null> {
    const state = await readState(companyId, callId)
    const escalation = state?.escalation
    const isOpen = escalation?.status === 'pending' || escalation?.status === 'in_progress'
    return state && escalation && isOpen ? { state, escalation } : null
  }

  const move: Transfers['move'] = async (companyId, open, moves, also = {}) => {
    const { state, since } = transferOf(open.escalation)
    const fact: Fact = {
      event: 'desk.transfer',
      data: {
        call_id: open.escalation.call_id,
        escalation_id: open.escalation.id,
        moves,
        expect: { state, since },
        ...also,
      },
    }
    const { entries } = await ingest.submit({ companyId, facts: [fact] })
    return entries.some(({ event }) => event.startsWith('escalation.'))
  }

  async function tell(principal: Actor, callId: string, words: Act['words'], text?: string): Promise<void> {
    try {
      await acts.perform({ principal, callId, words, ...(text === undefined ? {} : { text }) })
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'CALL_NOT_ACTIVE') throw error
    }
  }

  const ring: Transfers['ring'] = async (actor, open, agent, act) => {
    const { escalation } = open
    const by = actor.userId === 'callboard' ? undefined : { id: actor.userId, name: actor.name }
    const briefing = escalation.briefing ?? (await draft(actor.companyId, open.state, reasonOf(escalation)))
    const asked: TransferMove = { kind: 'ask', agent: whoOf(agent), by }
    if (!(await move(actor.companyId, open, [asked], { act }))) return false
    await tell(actor, escalation.call_id, {
      action: 'transfer',
      agent: { id: agent.id, name: agent.name, phoneNumber: agent.phone_number },
      reason: reasonOf(escalation),
      briefing: briefing && briefingText(briefing),
    })
    return true
  }

  async function nextAgent(companyId: string, { state, escalation }: Open): Promise<HumanAgent | undefined> {
    const asked = new Set(transferOf(escalation).attempts.map(({ agent }) => agent.id))
    const agents = await listAgents(db, companyId, { is_active: true })
    const words = [state.call.business_id, state.call.business_name].filter((word) => word !== undefined)
    return pickAgent(
      agents.filter(({ id }) => !asked.has(id)),
      words,
    )
  }

  async function draft(companyId: string, { call }: CallState, reason: string | undefined) {
    const { interactions } = await readLines(db, companyId, call.id, {
      limit: briefedLines,
      offset: 0,
      before: Number.MAX_SAFE_INTEGER,
    })
    return draftBriefing(call, interactions, reason, new Date(clock.now()).toISOString())
  }

  async function brief(companyId: string, callId: string): Promise<void> {
    const open = await readOpen(companyId, callId)
    if (!open || open.escalation.briefing) return
    const briefing = await draft(companyId, open.state, reasonOf(open.escalation))
    if (!briefing) return
    const change = { kind: 'draft' as const, briefing }
    const data = { call_id: callId, escalation_id: open.escalation.id, change }
    await ingest.submit({ companyId, facts: [{ event: 'desk.briefing', data }] })
  }

  /** Nobody will be asked any more: the AI says so and goes on, or the caller is called back. */
  async function settle(companyId: string, open: Open, outcome: 'back_to_ai' | 'callback'): Promise<void> {
    const { attempts, state, reason } = transferOf(open.escalation)
    const why = reason ?? 'Nobody was free.'
    const callback =
      outcome === 'callback' ? `A person was wanted and nobody could be reached: ${why}` : undefined
    if (!(await move(companyId, open, [{ kind: 'settle', outcome, reason: why }], { callback }))) return
    // Without an attempt the caller never left the AI.
    if (state === 'requested' && attempts.length === 0) return
    await tell(server(companyId), open.escalation.call_id, {
      action: 'cancel_transfer',
      text: sorry[outcome],
    })
  }

  async function follow(companyId: string, open: Open): Promise<void> {
    const { escalation, state } = open
    const transfer = transferOf(escalation)
    if (transfer.fallback !== 'next_agent') return settle(companyId, open, transfer.fallback)
    const agent = await nextAgent(companyId, open)
    if (agent) return void (await ring(server(companyId), open, agent))
    const waited = clock.now() - Date.parse(escalation.requested_at)
    if (transfer.state === 'requested' && waited < longestWaitMs) {
      await move(companyId, open, [{ kind: 'wait' }])
      return
    }
    const wanted = state.call.signals?.asked_for_human !== undefined || transfer.state === 'requested'
    await settle(companyId, open, wanted ? 'callback' : 'back_to_ai')
  }

  return {
    inTurn,
    readOpen,
    move,
    ring,
    tell,
    nextAgent,
    draft,

    due: (companyId, callId) =>
      inTurn(companyId, async () => {
        const open = await readOpen(companyId, callId)
        if (!open || !isLive(open.state.call.status)) return
        const step = dueStep(transferOf(open.escalation), clock.now())
        if (!step) return
        if (!open.escalation.briefing) await brief(companyId, callId)
        if ('move' in step) await move(companyId, open, [step.move])
        else await follow(companyId, open)
      }),

    note(companyId, entries) {
      for (const { event, callId } of entries) {
        if (event !== 'escalation.triggered') continue
        const work = brief(companyId, callId)
          .catch((error: unknown) => onError?.(error))
          .finally(() => underWay.delete(work))
        underWay.add(work)
      }
    },

    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

/** Why a person was asked for, in words; undefined when nobody said. */
export function reasonOf({ context_data, trigger_type }: Escalation): string | undefined {
  if (typeof context_data.reason === 'string') return context_data.reason
  return trigger_type === 'manual' ? undefined : `Asked for by a rule: ${trigger_type.replaceAll('_', ' ')}`
}

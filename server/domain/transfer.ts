// The warm transfer as a machine: which move is possible when, how long each state may last, and what follows then. Pure.
import type {
  HandBack,
  Transfer,
  TransferAttempt,
  TransferFallback,
  TransferPerson,
  TransferState,
} from '#contract/transfer.ts'
import type { EscalationStatus } from '#contract/call.ts'

export type TransferMove =
  /** This person is asked: the briefing goes to the platform. */
  | { kind: 'ask'; agent: TransferPerson; by?: TransferPerson | undefined; commandId?: string | undefined }
  /** The platform rings the person. */
  | { kind: 'ring' }
  /** The person who is asked takes it, or somebody else who names themself. */
  | { kind: 'accept'; agent?: TransferPerson | undefined }
  | { kind: 'bridge' }
  /** The attempt came to nothing. */
  | { kind: 'miss'; how: 'rejected' | 'failed' | 'timed_out'; reason?: string | undefined }
  /** Nobody is free: it waits on. */
  | { kind: 'wait' }
  /** Nobody will be asked any more; the caller is looked after in another way. */
  | { kind: 'settle'; outcome: 'back_to_ai' | 'callback'; reason?: string | undefined }
  /** Asked to give the call back, and how far that has come; the person stays until it is carried out. */
  | { kind: 'hand_back'; wish: HandBack }
  | { kind: 'complete'; promised?: readonly string[] | undefined }
  | { kind: 'cancel'; reason?: string | undefined }
  | { kind: 'choose_fallback'; fallback: TransferFallback }

type Kind = TransferMove['kind']

/** How long each state lasts before its fallback, ms. What is not listed lasts for ever. */
export const transferLimitsMs: Partial<Record<TransferState, number>> = {
  requested: 120_000,
  briefing: 15_000,
  ringing: 40_000,
  accepted: 20_000,
  // Nobody is cut off by it: only the record is closed.
  bridged: 7_200_000,
  rejected: 3000,
  failed: 3000,
  timed_out: 3000,
}

/** While nobody is free the request is looked at again after this long, ms. */
export const waitAgainMs = 60_000
/** After this long without anybody the caller is called back instead, ms. */
export const longestWaitMs = 600_000
/** People who are asked before the AI goes on with an apology. */
export const mostAttempts = 3

const missed: readonly TransferState[] = ['rejected', 'failed', 'timed_out']
const possible: Record<TransferState, readonly Kind[]> = {
  requested: ['ask', 'accept', 'bridge', 'wait', 'settle', 'complete', 'cancel', 'choose_fallback'],
  briefing: ['ask', 'ring', 'accept', 'bridge', 'miss', 'settle', 'complete', 'cancel', 'choose_fallback'],
  ringing: ['ask', 'accept', 'bridge', 'miss', 'settle', 'complete', 'cancel', 'choose_fallback'],
  accepted: ['bridge', 'miss', 'hand_back', 'complete', 'cancel'],
  bridged: ['hand_back', 'complete', 'cancel'],
  rejected: ['ask', 'accept', 'bridge', 'wait', 'settle', 'complete', 'cancel', 'choose_fallback'],
  failed: ['ask', 'accept', 'bridge', 'wait', 'settle', 'complete', 'cancel', 'choose_fallback'],
  timed_out: ['ask', 'accept', 'bridge', 'wait', 'settle', 'complete', 'cancel', 'choose_fallback'],
  completed: [],
  cancelled: [],
}

/** True while something may still happen. */
export function isUnsettled({ state, outcome }: Transfer): boolean {
  return outcome === undefined && possible[state].length > 0
}

/** The documented status a transfer stands for. */
export function statusOf(transfer: Transfer): EscalationStatus {
  const { state } = transfer
  if (state === 'completed') return 'completed'
  if (!isUnsettled(transfer)) return 'cancelled'
  return state === 'accepted' || state === 'bridged' ? 'in_progress' : 'pending'
}

/** A new request; with an agent the briefing is already on its way to them. */
export function startTransfer(
  at: string,
  asked: { by?: TransferPerson; agent?: TransferPerson } = {},
): Transfer {
  const transfer = enter(
    { state: 'requested', since: at, attempts: [], fallback: 'next_agent' },
    'requested',
    at,
  )
  if (asked.by) transfer.by = asked.by
  return asked.agent ? ask(transfer, asked.agent, at) : transfer
}

/** The transfer after the move at `at` (ISO 8601); null when the move is not possible from where it stands. */
export function moveTransfer(transfer: Transfer, move: TransferMove, at: string): Transfer | null {
  if (!isUnsettled(transfer) || !possible[transfer.state].includes(move.kind)) return null
  switch (move.kind) {
    case 'ask':
      return ask(transfer, move.agent, at, move)
    case 'ring':
      return attempted(enter(transfer, 'ringing', at), { state: 'ringing' })
    case 'accept': {
      const agent = move.agent ?? transfer.agent
      if (!agent) return null
      const taken = agent.id === transfer.agent?.id ? transfer : ask(transfer, agent, at)
      return attempted(enter(taken, 'accepted', at), { state: 'accepted' })
    }
    case 'bridge':
      return transfer.agent ? attempted(enter(transfer, 'bridged', at), { state: 'bridged' }) : null
    case 'miss':
      return miss(transfer, move, at)
    case 'wait':
      return { ...enter(withoutAgent(transfer), 'requested', at), deadline: later(at, waitAgainMs) }
    case 'settle':
      return settle(transfer, move, at)
    case 'hand_back':
      return { ...transfer, hand_back: move.wish }
    case 'complete': {
      const done = withoutDeadline(enter(transfer, 'completed', at))
      // Who hangs up while the call is on its way back has promised it all the same.
      const promised = move.promised ?? transfer.hand_back?.promised ?? []
      return promised.length > 0 ? { ...done, promised: [...promised] } : done
    }
    case 'cancel': {
      const given =
        transfer.agent && !missed.includes(transfer.state)
          ? ended(transfer, 'cancelled', at, move.reason)
          : transfer
      return said(withoutDeadline(enter(given, 'cancelled', at)), move.reason)
    }
    case 'choose_fallback':
      return { ...transfer, fallback: move.fallback }
  }
}

/** What is to be done when the present state's time is over. */
export type DueStep = { move: TransferMove } | { follow: TransferFallback }

/** The step that is due at `now` (epoch ms); null before the deadline and of a settled transfer. */
export function dueStep(transfer: Transfer, now: number): DueStep | null {
  const { state, deadline, fallback, agent } = transfer
  if (!isUnsettled(transfer) || deadline === undefined || Date.parse(deadline) > now) return null
  const who = agent?.name ?? 'The agent'
  switch (state) {
    case 'briefing':
      return {
        move: { kind: 'miss', how: 'timed_out', reason: 'The voice platform did not start to ring in time.' },
      }
    case 'ringing':
      return { move: { kind: 'miss', how: 'timed_out', reason: `${who} did not pick up.` } }
    case 'accepted':
      return { move: { kind: 'miss', how: 'failed', reason: `${who} could not be connected.` } }
    case 'bridged':
      return { move: { kind: 'complete' } }
    default:
      return { follow: fallback }
  }
}

function ask(
  transfer: Transfer,
  agent: TransferPerson,
  at: string,
  { by, commandId }: { by?: TransferPerson | undefined; commandId?: string | undefined } = {},
): Transfer {
  const before =
    transfer.agent && !missed.includes(transfer.state)
      ? ended(transfer, 'cancelled', at, `${agent.name} was asked instead.`)
      : transfer
  const attempt: TransferAttempt = { agent, state: 'briefing', at }
  if (commandId !== undefined) attempt.command_id = commandId
  const { reason: _, ...next } = enter(before, 'briefing', at)
  return { ...next, agent, attempts: [...before.attempts, attempt], ...(by ? { by } : {}) }
}

function miss(transfer: Transfer, move: Extract<TransferMove, { kind: 'miss' }>, at: string): Transfer {
  const attempts = ended(transfer, move.how, at, move.reason)
  const next = said(withoutAgent(enter(attempts, move.how, at)), move.reason)
  const exhausted = next.fallback === 'next_agent' && next.attempts.length >= mostAttempts
  return exhausted ? { ...next, fallback: 'back_to_ai' } : next
}

function settle(transfer: Transfer, move: Extract<TransferMove, { kind: 'settle' }>, at: string): Transfer {
  const wasMissed = missed.includes(transfer.state)
  const given = wasMissed || !transfer.agent ? transfer : ended(transfer, 'cancelled', at, move.reason)
  // What it came to stays readable: "timed out, back to the AI".
  const state = wasMissed ? transfer.state : 'timed_out'
  const settled = withoutDeadline(enter(withoutAgent(given), state, at))
  return { ...said(settled, move.reason ?? transfer.reason), outcome: move.outcome }
}

function enter(transfer: Transfer, state: TransferState, at: string): Transfer {
  const limit = transferLimitsMs[state]
  const { hand_back, ...rest } = transfer
  const next: Transfer = { ...rest, state, since: at }
  // It was asked for by who had accepted, and holds on while they are connected.
  if (hand_back && state === 'bridged') next.hand_back = hand_back
  return limit === undefined ? withoutDeadline(next) : { ...next, deadline: later(at, limit) }
}

function attempted(transfer: Transfer, patch: Partial<TransferAttempt>): Transfer {
  const { attempts } = transfer
  const last = attempts.at(-1)
  return last ? { ...transfer, attempts: [...attempts.slice(0, -1), { ...last, ...patch }] } : transfer
}

function ended(transfer: Transfer, state: TransferAttempt['state'], at: string, reason?: string): Transfer {
  return attempted(transfer, { state, ended_at: at, ...(reason ? { reason } : {}) })
}

function withoutAgent(transfer: Transfer): Transfer {
  const { agent: _, ...rest } = transfer
  return rest
}

function withoutDeadline(transfer: Transfer): Transfer {
  const { deadline: _, ...rest } = transfer
  return rest
}

function said(transfer: Transfer, reason: string | undefined): Transfer {
  const { reason: _, ...rest } = transfer
  return reason ? { ...rest, reason } : rest
}

function later(at: string, ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString()
}

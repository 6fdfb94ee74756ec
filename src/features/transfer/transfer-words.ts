// A transfer in words: its steps with their times, where it stands, what follows. Pure; instants in epoch ms.
import type { Transfer, TransferAttempt, TransferFallback } from '#contract/transfer.ts'
import type { Escalation } from '#contract/transcript.ts'
import { describeDuration, formatDuration } from '#src/lib/duration.ts'
import type { Step } from '#src/ui/steps.tsx'

export const fallbackWords: Record<TransferFallback, string> = {
  next_agent: 'the next free agent is asked',
  back_to_ai: 'the AI goes on, with an apology',
  callback: 'the caller is promised a call back',
}

const names = ['Requested', 'Briefing', 'Ringing', 'Accepted', 'Bridged', 'Done'] as const
const places = { requested: 0, briefing: 1, ringing: 2, accepted: 3, bridged: 4, completed: 5 } as const

/** All steps in their order; what came to nothing stays in its place and says so. */
export function transferSteps(
  escalation: Escalation,
  transfer: Transfer,
  startedAt: number,
  now: number,
): Step[] {
  const place = placeOf(transfer)
  const isOver =
    transfer.state === 'completed' || transfer.state === 'cancelled' || transfer.outcome !== undefined
  const missed = place.failed
  return names.map((name, index) => {
    if (index === 0 && (place.at > 0 || missed))
      return {
        name,
        state: 'done',
        note: `at ${formatDuration(Date.parse(escalation.requested_at) - startedAt)}`,
      }
    if (index < place.at) return { name, state: 'done', note: noteOf(escalation, transfer, index) }
    if (index > place.at) return { name, state: 'coming', note: undefined }
    if (missed) return { name, state: 'failed', note: missedWords[transfer.state] ?? transfer.state }
    if (transfer.state === 'completed') return { name, state: 'done', note: doneNote(escalation) }
    return {
      name,
      state: isOver ? 'failed' : 'current',
      note: formatDuration(now - Date.parse(transfer.since)),
    }
  })
}

const missedWords: Partial<Record<Transfer['state'], string>> = {
  rejected: 'said no',
  failed: 'failed',
  timed_out: 'no answer',
  cancelled: 'withdrawn',
}

function placeOf({ state, attempts }: Transfer): { at: number; failed: boolean } {
  if (state in places) return { at: places[state as keyof typeof places], failed: false }
  return { at: attempts.length > 0 ? places.ringing : places.requested, failed: true }
}

function noteOf({ accepted_at }: Escalation, { attempts }: Transfer, index: number): string | undefined {
  const asked = attempts.at(-1)?.at
  if (index === places.accepted && accepted_at && asked)
    return `after ${describeDuration(Date.parse(accepted_at) - Date.parse(asked))}`
  return undefined
}

function doneNote({ accepted_at, completed_at }: Escalation): string | undefined {
  if (!accepted_at || !completed_at) return undefined
  return `after ${describeDuration(Date.parse(completed_at) - Date.parse(accepted_at))}`
}

/** Where it stands, in one sentence. */
export function standingWords(transfer: Transfer): string {
  const { state, agent, reason, outcome } = transfer
  const who = agent?.name ?? 'A person'
  if (outcome === 'back_to_ai') return `${reason ?? 'Nobody could be reached.'} The AI goes on.`
  if (outcome === 'callback') return `${reason ?? 'Nobody could be reached.'} A call back is owed.`
  switch (state) {
    case 'requested':
      return 'A person is wanted; nobody is asked yet.'
    case 'briefing':
      return `The briefing goes to ${who}.`
    case 'ringing':
      return `Ringing ${who}.`
    case 'accepted':
      return `${who} took it and is being connected.`
    case 'bridged':
      return `${who} speaks with the caller.`
    case 'completed':
      return `${who} is done; a call that goes on is the AI’s.`
    case 'cancelled':
      return reason ?? 'Withdrawn.'
    default:
      return reason ?? 'It came to nothing.'
  }
}

/** Where it stands and for how long, with the time that is left unless it is `brief`: all that a folded panel says. */
export function transferLine(transfer: Transfer, now: number, brief = false): string {
  const { state, since, deadline, outcome } = transfer
  const words = standingWords(transfer).replace(/\.$/, '')
  if (outcome !== undefined || state === 'completed' || state === 'cancelled') return words
  const left = deadline === undefined || brief ? null : Math.max(0, Date.parse(deadline) - now)
  return `${words}, ${formatDuration(now - Date.parse(since))}${left === null ? '' : ` · ${formatDuration(left)} left`}`
}

/** The same of an escalation that no transfer was made of. */
export function escalationLine({ status, agent_name, requested_at }: Escalation, now: number): string {
  const who = agent_name ?? 'A person'
  switch (status) {
    case 'pending': {
      const waits = formatDuration(now - Date.parse(requested_at))
      return agent_name
        ? `Asking ${agent_name}, ${waits}`
        : `A person is wanted; nobody is asked yet, ${waits}`
    }
    case 'in_progress':
      return `${who} has the call`
    case 'completed':
      return `${who} is done`
    default:
      return 'Withdrawn'
  }
}

/** How far a call is on its way back to the AI; until it is carried out the person stays on it. */
export function handBackWords({ agent, hand_back }: Transfer, ai: string): string {
  if (!hand_back) return ''
  const who = agent?.name ?? 'The person'
  const detail = hand_back.detail ? ` (${hand_back.detail})` : ''
  switch (hand_back.state) {
    case 'refused':
      return `Not handed back to ${ai}${detail}. ${who} stays on the call.`
    case 'unknown':
      return `Whether ${ai} took the call back is not known${detail}. ${who} stays on the call until it is.`
    default:
      return `On its way back to ${ai}; ${who} stays on the call until that is carried out.`
  }
}

/** What happens when, or after, the time of the present state is over; null of a settled one. */
export function nextWords({ state, deadline, fallback, outcome }: Transfer, now: number): string | null {
  if (deadline === undefined || outcome !== undefined || state === 'bridged') return null
  const left = Math.max(0, Date.parse(deadline) - now)
  return `${formatDuration(left)} left, then ${fallbackWords[fallback]}`
}

const attemptWords: Record<TransferAttempt['state'], string> = {
  briefing: 'is told',
  ringing: 'rings',
  accepted: 'took it',
  bridged: 'speaks',
  rejected: 'said no',
  failed: 'failed',
  timed_out: 'did not answer',
  cancelled: 'not asked any more',
}

/** One person who was asked, and how it went. */
export function attemptLine({ agent, state, reason }: TransferAttempt): string {
  return `${agent.name}: ${attemptWords[state]}${reason && !reason.startsWith(agent.name) ? ` (${reason})` : ''}`
}

// The people at the desk in a past call: who stepped in, wrote a note, sent somebody; and what the server does when time is up.
import { isLive } from '#contract/call-rules.ts'
import type { CallInteraction, Escalation } from '#contract/transcript.ts'
import { transferOf } from '#server/domain/apply-transfer.ts'
import { briefingText, draftBriefing } from '#server/domain/briefing.ts'
import { type CallState, isoOf } from '#server/domain/call-state.ts'
import type { Fact } from '#server/domain/fact.ts'
import { dueStep, longestWaitMs } from '#server/domain/transfer.ts'
import { acts, actWords, notes, reasons, sorry } from '#server/feed/history/desk-words.ts'
import type { Floor, LiveCall } from '#server/feed/simulator/live-call.ts'
import { type CallCommand, carryOut, refusalOf } from '#server/feed/simulator/obey-command.ts'
import type { Random } from '#server/feed/simulator/random.ts'

export interface Person {
  id: string
  name: string
}

export interface PastPeople {
  companyId: string
  /** Those who may step in; without any nobody does. */
  supervisors: readonly Person[]
  /** Those who take calls over. */
  agents: readonly (Person & { skills: readonly string[] })[]
  /** Whether somebody sits at the desk at this instant, epoch ms. */
  isStaffed(at: number): boolean
}

interface DeskParts {
  floor: Floor
  call: LiveCall
  people: PastPeople
  apply(fact: Fact): void
  read(): CallState | null
  lines(): CallInteraction[]
}

/** The server itself, as receipts name it. */
const server: Person = { id: 'callboard', name: 'Callboard' }
const handedOverMs = 120
const handlingMs = 250
const briefedMs = 40
const briefedLines = 200
const assignedChance = 0.8
const assignMs = 28_000
const soonestMs = 4000

function makeId(random: Random): string {
  const hex = (length: number) => Array.from({ length }, () => random.whole(0, 15).toString(16)).join('')
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`
}

/** The desk of one call: `begin` once it rings, `look` after each fact that came of it. */
export function createPastDesk({ floor, call, people, apply, read, lines }: DeskParts) {
  const random = call.random.fork('desk')
  const { agenda } = floor
  const supervisor = people.supervisors.length > 0 ? random.pick(people.supervisors) : undefined
  let seenDeadline: string | undefined
  let seenRequest: number | undefined

  const isOn = () => {
    const state = read()
    return state !== null && isLive(state.call.status) && call.state !== 'ended'
  }

  const perform = (by: Person, words: ReturnType<typeof actWords>, claim = by !== server) => {
    if (!isOn()) return
    const id = makeId(random)
    const command = { ...words, id, companyId: people.companyId, callId: call.id, by } as CallCommand
    apply({
      event: 'desk.intervention',
      data: {
        call_id: call.id,
        command_id: id,
        action: command.action,
        by,
        ...(claim ? { claim: 'respect' as const } : {}),
        text:
          command.action === 'transfer' ? command.agent.name : 'text' in command ? command.text : undefined,
        ...(command.action === 'override_instructions' ? { scope: command.scope } : {}),
      },
    })
    agenda.at(floor.now() + handedOverMs, () => {
      if (call.state === 'ended') return
      const refusal = refusalOf(call, command)
      if (!refusal) call.open.add(id)
      const state = refusal ? ('refused' as const) : ('delivered' as const)
      apply({ event: 'desk.receipt', data: { call_id: call.id, command_id: id, state, detail: refusal } })
      look()
      if (!refusal) agenda.at(floor.now() + handlingMs, () => carryOut(floor, call, command))
    })
  }

  const open = (): Escalation | null => {
    const escalation = read()?.escalation
    return escalation && (escalation.status === 'pending' || escalation.status === 'in_progress')
      ? escalation
      : null
  }

  const brief = (reason: string | undefined) => {
    const state = read()
    return state && draftBriefing(state.call, lines().slice(-briefedLines), reason, isoOf(floor.now()))
  }

  const nextAgent = (escalation: Escalation) => {
    if (!people.isStaffed(floor.now())) return undefined
    const asked = new Set(transferOf(escalation).attempts.map(({ agent }) => agent.id))
    const free = people.agents.filter(({ id }) => !asked.has(id))
    const fitting = free.filter(({ skills }) => skills.includes(call.business.kind))
    const choice = fitting.length > 0 ? fitting : free
    return choice.length > 0 ? random.pick(choice) : undefined
  }

  const ring = (by: Person, escalation: Escalation, { id, name }: Person) => {
    const reason = reasonOf(escalation)
    const agent = { id, name }
    const act = by === server ? undefined : { by, claim: 'respect' as const }
    const asks = { kind: 'ask' as const, agent, by: by === server ? undefined : by }
    move(escalation, { moves: [asks], act })
    const briefing = read()?.escalation?.briefing
    perform(by, { action: 'transfer', agent, reason, briefing: briefing && briefingText(briefing) }, false)
  }

  type Moves = Extract<Fact, { event: 'desk.transfer' }>['data']
  const move = ({ id }: Escalation, data: Pick<Moves, 'moves' | 'callback' | 'act'>) => {
    apply({ event: 'desk.transfer', data: { call_id: call.id, escalation_id: id, ...data } })
    look()
  }

  const settle = (escalation: Escalation, outcome: 'back_to_ai' | 'callback') => {
    const { attempts, state, reason: why = 'Nobody was free.' } = transferOf(escalation)
    const callback =
      outcome === 'callback' ? `A person was wanted and nobody could be reached: ${why}` : undefined
    move(escalation, { moves: [{ kind: 'settle', outcome, reason: why }], callback })
    if (state === 'requested' && attempts.length === 0) return
    perform(server, { action: 'cancel_transfer', text: sorry[outcome] })
  }

  const due = () => {
    const escalation = open()
    if (!escalation || !isOn()) return
    const transfer = transferOf(escalation)
    const step = dueStep(transfer, floor.now())
    if (!step) return
    if ('move' in step) return move(escalation, { moves: [step.move] })
    if (step.follow !== 'next_agent') return settle(escalation, step.follow)
    const agent = nextAgent(escalation)
    if (agent) return ring(server, escalation, agent)
    const waited = floor.now() - Date.parse(escalation.requested_at)
    if (transfer.state === 'requested' && waited < longestWaitMs)
      return move(escalation, { moves: [{ kind: 'wait' }] })
    const wanted = read()?.call.signals?.asked_for_human !== undefined || transfer.state === 'requested'
    settle(escalation, wanted ? 'callback' : 'back_to_ai')
  }

  /** A new request is briefed, and mostly somebody at the desk sends a person before its time is over. */
  const noteRequest = (escalation: Escalation) => {
    if (seenRequest === escalation.id) return
    seenRequest = escalation.id
    agenda.at(floor.now() + briefedMs, () => {
      const briefing = open()?.id === escalation.id ? brief(reasonOf(escalation)) : null
      if (!briefing || escalation.briefing) return
      const change = { kind: 'draft' as const, briefing }
      apply({ event: 'desk.briefing', data: { call_id: call.id, escalation_id: escalation.id, change } })
    })
    if (escalation.assigned_agent_id !== undefined || !supervisor || !random.chance(assignedChance)) return
    agenda.at(floor.now() + soonestMs + random.exponential(assignMs), () => {
      const now = open()
      const agent = now?.id === escalation.id && isOn() ? nextAgent(now) : undefined
      if (now && agent && now.assigned_agent_id === undefined && now.status === 'pending')
        ring(supervisor, now, agent)
    })
  }

  const look = () => {
    const escalation = open()
    if (!escalation) return
    noteRequest(escalation)
    const { deadline } = transferOf(escalation)
    if (deadline === undefined || deadline === seenDeadline) return
    seenDeadline = deadline
    agenda.at(Date.parse(deadline), due)
  }

  const escalate = (by: Person) => {
    const state = read()
    const agent = people.agents.length > 0 ? random.pick(people.agents) : undefined
    if (!state || !agent || !isOn() || open() || call.state !== 'talking') return
    const reason = random.pick(reasons)
    const briefing = brief(reason) ?? undefined
    const named = { id: agent.id, name: agent.name }
    apply({ event: 'desk.escalation', data: { call_id: call.id, agent: named, by, reason, briefing } })
    perform(by, {
      action: 'transfer',
      agent: named,
      reason,
      briefing: briefing && briefingText(briefing),
    })
    look()
  }

  const stepIn = (by: Person, kind: (typeof acts)[number]['kind']) => {
    if (!isOn()) return
    if (kind === 'escalate') return escalate(by)
    if (kind === 'note') {
      const { note, category } = random.pick(notes)
      apply({ event: 'desk.note', data: { call_id: call.id, author: by, note, tags: [], category } })
      return
    }
    if (call.state !== 'talking') return
    perform(by, actWords(kind, random))
    if (kind === 'pause')
      agenda.at(floor.now() + random.between(8000, 35_000), () => perform(by, { action: 'resume' }))
  }

  return {
    look,
    begin() {
      if (!supervisor || call.plan.answer !== 'answered' || !people.isStaffed(floor.now())) return
      for (const { kind, chance } of acts)
        if (random.chance(chance))
          agenda.at(floor.now() + call.plan.ringMs + random.between(0.2, 0.85) * talkMs(call), () =>
            stepIn(supervisor, kind),
          )
    },
  }
}

const talkMs = ({ plan }: LiveCall) => plan.durationMs - plan.ringMs

/** Why a person was asked for, in the words of the desk. */
function reasonOf({ context_data, trigger_type }: Escalation): string | undefined {
  if (typeof context_data.reason === 'string') return context_data.reason
  return trigger_type === 'manual' ? undefined : `Asked for by a rule: ${trigger_type.replaceAll('_', ' ')}`
}

// A supervisor hands the call to a person: it rings there; the person picks up, says no, or lets it ring.
import { reportEscalation, reportReceipt, reportUpdated } from '#server/feed/simulator/call-facts.ts'
import type { Floor, LiveCall } from '#server/feed/simulator/live-call.ts'
import { personScript } from '#server/feed/simulator/person-script.ts'
import { type Beat, toBeats } from '#server/feed/simulator/plan-call.ts'
import { goOn, makeBeat } from '#server/feed/simulator/play-call.ts'

const pickUpMs = [8000, 25_000] as const
const answeredMs = [1200, 2500] as const
const rejectMs = [4000, 10_000] as const
const ringOutMs = [26_000, 38_000] as const
const readMs = [2500, 7000] as const
const ringOutChance = 0.08
const rejectChance = 0.07
/** The caller is not left with music when nobody says what comes next. */
const patienceMs = 25_000

const excuses = [
  'is on another call.',
  'is at a customer’s house right now.',
  'is about to go into a meeting.',
  'cannot take it right now.',
] as const

const firstNameOf = (name: string) => name.split(' ')[0] ?? name

interface Transfer {
  commandId: string
  agent: { id: string; name: string }
  /** The person has said yes already. */
  answered: boolean
}

/** Rings the person; the AI says so unless it is paused, and the caller hears music. */
export function handOver(floor: Floor, call: LiveCall, transfer: Transfer): void {
  const { random } = call
  const wasPaused = call.state === 'paused'
  const wasRinging = call.state === 'transferring'
  if (!wasRinging) call.before = call.state === 'with-person' ? 'with-person' : 'talking'
  floor.agenda.cancel(call.pickUp)
  const speaker = call.before === 'with-person' ? 'agent' : 'ai'
  call.slots = { ...call.slots, agent: firstNameOf(transfer.agent.name) }
  const words = wasRinging
    ? ['Let me try {agent} for you.', "I'm asking {agent} now. Thank you for your patience."]
    : [
        "I'm bringing in {agent} from our team now. Please stay on the line.",
        'Let me connect you with my colleague {agent}. One moment, please.',
        "I'm putting you through to {agent}, who can take it from here.",
      ]
  const music = makeBeat(call, 'system', 'On hold: music while {agent} is called', { holdSeconds: 20 })
  call.first.push(...(wasPaused ? [] : [makeBeat(call, speaker, random.pick(words))]), music)
  call.state = 'transferring'
  goOn(floor, call)
  const luck = random.next()
  const isOut = !transfer.answered && luck < ringOutChance
  const isNo = !transfer.answered && !isOut && luck < ringOutChance + rejectChance
  const [least, most] = transfer.answered ? answeredMs : isOut ? ringOutMs : isNo ? rejectMs : pickUpMs
  const waitMs = random.between(least, most)
  call.pickUp = floor.agenda.at(floor.after(waitMs), () => {
    const name = transfer.agent.name
    if (isOut) comeToNothing(floor, call, transfer, 'timed_out', `${name} did not pick up.`)
    else if (isNo) comeToNothing(floor, call, transfer, 'rejected', `${name} ${random.pick(excuses)}`)
    else pickUp(floor, call, transfer)
  })
}

function pickUp(floor: Floor, call: LiveCall, { commandId, agent }: Transfer): void {
  call.person = agent
  call.personSaid = []
  call.state = 'with-person'
  call.open.delete(commandId)
  // What the AI still had to say is not said any more.
  for (const beat of [...call.first, ...call.afterPause]) refuseUnsaid(floor, call, beat)
  call.first = []
  call.afterPause = []
  call.script = personLines(call)
  call.next = 0
  reportEscalation(floor, call, 'escalation.updated', {
    status: 'in_progress',
    assigned_agent_id: agent.id,
    transfer: { state: 'bridged' },
  })
  reportUpdated(floor, call, { answered_by: 'human', assigned_agent_id: agent.id, ai_paused: false })
  reportReceipt(floor, call.id, { commandId, state: 'applied', detail: `${agent.name} picked up.` })
  floor.agenda.at(floor.after(call.random.between(...readMs)), () => {
    if (call.state === 'with-person' && call.person?.id === agent.id)
      reportEscalation(floor, call, 'escalation.updated', {
        transfer: { state: 'bridged', read_briefing: true },
      })
  })
  goOn(floor, call)
}

function refuseUnsaid(floor: Floor, call: LiveCall, { commandId }: Beat): void {
  if (!commandId || !call.open.delete(commandId)) return
  reportReceipt(floor, call.id, {
    commandId,
    state: 'refused',
    detail: 'A person took over before the AI could say it.',
  })
}

/** The caller stays on hold until the desk says who is asked next, or that nobody is. */
function comeToNothing(
  floor: Floor,
  call: LiveCall,
  { commandId, agent }: Transfer,
  state: 'timed_out' | 'rejected',
  reason: string,
): void {
  call.open.delete(commandId)
  call.annoyance = Math.min(0.6, call.annoyance + (state === 'timed_out' ? 0.2 : 0.05))
  reportEscalation(floor, call, 'escalation.updated', { transfer: { state, reason } })
  reportReceipt(floor, call.id, { commandId, state: 'refused', detail: reason })
  call.pickUp = floor.agenda.at(floor.after(patienceMs), () => {
    call.slots = { ...call.slots, agent: firstNameOf(agent.name) }
    const apology =
      "I'm sorry, {agent} isn't available. {Let me keep helping you meanwhile.|I'll stay with you.}"
    comeBack(floor, call, makeBeat(call, call.before === 'with-person' ? 'agent' : 'ai', apology))
  })
}

/** Nobody is rung any more: whoever spoke before goes on with the caller. */
export function comeBack(floor: Floor, call: LiveCall, line: Beat | undefined): void {
  if (call.state !== 'transferring') return
  floor.agenda.cancel(call.pickUp)
  call.state = call.before ?? 'talking'
  reportUpdated(floor, call, { ai_paused: false })
  const reply = '{Great. Just great.|So nobody is there.|Okay, but please try again.}'
  call.first.push(
    ...(line ? [line, makeBeat(call, 'customer', reply, { mood: 0.3 })] : []),
    ...call.afterPause,
  )
  call.afterPause = []
  goOn(floor, call)
}

function personLines(call: LiveCall): Beat[] {
  const { random, business } = call
  const steps = [
    ...random.pick(personScript.greetings),
    ...random.pick(personScript.solutions[business.kind]),
    ...random.pick(personScript.goodbyes),
  ].map((step) =>
    step.kind === 'turn' && step.speaker === 'ai' ? { ...step, speaker: 'agent' as const } : step,
  )
  return toBeats(steps, random).map((beat) => (Number.isNaN(beat.mood) ? { ...beat, mood: 0.75 } : beat))
}

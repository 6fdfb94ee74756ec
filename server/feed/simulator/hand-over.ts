// A supervisor hands the call to a person: it rings there, the person picks up or does not, speaks, and settles it.
import { reportEscalation, reportReceipt, reportUpdated } from '#server/feed/simulator/call-facts.ts'
import type { Floor, LiveCall } from '#server/feed/simulator/live-call.ts'
import { personScript } from '#server/feed/simulator/person-script.ts'
import { type Beat, toBeats } from '#server/feed/simulator/plan-call.ts'
import { goOn, makeBeat } from '#server/feed/simulator/play-call.ts'

const pickUpMs = [8000, 25_000] as const
const ringOutMs = [26_000, 38_000] as const
const ringOutChance = 0.08

const firstNameOf = (name: string) => name.split(' ')[0] ?? name

interface Transfer {
  commandId: string
  agent: { id: string; name: string }
}

/** Rings the person; the AI says so unless it is paused, and the caller hears music. */
export function handOver(floor: Floor, call: LiveCall, transfer: Transfer): void {
  const { random } = call
  const wasPaused = call.state === 'paused'
  const before = call.state === 'with-person' ? 'with-person' : 'talking'
  const speaker = before === 'with-person' ? 'agent' : 'ai'
  call.slots = { ...call.slots, agent: firstNameOf(transfer.agent.name) }
  const words = [
    "I'm bringing in {agent} from our team now. Please stay on the line.",
    'Let me connect you with my colleague {agent}. One moment, please.',
    "I'm putting you through to {agent}, who can take it from here.",
  ]
  const music = makeBeat(call, 'system', 'On hold: music while {agent} is called', { holdSeconds: 20 })
  call.first.push(...(wasPaused ? [] : [makeBeat(call, speaker, random.pick(words))]), music)
  call.state = 'transferring'
  goOn(floor, call)
  const isOut = random.chance(ringOutChance)
  const [least, most] = isOut ? ringOutMs : pickUpMs
  const waitMs = random.between(least, most)
  call.pickUp = floor.agenda.at(floor.after(waitMs), () => {
    if (isOut) ringOut(floor, call, { ...transfer, before })
    else pickUp(floor, call, transfer)
  })
}

function pickUp(floor: Floor, call: LiveCall, { commandId, agent }: Transfer): void {
  call.person = agent
  call.state = 'with-person'
  call.open.delete(commandId)
  // What the AI still had to say is not said any more.
  for (const beat of [...call.first, ...call.afterPause]) refuseUnsaid(floor, call, beat)
  call.first = []
  call.afterPause = []
  call.script = personLines(call)
  call.next = 0
  reportEscalation(floor, call, 'escalation.updated', { status: 'in_progress', assigned_agent_id: agent.id })
  reportUpdated(floor, call, { answered_by: 'human', assigned_agent_id: agent.id, ai_paused: false })
  reportReceipt(floor, call.id, { commandId, state: 'applied', detail: `${agent.name} picked up.` })
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

function ringOut(
  floor: Floor,
  call: LiveCall,
  transfer: Transfer & { before: 'talking' | 'with-person' },
): void {
  const { commandId, agent, before } = transfer
  call.state = before
  call.open.delete(commandId)
  call.annoyance = Math.min(0.6, call.annoyance + 0.2)
  reportUpdated(floor, call, { ai_paused: false })
  reportReceipt(floor, call.id, { commandId, state: 'refused', detail: `${agent.name} did not pick up.` })
  const sorry =
    "I'm sorry, {agent} isn't picking up. {Let me keep helping you meanwhile.|I'll stay with you.}"
  call.first.push(
    makeBeat(call, before === 'with-person' ? 'agent' : 'ai', sorry),
    makeBeat(call, 'customer', '{Great. Just great.|So nobody is there.|Okay, but please try again.}', {
      mood: 0.3,
    }),
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

// Plays a call: it rings, lines are said one after the other, a paused AI leaves the caller waiting, and it ends.
import {
  reportEnded,
  reportEscalation,
  reportLine,
  reportReceipt,
  reportStarted,
  reportUpdated,
} from '#server/feed/simulator/call-facts.ts'
import { endCut, watchLine } from '#server/feed/simulator/cut-line.ts'
import type { Floor, LiveCall } from '#server/feed/simulator/live-call.ts'
import { type Beat, speechMs } from '#server/feed/simulator/plan-call.ts'
import { renderLine } from '#server/feed/simulator/render-line.ts'
import { weaveLine } from '#server/feed/simulator/weave-instruction.ts'

const dialingMs = 900
const hangUpMs = 1500

/** A line that is not in the script; `patch` says what is special about it. */
export function makeBeat(
  call: LiveCall,
  speaker: Beat['speaker'],
  text: string,
  patch: Partial<Beat> = {},
): Beat {
  const gapMs = speechMs(text, call.random)
  return { kind: 'turn', speaker, text, mood: call.mood, gapMs, ...patch }
}

/** The call comes up: it is dialed or rings, and is answered or not. */
export function beginCall(floor: Floor, call: LiveCall): void {
  const { plan, direction } = call
  reportStarted(floor, call)
  watchLine(floor, call)
  if (direction === 'outbound')
    floor.agenda.at(floor.after(dialingMs), () => {
      if (call.state === 'ringing') reportUpdated(floor, call, { status: 'ringing' })
    })
  call.task = floor.agenda.at(floor.after(plan.ringMs), () => answer(floor, call))
}

function answer(floor: Floor, call: LiveCall): void {
  if (call.plan.answer === 'unanswered')
    return finishCall(floor, call, { status: 'failed', reason: 'Nobody answered.' })
  if (call.plan.answer === 'missed') {
    reportUpdated(floor, call, { answered_by: 'none' })
    const reason = 'The caller hung up before anybody answered.'
    return finishCall(floor, call, { status: 'failed', reason, isMissed: true })
  }
  call.state = 'talking'
  reportUpdated(floor, call, { status: 'in_progress', answered_by: 'ai' })
  goOn(floor, call)
}

/** Puts the next line on the agenda, in place of what was there. */
export function goOn(floor: Floor, call: LiveCall): void {
  floor.agenda.cancel(call.task)
  const speaksOn = call.state === 'talking' || call.state === 'with-person'
  const scripted = call.script[call.next]
  const finishes = call.state === 'paused' && call.mayFinishTurn && scripted?.speaker === 'customer'
  // Nothing comes before the greeting.
  const greets = call.state === 'talking' && call.next === 0
  const beat =
    (greets ? scripted : undefined) ?? call.first[0] ?? (speaksOn || finishes ? scripted : undefined)
  if (beat) {
    call.task = floor.agenda.at(floor.after(beat.gapMs), () => {
      if (call.first[0] === beat) call.first.shift()
      else call.next++
      call.mayFinishTurn = false
      say(floor, call, beat)
      goOn(floor, call)
    })
  } else if (call.state === 'paused')
    call.task = floor.agenda.at(floor.after(impatienceMs(call)), () => wonder(floor, call))
  else if (speaksOn) call.task = floor.agenda.at(floor.after(hangUpMs), () => playOut(floor, call))
}

function playOut(floor: Floor, call: LiveCall): void {
  if (call.plan.isDropped && call.state === 'talking')
    return finishCall(floor, call, { status: 'failed', reason: 'The connection was lost.' })
  const { outcome, reason } = call.plan.branch
  if (call.state === 'with-person') {
    if (floor.mayHandBack?.(call)) return
    return finishCall(floor, call, { status: 'completed' })
  }
  finishCall(floor, call, { status: outcome, reason })
}

function moveMood(floor: Floor, call: LiveCall, target: number): void {
  const wanted = target + floor.scene.moodShift - call.annoyance
  const moved = call.mood + 0.6 * (wanted - call.mood) + 0.035 * call.random.normal()
  call.mood = Math.min(0.98, Math.max(0.02, moved))
  // What the waiting cost is forgotten slowly.
  call.annoyance *= 0.9
}

function wording(call: LiveCall, beat: Beat): string {
  const text = beat.isVerbatim ? beat.text : renderLine(beat.text, call.slots, call.random)
  const { instruction } = call
  if (beat.speaker !== 'ai' || !instruction || beat.commandId) return text
  instruction.linesSince++
  return weaveLine(instruction, text, call.random)
}

function say(floor: Floor, call: LiveCall, beat: Beat): void {
  if (beat.speaker === 'customer') moveMood(floor, call, beat.mood)
  call.lines++
  if (floor.now() >= call.reportedFrom) {
    const text = wording(call, beat)
    if (beat.speaker === 'agent') call.personSaid?.push(text)
    reportLine(floor, call, beat, text)
  }
  if (beat.commandId) call.open.delete(beat.commandId)
}

const wondering = [
  ['Hello? Are you there?', 'Hello?', 'Are you still there?', 'Did I lose you? Hello?'],
  ["Hello? I can't hear you anymore.", 'Is anybody there?', 'Hello, can you hear me?'],
  ['Seriously? Hello?', "I'm still waiting here.", 'What is going on? Is anyone there?'],
  [
    "This is ridiculous. I've been sitting here talking to nobody.",
    "I don't have time for this.",
    'One more minute and I hang up.',
  ],
] as const
const hangingUp = [
  "Forget it, I'm hanging up.",
  "That's it. I'm calling somebody else.",
  "Nobody's there. Unbelievable. Goodbye.",
] as const

const impatienceMs = (call: LiveCall) => call.random.between(9000, 15_000) * (call.waits === 0 ? 0.8 : 1.1)

/** The AI is paused and the caller hears nothing. */
function wonder(floor: Floor, call: LiveCall): void {
  call.annoyance = Math.min(0.6, call.annoyance + 0.11)
  const isLeaving = floor.now() >= call.hangsUpAt
  const stage = wondering[Math.min(call.waits, wondering.length - 1)] ?? wondering[0]
  const text = call.random.pick<string>(isLeaving ? hangingUp : stage)
  call.waits++
  say(floor, call, makeBeat(call, 'customer', text, { mood: isLeaving ? 0.15 : 0.5 }))
  if (!isLeaving) return goOn(floor, call)
  call.task = floor.agenda.at(floor.after(hangUpMs), () =>
    finishCall(floor, call, { status: 'completed', reason: 'The caller hung up while the AI was paused.' }),
  )
}

/** Ends the call and everything that still waited on it. */
export function finishCall(
  floor: Floor,
  call: LiveCall,
  end: { status: 'completed' | 'failed'; reason?: string | undefined; isMissed?: boolean },
): void {
  if (call.state === 'ended') return
  if (call.state === 'with-person')
    reportEscalation(floor, call, 'escalation.completed', { status: 'completed' })
  call.state = 'ended'
  floor.agenda.cancel(call.task)
  floor.agenda.cancel(call.pickUp)
  reportEnded(floor, call, end)
  for (const commandId of call.open)
    reportReceipt(floor, call.id, {
      commandId,
      state: 'refused',
      detail: 'The call ended before this could be done.',
    })
  call.open.clear()
  endCut(floor, call)
  floor.leave(call)
}

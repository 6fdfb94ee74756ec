// What the floor does with a supervisor's command: take it or refuse it at once, carry it out a moment later.
import { reportReceipt, reportUpdated } from '#server/feed/simulator/call-facts.ts'
import { resumeAfterPerson } from '#server/feed/simulator/hand-back.ts'
import { comeBack, handOver } from '#server/feed/simulator/hand-over.ts'
import type { CallState, Floor, LiveCall } from '#server/feed/simulator/live-call.ts'
import type { Beat } from '#server/feed/simulator/plan-call.ts'
import { finishCall, goOn, makeBeat } from '#server/feed/simulator/play-call.ts'
import { readInstruction } from '#server/feed/simulator/weave-instruction.ts'
import type { ControlAnswer, ControlCommand } from '#server/domain/voice-platform.ts'

/** Everything but `dial`, which makes a call instead of steering one. */
export type CallCommand = Exclude<ControlCommand, { action: 'dial' }>
type Action = CallCommand['action']

const patienceMs = [60_000, 90_000] as const

const refusals: Partial<Record<Action, Partial<Record<CallState, string>>>> = {
  send_message: {
    'with-person': 'A person is speaking with the customer; the AI no longer speaks on this call.',
  },
  override_instructions: {
    'with-person': 'A person is speaking with the customer; the AI no longer speaks on this call.',
  },
  pause: {
    ringing: 'The call has not been answered yet, so there is nothing to pause.',
    transferring: 'The call is being handed to a person; the AI is already holding back.',
    'with-person': 'A person is speaking with the customer; the AI is already silent.',
  },
  resume: {
    ringing: 'The call has not been answered yet.',
    transferring: 'The call is being handed to a person; the AI waits for them.',
    'with-person': 'A person is speaking with the customer; the AI does not come back on this call.',
  },
  transfer: {
    ringing: 'The call has not been answered yet, so nobody can be connected.',
  },
  cancel_transfer: {
    'with-person': 'A person is speaking with the customer already.',
  },
  hand_back: {
    ringing: 'No person has this call.',
    talking: 'No person has this call; the AI is speaking.',
    paused: 'No person has this call.',
    transferring: 'No person has taken this call yet.',
  },
}

/** Why the call cannot take the command now, in a supervisor's words; undefined when it can. */
export function refusalOf(call: LiveCall, command: CallCommand): string | undefined {
  if (command.action === 'transfer' && call.state === 'with-person' && call.person?.id === command.agent.id)
    return `${command.agent.name} is already on this call.`
  return refusals[command.action]?.[call.state]
}

/** Carries the command out, or reports why it can no longer be. */
export function carryOut(floor: Floor, call: LiveCall, command: CallCommand): void {
  // The call may have ended meanwhile; its end has then refused everything open.
  if (!call.open.has(command.id)) return
  const refusal = refusalOf(call, command)
  if (refusal) {
    call.open.delete(command.id)
    return reportReceipt(floor, call.id, { commandId: command.id, state: 'refused', detail: refusal })
  }
  switch (command.action) {
    case 'send_message':
      return speak(floor, call, command)
    case 'override_instructions':
      return follow(floor, call, command)
    case 'clear_override':
      return withdraw(floor, call, command.id)
    case 'pause':
      return pause(floor, call, command.id)
    case 'resume':
      return resume(floor, call, command.id)
    case 'transfer':
      return handOver(floor, call, {
        commandId: command.id,
        agent: command.agent,
        answered: command.answered ?? false,
      })
    case 'cancel_transfer':
      return cancelTransfer(floor, call, command)
    case 'hand_back':
      return resumeAfterPerson(
        floor,
        call,
        makeBeat(call, 'ai', `I'm back with you. ${command.text}`, {
          isVerbatim: true,
          commandId: command.id,
        }),
      )
    case 'end': {
      call.open.delete(command.id)
      finishCall(floor, call, {
        status: 'completed',
        reason: command.reason ?? 'A supervisor ended the call.',
      })
      return reportReceipt(floor, call.id, { commandId: command.id, state: 'applied' })
    }
  }
}

function cancelTransfer(
  floor: Floor,
  call: LiveCall,
  command: { id: string; text?: string | undefined },
): void {
  if (call.state !== 'transferring' || !command.text) {
    comeBack(floor, call, undefined)
    return applied(floor, call, command.id)
  }
  comeBack(floor, call, makeBeat(call, 'ai', command.text, { isVerbatim: true, commandId: command.id }))
}

function applied(floor: Floor, call: LiveCall, commandId: string): void {
  call.open.delete(commandId)
  reportReceipt(floor, call.id, { commandId, state: 'applied' })
}

function reaction(call: LiveCall, toQuestion: boolean): Beat {
  const content = '{Okay.|Alright, thank you.|Okay, thanks for telling me.|Got it.|Oh, okay. Good.}'
  const sour = "{Fine.|Well, okay.|If you say so.|Okay, that's something at least.}"
  const reply = "{Yes.|Yeah, that's right.|Sure.|Yes, I think so.|I'm not sure, to be honest.}"
  const text = toQuestion ? reply : call.mood < 0.35 ? sour : content
  return makeBeat(call, 'customer', text, { mood: Math.min(0.9, call.mood + 0.12) })
}

function speak(floor: Floor, call: LiveCall, command: { id: string; text: string }): void {
  const message = makeBeat(call, 'ai', command.text, { isVerbatim: true, commandId: command.id })
  // However long it is to be read, it is the next thing that is heard.
  message.gapMs = Math.min(message.gapMs, 3500)
  const place = call.first.findLastIndex(({ commandId }) => commandId !== undefined) + 1
  call.first.splice(place, 0, message)
  if (place === 0) call.first.splice(1, 0, reaction(call, command.text.trim().endsWith('?')))
  // Whoever is spoken to waits anew.
  call.waits = 0
  call.hangsUpAt = Math.max(call.hangsUpAt, floor.after(patienceMs[0]))
  if (call.state !== 'ringing') goOn(floor, call)
}

interface Steering {
  id: string
  text: string
  scope?: 'turn' | 'call' | undefined
}

function follow(floor: Floor, call: LiveCall, command: Steering): void {
  const isTurn = command.scope === 'turn'
  // What holds for one turn is said and forgotten; what holds for the call stands on.
  const earlier = isTurn ? undefined : call.instruction
  if (earlier && call.open.delete(earlier.commandId)) {
    const isOther = (beat: Beat) => ![beat.commandId, beat.reactsTo].includes(earlier.commandId)
    call.first = call.first.filter(isOther)
    call.afterPause = call.afterPause.filter(isOther)
    const detail = 'A newer instruction took its place.'
    reportReceipt(floor, call.id, { commandId: earlier.commandId, state: 'refused', detail })
  }
  const instruction = readInstruction(command.id, command.text)
  if (!isTurn) call.instruction = instruction
  const line = makeBeat(call, 'ai', instruction.opening, { isVerbatim: true, commandId: command.id })
  const lines = [line, { ...reaction(call, instruction.opening.endsWith('?')), reactsTo: command.id }]
  if (call.state === 'paused') call.afterPause.push(...lines)
  else call.first.push(...lines)
  if (call.state === 'talking') goOn(floor, call)
}

/** The AI keeps to its own script again; a line that still waits to be said about it is not said. */
function withdraw(floor: Floor, call: LiveCall, commandId: string): void {
  const earlier = call.instruction
  call.instruction = undefined
  if (earlier && call.open.delete(earlier.commandId)) {
    const isOther = (beat: Beat) => ![beat.commandId, beat.reactsTo].includes(earlier.commandId)
    call.first = call.first.filter(isOther)
    call.afterPause = call.afterPause.filter(isOther)
    const detail = 'The instructions were withdrawn before the AI could follow them.'
    reportReceipt(floor, call.id, { commandId: earlier.commandId, state: 'refused', detail })
  }
  applied(floor, call, commandId)
}

function pause(floor: Floor, call: LiveCall, commandId: string): void {
  if (call.state === 'talking') {
    call.state = 'paused'
    call.mayFinishTurn = true
    call.waits = 0
    call.hangsUpAt = floor.after(call.random.between(...patienceMs))
    // Only a supervisor's message is still spoken.
    call.afterPause = call.first.filter(
      ({ commandId: id }) => id !== undefined && id === call.instruction?.commandId,
    )
    call.first = call.first.filter((beat) => beat.commandId !== undefined && !call.afterPause.includes(beat))
    reportUpdated(floor, call, { ai_paused: true })
    goOn(floor, call)
  }
  applied(floor, call, commandId)
}

function resume(floor: Floor, call: LiveCall, commandId: string): void {
  if (call.state === 'paused') {
    call.state = 'talking'
    reportUpdated(floor, call, { ai_paused: false })
    const back = "{I'm back with you.|I'm here.} {Sorry about the silence.|Thank you for waiting, {first}.}"
    const lines = call.waits > 0 ? [makeBeat(call, 'ai', back)] : []
    call.first.push(...lines, ...call.afterPause)
    call.afterPause = []
    goOn(floor, call)
  }
  applied(floor, call, commandId)
}

/** The answer to a command for a call that is not on the floor. */
export function notHere(hasEnded: boolean): ControlAnswer {
  const detail = hasEnded ? 'The call has already ended.' : 'The platform does not carry this call.'
  return { state: 'refused', detail }
}

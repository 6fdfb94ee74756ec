// The door for supervisors' commands: each id is taken once, answered at once, carried out a moment later.
import type { ControlAnswer, ControlCommand, VoicePlatform } from '#server/domain/voice-platform.ts'
import type { SimulatorDirectory } from '#server/feed/simulator/directory.ts'
import type { Floor, LiveCall } from '#server/feed/simulator/live-call.ts'
import { carryOut, notHere, refusalOf } from '#server/feed/simulator/obey-command.ts'

const remembered = 20_000
// A platform is quick, not instant.
const handlingMs = 250

type Dial = Extract<ControlCommand, { action: 'dial' }>

interface DoorParts {
  directory: SimulatorDirectory
  floor: Floor
  isRunning(): boolean
  find(callId: string): LiveCall | undefined
  hasEnded(callId: string): boolean
  /** Starts the outbound call that the command asks for. */
  dial(command: Dial): void
}

/** Keeps at most `limit` entries, the newest ones. */
export function rememberIn<V>(memory: Map<string, V>, key: string, value: V, limit: number): void {
  memory.set(key, value)
  if (memory.size <= limit) return
  for (const oldest of memory.keys()) {
    memory.delete(oldest)
    return
  }
}

/** The simulator's side of call control. `send` rejects only when it was aborted before the command was taken. */
export function createDoor(parts: DoorParts): VoicePlatform {
  const answers = new Map<string, ControlAnswer>()
  const { directory, floor } = parts

  const decideDial = (command: Dial): ControlAnswer => {
    const { businessId, callId } = command
    if (parts.find(callId) || parts.hasEnded(callId))
      return { state: 'refused', detail: 'A call with this id exists already.' }
    if (businessId && !directory.businesses.some(({ id }) => id === businessId))
      return { state: 'refused', detail: 'The platform has no line for this business.' }
    parts.dial(command)
    return { state: 'delivered' }
  }

  const decide = (command: ControlCommand): ControlAnswer => {
    if (!parts.isRunning()) return { state: 'refused', detail: 'The simulated floor is not open.' }
    if (command.companyId !== directory.companyId) return notHere(false)
    if (command.action === 'dial') return decideDial(command)
    const call = parts.find(command.callId)
    if (!call) return notHere(parts.hasEnded(command.callId))
    const refusal = refusalOf(call, command)
    if (refusal) return { state: 'refused', detail: refusal }
    call.open.add(command.id)
    floor.agenda.at(floor.after(handlingMs), () => carryOut(floor, call, command))
    return { state: 'delivered' }
  }

  return {
    async send(command, signal) {
      signal.throwIfAborted()
      const known = answers.get(command.id)
      if (known) return known
      const answer = decide(command)
      rememberIn(answers, command.id, answer, remembered)
      return answer
    },
  }
}

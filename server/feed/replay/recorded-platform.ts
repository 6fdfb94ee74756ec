// Call control of a recorded call: it can be ended, and everything else is refused with the reason.
import type { ControlCommand, VoicePlatform } from '#server/domain/voice-platform.ts'
import type { Fact } from '#server/domain/fact.ts'

const refusals: Readonly<Record<Exclude<ControlCommand['action'], 'end'>, string>> = {
  send_message: 'A recorded call cannot be sent a message: nobody is there to speak it.',
  pause: 'A recorded call cannot be paused.',
  resume: 'A recorded call cannot be resumed.',
  override_instructions: 'A recorded call cannot be given new instructions.',
  clear_override: 'A recorded call has no instructions to withdraw.',
  transfer: 'A recorded call cannot be handed to a person.',
  cancel_transfer: 'A recorded call is not handed to anybody.',
  hand_back: 'A recorded call cannot be handed back.',
  dial: 'A recorded call cannot be placed: only recordings are played.',
}
const keptCommands = 1000

/**
 * The platform of a replay. `end` ends a playing call with the facts given and returns false when no such call plays. The
 * same command again gets the same answer.
 */
export function recordedPlatform(end: (callId: string, facts: Fact[]) => boolean): VoicePlatform {
  const done = new Set<string>()
  return {
    async send(command) {
      if (command.action !== 'end') return { state: 'refused', detail: refusals[command.action] }
      const key = `${command.companyId} ${command.id}`
      if (done.has(key)) return { state: 'delivered' }
      const { id: command_id, callId: call_id, reason } = command
      const ended = end(call_id, [
        { event: 'call.ended', data: { call_id, status: 'completed', reason } },
        { event: 'intervention.updated', data: { call_id, command_id, state: 'applied' } },
      ])
      if (!ended) return { state: 'refused', detail: 'This call is over.' }
      done.add(key)
      const [oldest] = done
      if (done.size > keptCommands && oldest !== undefined) done.delete(oldest)
      return { state: 'delivered' }
    },
  }
}

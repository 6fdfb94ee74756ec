// The one interface through which commands leave for whoever carries the call: the simulator, a signed webhook.

/** Who asked for it; the name is shown in receipts. */
export interface CommandAuthor {
  id: string
  name: string
}

interface CommandBase {
  /** Idempotency key: the platform carries out an id once. */
  id: string
  companyId: string
  callId: string
  by: CommandAuthor
}

export type ControlCommand = CommandBase &
  (
    | { action: 'send_message'; text: string }
    | { action: 'pause'; durationS?: number | undefined }
    | { action: 'resume' }
    | {
        action: 'override_instructions'
        text: string
        /** `turn`: for the next thing the AI says; `call`, or absent: until they are replaced or withdrawn. */
        scope?: 'turn' | 'call' | undefined
        durationS?: number | undefined
      }
    /** The AI follows its own instructions again. */
    | { action: 'clear_override' }
    | {
        action: 'transfer'
        agent: { id: string; name: string; phoneNumber?: string | undefined }
        reason?: string | undefined
        contextNote?: string | undefined
        /** What the agent is told before the first word. */
        briefing?: string | undefined
        /** The agent has taken it already, on the console: connect without asking again. */
        answered?: boolean | undefined
      }
    /** Stop ringing; the AI goes on with the caller and says `text` first. */
    | { action: 'cancel_transfer'; text?: string | undefined }
    /** The person is done: the AI goes on from what was promised, and says so. */
    | { action: 'hand_back'; text: string }
    | { action: 'end'; reason?: string | undefined }
    | {
        action: 'dial'
        toNumber: string
        fromNumber?: string | undefined
        businessId?: string | undefined
        templateId?: string | undefined
        metadata?: Record<string, unknown> | undefined
      }
  )

/**
 * `delivered`: the platform has the command and will carry it out. `refused`: it will not, `detail` says why in words a
 * supervisor reads. That a command was carried out comes back as a fact: a line whose `metadata.command_id` names the
 * command, or `intervention.updated` with `applied`.
 */
export type ControlAnswer = { state: 'delivered'; detail?: string } | { state: 'refused'; detail: string }

export interface VoicePlatform {
  /**
   * Hands the command over. Aborting `signal` (no answer in time) makes the receipt `unknown`; a rejection too, for then
   * nobody knows whether the platform has it.
   */
  send(command: ControlCommand, signal: AbortSignal): Promise<ControlAnswer>
}

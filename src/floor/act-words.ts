// What a supervisor did on a call, in words: the same in the script and on paper.
import type { Intervention } from '#contract/transcript.ts'
import { formatDuration } from '#src/lib/duration.ts'

const words: Record<Intervention['action'], (ai: string) => string> = {
  send_message: (ai) => `Message to ${ai}`,
  pause: (ai) => `Pause ${ai}`,
  resume: (ai) => `Resume ${ai}`,
  override_instructions: (ai) => `New instructions for ${ai}`,
  clear_override: (ai) => `Withdraw the instructions for ${ai}`,
  transfer: () => 'Escalate to a person',
  cancel_transfer: (ai) => `Back to ${ai}`,
  hand_back: (ai) => `Hand back to ${ai}`,
  end: () => 'End the call',
  dial: () => 'Dial',
}

/** How long a pause or instructions are meant to last. */
function spanWords({ action, scope, duration_s }: ActSaid): string {
  if (scope === 'turn') return ' for the next turn'
  if (duration_s !== undefined) return ` for ${formatDuration(duration_s * 1000)}`
  return action === 'override_instructions' ? ' for this call' : ''
}

type ActSaid = Pick<Intervention, 'action' | 'scope' | 'duration_s'>

/** `Message to Ava`, `Pause Ava for 02:00`; `ai` is her name. */
export const actWords = (act: ActSaid, ai: string): string => `${words[act.action](ai)}${spanWords(act)}`

/** The same of a wish that the server has not confirmed: it says nothing of how long. */
export const wishWords = (action: Intervention['action'], ai: string): string => words[action](ai)

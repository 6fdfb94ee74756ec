// A request for a person in the few words that are counted: why, where it stands, how long its completion took.
import type { Escalation } from '#contract/transcript.ts'

export interface EscalationRequest {
  readonly trigger: string
  readonly status: Escalation['status']
  /** From the request to its completion, ms; null unless it was completed. */
  readonly ms: number | null
}

/** What is counted of an escalation. */
export function requestOf({
  trigger_type,
  status,
  requested_at,
  completed_at,
}: Escalation): EscalationRequest {
  const ms =
    status === 'completed' && completed_at !== undefined
      ? Date.parse(completed_at) - Date.parse(requested_at)
      : null
  return { trigger: trigger_type, status, ms }
}

// What the lane beside the script shows: the deeds that the script does not show itself. Pure.
import type { AuditEvent } from '#contract/audit.ts'
import type { Escalation } from '#contract/transcript.ts'
import type { Meaning } from '#src/lib/meaning.ts'

/** One deed; the script's lane takes it as it is. */
export interface Deed {
  key: string
  /** Epoch ms. */
  at: number
  text: string
  who?: string | undefined
  meaning?: Meaning | undefined
  lineId?: number | undefined
}

const meaningOf = ({ action, after }: AuditEvent): Meaning | undefined => {
  if (action === 'alert.raised') return after === 'critical' ? 'act' : 'attention'
  if (action === 'escalation.accepted') return 'human'
  if (action === 'escalation.requested') return 'act'
  if (action.startsWith('escalation.') && /rejected|failed|timed_out/.test(action)) return 'attention'
  return undefined
}

/** Acts and notes stand in the script, so the lane leaves them out. */
const isInScript = (action: string) => action.startsWith('intervention.') || action.startsWith('note.')

/** From the trail, for those who may read it. */
export function deedsOfTrail(events: readonly AuditEvent[]): Deed[] {
  return events
    .filter(({ action }) => !isInScript(action))
    .map((event) => ({
      key: event.id,
      at: Date.parse(event.at),
      text: event.text,
      who: event.actorRole === 'system' || event.actorRole === 'webhook' ? undefined : event.actorName,
      meaning: meaningOf(event),
      lineId: event.interactionId,
    }))
}

/** From the escalations, for everybody else. */
export function deedsOfEscalations(escalations: readonly Escalation[]): Deed[] {
  return escalations.flatMap(({ id, requested_at, accepted_at, completed_at, agent_name, status }) => [
    { key: `e${id}`, at: Date.parse(requested_at), text: 'Escalation requested', meaning: 'act' as const },
    ...(accepted_at
      ? [
          {
            key: `e${id} a`,
            at: Date.parse(accepted_at),
            text: `${agent_name ?? 'A person'} took the call`,
            meaning: 'human' as const,
          },
        ]
      : []),
    ...(completed_at
      ? [
          {
            key: `e${id} c`,
            at: Date.parse(completed_at),
            text: status === 'cancelled' ? 'Escalation cancelled' : 'Escalation completed',
          },
        ]
      : []),
  ])
}

// What rules and transfers did on a call, as events of its trail. Pure.
import type { Alert } from '#contract/alert.ts'
import type { Person } from '#contract/claim.ts'
import type { Escalation } from '#contract/transcript.ts'

/** One event of a trail before it is presented; those without an instant did not happen. */
export interface Said {
  key: string
  at: string | undefined
  action: string
  text: string
  /** A person, or who else did it. */
  by?: Person | null | undefined
  actor?: 'system' | 'webhook'
  field?: string
  before?: unknown
  after?: unknown
  line?: number | undefined
}

/** A rule raised an alert, somebody took it, it is over. */
export const alertEvents = (alerts: readonly Alert[]): Said[] =>
  alerts.flatMap((alert) => {
    const { id, rule_name, reason, line_id, owner, note } = alert
    return [
      {
        key: `alert ${id}`,
        at: alert.active_at,
        action: 'alert.raised',
        text: `Alert: ${rule_name}. ${reason}`,
        line: line_id,
        after: alert.severity,
      },
      {
        key: `alert ${id} owner`,
        at: alert.acknowledged_at,
        action: 'alert.acknowledged',
        text: `Took the alert ${rule_name}${note ? `: ${note}` : ''}`,
        by: owner,
      },
      {
        key: `alert ${id} end`,
        at: alert.resolved_at,
        action: 'alert.resolved',
        text: `Alert over: ${rule_name}`,
        by: alert.resolved_by,
        after: alert.resolution,
      },
    ]
  })

const endWords = { rejected: 'said no', failed: 'could not be reached', timed_out: 'did not answer' } as const

/** Who asked for a person, who was asked, and how it went. */
export function escalationEvents(escalations: readonly Escalation[]): Said[] {
  return escalations.flatMap((one) => {
    const { id, transfer, agent_name, assigned_agent_id, briefing } = one
    const agent = agent_name ? { id: assigned_agent_id ?? '', name: agent_name } : transfer?.agent
    const who = agent?.name ?? 'A person'
    const reason = one.context_data['reason']
    const words = typeof reason === 'string' ? reason : one.trigger_type.replaceAll('_', ' ')
    const at = (key: string, when: string | undefined, said: Pick<Said, 'action' | 'text' | 'by'>): Said => ({
      key: `escalation ${id} ${key}`,
      at: when,
      ...said,
    })
    return [
      at('asked', one.requested_at, {
        action: 'escalation.requested',
        text: `Escalation requested: ${words}`,
        by: transfer?.by,
      }),
      ...(transfer?.attempts ?? []).flatMap((attempt, index) => {
        const words = endWords[attempt.state as keyof typeof endWords]
        return [
          at(`attempt ${index}`, attempt.at, {
            action: 'escalation.agent_asked',
            text: `${attempt.agent.name} was asked`,
          }),
          at(`attempt ${index} end`, words ? attempt.ended_at : undefined, {
            action: `escalation.${attempt.state}`,
            text: `${attempt.agent.name} ${words}${attempt.reason ? `: ${attempt.reason}` : ''}`,
          }),
        ]
      }),
      at('briefed', briefing?.confirmed_at, {
        action: 'briefing.read',
        text: 'Read the briefing',
        by: briefing?.confirmed_by,
      }),
      at('accepted', one.accepted_at, {
        action: 'escalation.accepted',
        text: `${who} took the call`,
        by: agent,
      }),
      at('completed', one.completed_at, {
        action: `escalation.${one.status}`,
        text: one.status === 'cancelled' ? 'Escalation cancelled' : 'Escalation completed',
      }),
    ]
  })
}

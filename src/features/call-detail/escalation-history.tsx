// Every escalation of a call with its times: who asked, who was asked, how it went, and what the receiver was told.
import type { Escalation } from '#contract/transcript.ts'
import { describeDuration, formatDuration } from '#src/lib/duration.ts'
import { type Step, Steps } from '#src/ui/steps.tsx'

interface EscalationHistoryProps {
  /** Oldest first. */
  escalations: readonly Escalation[]
  /** Epoch ms. */
  startedAt: number
  children?: React.ReactNode
}

/** What happened to one escalation, in order; only what is known is said. */
export function historySteps(escalation: Escalation, startedAt: number): Step[] {
  const { requested_at, accepted_at, completed_at, status, transfer, agent_name, briefing } = escalation
  const asked = Date.parse(requested_at)
  const at = (iso: string) => formatDuration(Math.max(0, Date.parse(iso) - startedAt))
  const steps: Step[] = [
    {
      name: 'Requested',
      state: 'done',
      note: `${at(requested_at)}${transfer?.by ? ` · ${transfer.by.name}` : ''}`,
    },
  ]
  for (const attempt of transfer?.attempts ?? [])
    if (['rejected', 'failed', 'timed_out'].includes(attempt.state))
      steps.push({
        name: `${attempt.agent.name}: ${attempt.state.replace('_', ' ')}`,
        state: 'failed',
        note: `${at(attempt.at)}${attempt.reason ? ` · ${attempt.reason}` : ''}`,
      })
  if (briefing?.confirmed_at)
    steps.push({
      name: 'Briefing read',
      state: 'done',
      note: `${at(briefing.confirmed_at)} · ${briefing.confirmed_by?.name ?? ''}`,
    })
  if (accepted_at)
    steps.push({
      name: 'Accepted',
      state: 'done',
      note: `${agent_name ?? transfer?.agent?.name ?? 'A person'} · after ${describeDuration(Date.parse(accepted_at) - asked)}`,
    })
  else if (status === 'pending')
    steps.push({ name: 'Waiting', state: 'current', note: agent_name ?? 'nobody is asked yet' })
  if (completed_at)
    steps.push({
      name: status === 'cancelled' ? 'Cancelled' : 'Completed',
      state: status === 'cancelled' ? 'failed' : 'done',
      note: `${at(completed_at)}${transfer?.outcome === 'callback' ? ' · call back owed' : transfer?.outcome === 'back_to_ai' ? ' · back to the AI' : ''}`,
    })
  else if (status === 'in_progress')
    steps.push({ name: 'In control', state: 'current', note: agent_name ?? 'a person' })
  return steps
}

/** The card. */
export function EscalationHistory({ escalations, startedAt, children }: EscalationHistoryProps) {
  return (
    <section className="card" aria-label="Escalations">
      <header>
        <h3>Escalations</h3>
        {escalations.length > 1 && <span className="t3">{escalations.length}</span>}
      </header>
      {escalations.length === 0 && <p className="t3">Nobody asked for a person.</p>}
      {escalations.map((one) => {
        const reason = one.context_data['reason']
        return (
          <div key={one.id} className="escalation">
            <p>
              {typeof reason === 'string' && reason !== '' ? reason : one.trigger_type.replaceAll('_', ' ')}
              <span className="t3"> · {one.status.replace('_', ' ')}</span>
            </p>
            <Steps
              label={`Escalation, ${one.status.replace('_', ' ')}`}
              steps={historySteps(one, startedAt)}
              meaning="human"
            />
            {one.conversation_summary && <p className="t2">{one.conversation_summary}</p>}
            {one.briefing && (
              <p className="t2">
                {one.briefing.who}: {one.briefing.wants.text}
              </p>
            )}
            {(one.transfer?.promised ?? []).map((promise) => (
              <p key={promise} className="t2">
                Promised: {promise}
              </p>
            ))}
          </div>
        )
      })}
      {children}
    </section>
  )
}

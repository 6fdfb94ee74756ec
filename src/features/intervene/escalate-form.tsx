// Asking a person to take the call: anybody free by skill, or somebody named; why, and what they should know.
import { type FormEvent, useEffect, useState } from 'react'
import type { HumanAgent } from '#contract/agent.ts'
import type { Call } from '#contract/call.ts'
import type { ApiProblem } from '#contract/errors.ts'
import type { Result } from '#src/lib/result.ts'
import { useSubmit } from '#src/features/intervene/use-submit.ts'
import { AgentOptions } from '#src/ui/agent-options.tsx'
import { Button } from '#src/ui/button.tsx'
import { problemWords } from '#src/ui/problem-words.ts'

interface EscalateFormProps {
  call: Call
  /** What the form begins with, where somebody proposed it. */
  first?: { agentId?: string | undefined; reason?: string | undefined } | undefined
  /** The context note. */
  text: string
  onText: (text: string) => void
  loadAgents: () => Promise<Result<readonly HumanAgent[], ApiProblem>>
  onEscalate: (choice: { agentId?: string; reason?: string; contextNote?: string }) => Promise<boolean>
}

type Agents =
  | { state: 'loading' }
  | { state: 'failed'; why: string }
  | { state: 'ready'; agents: readonly HumanAgent[] }

/** Free agents, those whose skills fit the business first. */
export function rankAgents(agents: readonly HumanAgent[], businessName: string | undefined): HumanAgent[] {
  const words = (businessName ?? '').toLowerCase()
  const fits = (agent: HumanAgent) => agent.skills.some((skill) => words.includes(skill.toLowerCase()))
  return agents
    .filter((agent) => agent.is_available && agent.is_active)
    .sort((a, b) => Number(fits(b)) - Number(fits(a)) || a.name.localeCompare(b.name))
}

/** Who, why, and the briefing. */
export function EscalateForm({ call, first, text, onText, loadAgents, onEscalate }: EscalateFormProps) {
  const [agents, setAgents] = useState<Agents>({ state: 'loading' })
  const [agentId, setAgentId] = useState(first?.agentId ?? '')
  const [reason, setReason] = useState(first?.reason ?? call.attention?.reasons[0]?.text ?? '')
  const { busy, submit } = useSubmit(onEscalate)
  useEffect(() => {
    let current = true
    void loadAgents().then((answer) => {
      if (!current) return
      setAgents(
        answer.ok
          ? { state: 'ready', agents: rankAgents(answer.value, call.business_name) }
          : { state: 'failed', why: problemWords(answer.problem) },
      )
    })
    return () => {
      current = false
    }
  }, [loadAgents, call.business_name])
  const chosen = agents.state === 'ready' ? agents.agents.find((agent) => agent.id === agentId) : undefined
  // A request that a trigger made waits for somebody to choose whom to ask: only one that names a person is settled.
  const asked = call.signals?.escalated_to
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    const choice = {
      ...(agentId ? { agentId } : {}),
      ...(reason.trim() ? { reason: reason.trim() } : {}),
      ...(text.trim() ? { contextNote: text.trim() } : {}),
    }
    if (await submit(choice)) onText('')
  }
  if (call.escalation_status === 'in_progress')
    return <p className="composer-hint">{call.assigned_agent?.name ?? 'A person'} has this call.</p>
  if (call.escalation_status === 'pending' && asked)
    return <p className="composer-hint">{asked} is being asked to take this call.</p>
  return (
    <form className="composer-form" onSubmit={handleSubmit}>
      <div className="composer-row">
        <select
          className="field"
          data-first
          aria-label="Who"
          value={agentId}
          onChange={(event) => setAgentId(event.target.value)}
        >
          <AgentOptions agents={agents.state === 'ready' ? agents.agents : []} />
        </select>
        <input
          className="field"
          aria-label="Reason"
          placeholder="Reason"
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <div className="composer-box">
        <textarea
          aria-label="What they should know"
          placeholder="What they should know before they pick up"
          value={text}
          maxLength={4000}
          rows={2}
          dir="auto"
          onChange={(event) => onText(event.target.value)}
        />
        <Button kind="primary" type="submit" cap="↵" busy={busy}>
          {chosen ? `Ask ${chosen.name}` : 'Ask for a person'}
        </Button>
      </div>
      <p className="composer-hint">
        {agents.state === 'loading' && 'Looking who is free…'}
        {agents.state === 'failed' && `Who is free is not known: ${agents.why}`}
        {agents.state === 'ready' &&
          (agents.agents.length === 0
            ? 'Nobody is free right now.'
            : `${agents.agents.length} free. The caller does not hear this.`)}
      </p>
    </form>
  )
}

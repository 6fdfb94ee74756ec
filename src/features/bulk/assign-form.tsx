// Asking one person, or anybody free by skill, to take all picked calls.
import { type FormEvent, useEffect, useState } from 'react'
import type { HumanAgent } from '#contract/agent.ts'
import type { ApiProblem } from '#contract/errors.ts'
import { type PickedCall, affected, countCalls, nameCalls } from '#src/features/bulk/affected.ts'
import type { Result } from '#src/lib/result.ts'
import { AgentOptions } from '#src/ui/agent-options.tsx'
import { Button } from '#src/ui/button.tsx'
import { problemWords } from '#src/ui/problem-words.ts'

interface AssignFormProps {
  picked: readonly PickedCall[]
  loadAgents: () => Promise<Result<readonly HumanAgent[], ApiProblem>>
  onSend: (callIds: readonly string[], choice: { agentId?: string; reason?: string }) => void
}

/** Who and why, whom it concerns, and who is left out. */
export function AssignForm({ picked, loadAgents, onSend }: AssignFormProps) {
  const [agents, setAgents] = useState<Result<readonly HumanAgent[], ApiProblem> | null>(null)
  const [agentId, setAgentId] = useState('')
  const [reason, setReason] = useState('')
  useEffect(() => {
    let isCurrent = true
    void loadAgents().then((answer) => isCurrent && setAgents(answer))
    return () => {
      isCurrent = false
    }
  }, [loadAgents])
  const free = agents?.ok ? agents.value.filter((agent) => agent.is_available && agent.is_active) : []
  const chosen = free.find(({ id }) => id === agentId)
  const { calls, leftOut } = affected('assign', picked)
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (calls.length === 0) return
    onSend(
      calls.map(({ id }) => id),
      { ...(agentId ? { agentId } : {}), ...(reason.trim() ? { reason: reason.trim() } : {}) },
    )
  }
  const out = leftOut.map(({ why, count }) => `${count} ${count === 1 ? 'is' : 'are'} ${why}`).join(', ')
  return (
    <form className="bulk-form" onSubmit={handleSubmit}>
      <select
        className="field"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was opened to be chosen from
        autoFocus
        aria-label="Who"
        value={agentId}
        onChange={(event) => setAgentId(event.target.value)}
      >
        <AgentOptions agents={free} />
      </select>
      <input
        className="field"
        aria-label="Reason"
        placeholder="Reason"
        value={reason}
        maxLength={500}
        dir="auto"
        onChange={(event) => setReason(event.target.value)}
      />
      <Button kind="primary" type="submit" cap="↵" aria-disabled={calls.length === 0}>
        Ask {chosen?.name ?? 'for a person'}: {countCalls(calls.length)}
      </Button>
      <p className="bulk-whom">
        {agents && !agents.ok && `Who is free is not known: ${problemWords(agents.problem)} `}
        {calls.length > 0 ? nameCalls(calls) : 'None of these calls can be assigned'}
        {out ? `. Left out: ${out}.` : '.'}
      </p>
    </form>
  )
}

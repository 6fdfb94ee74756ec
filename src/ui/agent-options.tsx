// Who can be asked for: the choice of a person is worded the same wherever it is made.

interface AgentOptionsProps {
  agents: readonly { id: string; name: string; skills: readonly string[] }[]
}

/** The options of a `select`: anybody, with an empty value, then each agent with the first of their skills. */
export function AgentOptions({ agents }: AgentOptionsProps) {
  return (
    <>
      <option value="">Anybody free, by skill</option>
      {agents.map((agent) => (
        <option key={agent.id} value={agent.id}>
          {agent.name} · {agent.skills.slice(0, 3).join(', ') || 'no skills noted'}
        </option>
      ))}
    </>
  )
}

// The endpoints of human agents.
import { agentsList } from '#contract/agent.ts'
import type { Db } from '#server/db/database.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import { listAgents } from '#server/modules/agents/agents-service.ts'

export function registerAgents(register: RegisterEndpoint, { db }: { db: Db }): void {
  register(agentsList, async ({ principal, query }) => ({
    status: 200,
    body: { agents: await listAgents(db, principal.companyId, query) },
  }))
}

// Human agents: who there is, who is free, and whom an escalation should ring.
import type { Selectable } from 'kysely'
import type { HumanAgent } from '#contract/agent.ts'
import type { Db } from '#server/db/database.ts'
import type { AgentTable } from '#server/db/schema.ts'

export interface AgentFilter {
  is_active?: boolean | undefined
  is_available?: boolean | undefined
}

function presentAgent(row: Selectable<AgentTable>, busy: boolean): HumanAgent {
  const agent: HumanAgent = {
    id: row.id,
    name: row.name,
    email: row.email,
    is_available: row.is_available && row.is_active && !busy,
    is_active: row.is_active,
    skills: row.skills,
    departments: row.departments,
    total_calls_handled: row.total_calls_handled,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    metadata: row.metadata,
  }
  if (row.phone_number !== null) agent.phone_number = row.phone_number
  if (row.extension !== null) agent.extension = row.extension
  if (row.average_rating !== null) agent.average_rating = row.average_rating
  if (row.last_active_at !== null) agent.last_active_at = row.last_active_at.toISOString()
  if (row.user_id !== null) agent.user_id = row.user_id
  return agent
}

/** Agents by name. One with an open escalation is busy: not available, whatever the record says. */
export async function listAgents(db: Db, companyId: string, filter: AgentFilter = {}): Promise<HumanAgent[]> {
  const rows = await db
    .selectFrom('agents')
    .selectAll()
    .where('company_id', '=', companyId)
    .orderBy('name')
    .orderBy('id')
    .execute()
  const open = await db
    .selectFrom('escalations')
    .select('agent_id')
    .where('company_id', '=', companyId)
    .where('status', 'in', ['pending', 'in_progress'])
    .where('agent_id', 'is not', null)
    .execute()
  const busy = new Set(open.map(({ agent_id }) => agent_id))
  return rows
    .map((row) => presentAgent(row, busy.has(row.id)))
    .filter(
      (agent) =>
        (filter.is_active === undefined || agent.is_active === filter.is_active) &&
        (filter.is_available === undefined || agent.is_available === filter.is_available),
    )
}

/** The free agent who fits best: by skill first, then who has handled the fewest calls. */
export function pickAgent(agents: readonly HumanAgent[], wanted: readonly string[]): HumanAgent | undefined {
  const skills = wanted.map((word) => word.toLowerCase())
  const fit = (agent: HumanAgent) =>
    [...agent.skills, ...agent.departments].filter((skill) => skills.includes(skill.toLowerCase())).length
  return agents
    .filter((agent) => agent.is_available)
    .sort(
      (a, b) => fit(b) - fit(a) || a.total_calls_handled - b.total_calls_handled || a.id.localeCompare(b.id),
    )[0]
}

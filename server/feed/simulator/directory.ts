// Whom the simulated floor belongs to: the company's business lines, its people, and whose calls are whose.
import type { BusinessKind } from '#server/feed/simulator/scenario.ts'

export interface SimulatedBusiness {
  id: string
  name: string
  kind: BusinessKind
  /** Its own line, E.164. */
  number: string
  aiName: string
}

export interface SimulatorDirectory {
  companyId: string
  /** At least one. */
  businesses: readonly SimulatedBusiness[]
  agents: readonly { id: string; name: string; skills: readonly string[]; userId?: string | undefined }[]
  /** People who have calls of their own; each that is absent has none. */
  owners: {
    csrAgentId?: string | undefined
    techUserId?: string | undefined
    repUserId?: string | undefined
  }
}

/** The members of a call that make it somebody's own; the n-th call of the day decides, so everybody has some at any time. */
export function ownership(owners: SimulatorDirectory['owners'], n: number) {
  return {
    ...(owners.csrAgentId && n % 12 === 3 ? { assigned_agent_id: owners.csrAgentId } : {}),
    ...(owners.techUserId && n % 14 === 5 ? { assigned_tech_id: owners.techUserId } : {}),
    ...(owners.repUserId && n % 16 === 8 ? { owner: owners.repUserId } : {}),
  }
}

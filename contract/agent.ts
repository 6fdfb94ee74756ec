// Human agents: the people an escalation reaches.
import { z } from 'zod'
import { endpoint } from '#contract/endpoint.ts'
import { Id, Instant, Metadata, PhoneNumber, QueryBoolean } from '#contract/primitives.ts'

export const HumanAgent = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string(),
    phone_number: PhoneNumber.optional(),
    extension: z.string().optional(),
    /** Free to take a call now. */
    is_available: z.boolean(),
    /** Employed; an inactive agent is never offered a call. */
    is_active: z.boolean(),
    skills: z.array(z.string()),
    departments: z.array(z.string()),
    total_calls_handled: z.number().int(),
    /** 1 to 5. */
    average_rating: z.number().optional(),
    created_at: Instant,
    updated_at: Instant,
    last_active_at: Instant.optional(),
    metadata: Metadata,
    /** The signed-in user this agent is, so that "own calls" mean something. */
    user_id: Id.optional(),
  })
  .meta({ id: 'HumanAgent' })
export type HumanAgent = z.infer<typeof HumanAgent>

export const agentsList = endpoint({
  id: 'agents-list',
  summary: 'List human agents',
  method: 'GET',
  path: '/api/v1/agents',
  capability: 'agents.read',
  query: z.object({ is_active: QueryBoolean.optional(), is_available: QueryBoolean.optional() }),
  responses: { 200: z.object({ agents: z.array(HumanAgent) }) },
})

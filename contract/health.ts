// The liveness answer clients poll.
import { z } from 'zod'
import { endpoint } from '#contract/endpoint.ts'

export const health = endpoint({
  id: 'health',
  summary: 'Is the server up?',
  method: 'GET',
  path: '/api/v1/health',
  capability: 'public',
  limit: 'none',
  responses: { 200: z.object({ status: z.literal('ok') }) },
  timeoutMs: 3000,
})

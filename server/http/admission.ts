// Who may come in: token to principal, how often, and whether the role holds what the record asks for.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EndpointSpec } from '#contract/endpoint.ts'
import { can } from '#contract/permissions.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { Kernel } from '#server/http/create-http.ts'
import { limitUser } from '#server/http/limit-requests.ts'

const forbiddenRead = "You don't have permission"
const forbiddenAction = "You don't have permission to perform this action"

/** The token of `Authorization: Bearer …`, null when there is none. */
export function bearerToken(header: string | undefined): string | null {
  const [, token] = /^Bearer +([^\s]+) *$/i.exec(header ?? '') ?? []
  return token ?? null
}

/** Lets the request in or throws the refusal. The principal is left on the request for the handler and the log. */
export async function admit(
  kernel: Kernel,
  record: EndpointSpec,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { capability } = record
  if (capability === 'public' || capability === 'signature') return
  const token = bearerToken(request.headers.authorization)
  if (token === null) throw new ApiError('UNAUTHORIZED', 'Sign in first.')
  const principal = await kernel.verifyToken(token)
  request.principal = principal
  const limit = record.limit ?? 'standard'
  if (limit === 'standard' || limit === 'analytics' || limit === 'undo')
    limitUser(kernel, principal, reply, limit)
  if (capability === 'signed-in' || can(principal.role, capability)) return
  // refusals are watched; ids only.
  kernel.metrics.http.refused.inc({ endpoint: record.id, role: principal.role })
  kernel.log.warn(
    { id: request.id, endpoint: record.id, userId: principal.userId, companyId: principal.companyId },
    'forbidden',
  )
  throw new ApiError('FORBIDDEN', record.method === 'GET' ? forbiddenRead : forbiddenAction)
}

// Makes routes of one contract record: its path, its aliases, who may call, how often, and what goes in and out.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { EndpointSpec } from '#contract/endpoint.ts'
import type { EndpointContext, EndpointHandler } from '#server/domain/endpoint-handler.ts'
import { admit } from '#server/http/admission.ts'
import type { Kernel } from '#server/http/create-http.ts'
import { unsupportedMediaType } from '#server/http/error-handler.ts'
import { limitSignIn } from '#server/http/limit-requests.ts'
import { refuseForeignTenant } from '#server/http/tenant-claim.ts'
import { parseJson, parsePart } from '#server/http/validate.ts'

const noBytes = Buffer.alloc(0)

/** Every path the record answers at: its own, its aliases, and each of them without the version. */
export function pathsOf(record: EndpointSpec): string[] {
  const spelled = [record.path, ...(record.aliases ?? [])]
  return [...new Set(spelled.flatMap((path) => [path, path.replace(/^\/api\/v1\//, '/api/')]))]
}

/** Registers the record's routes on a server made by `createHttp`. */
export function registerEndpoint<const E extends EndpointSpec, H extends EndpointHandler<E>>(
  app: FastifyInstance,
  record: E,
  handler: H,
): void {
  const { kernel } = app
  const isSigned = record.capability === 'signature'
  for (const url of pathsOf(record)) {
    noteRoute(kernel, url, record.method)
    app.route({
      method: record.method,
      url,
      bodyLimit: isSigned ? kernel.limits.webhookBodyBytes : kernel.limits.bodyBytes,
      onRequest: (request, reply) => admit(kernel, record, request, reply),
      handler: async (request, reply) => {
        const context = readRequest(kernel, record, request, reply)
        const answer = await handler(context)
        checkAnswer(kernel, record, answer)
        if (answer.headers) reply.headers(answer.headers)
        return reply.code(Number(answer.status)).send(answer.body)
      },
    })
  }
}

function noteRoute(kernel: Kernel, url: string, method: string): void {
  const pattern = new RegExp(`^${url.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}/?$`)
  const known = kernel.routes.get(url) ?? { pattern, methods: new Set<string>() }
  known.methods.add(method)
  kernel.routes.set(url, known)
}

/** The parsed request, in the order in which a caller can put things right: body as JSON, limit, tenant, each part. */
function readRequest<E extends EndpointSpec>(
  kernel: Kernel,
  record: E,
  request: FastifyRequest,
  reply: FastifyReply,
): EndpointContext<E> {
  const rawBody = Buffer.isBuffer(request.body) ? request.body : noBytes
  const isSigned = record.capability === 'signature'
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  if (isForm && !isSigned && rawBody.length > 0) throw unsupportedMediaType()
  const json = isSigned || !record.body ? undefined : parseJson(rawBody)
  if (record.limit === 'auth') limitSignIn(kernel, request, reply, json)
  if (request.principal) refuseForeignTenant(request.principal, request.query, json)
  return {
    params: parsePart('params', record.params, request.params),
    query: parsePart('query', record.query, request.query),
    body: isSigned ? undefined : parsePart('body', record.body, json),
    principal: request.principal,
    requestId: request.id,
    address: request.ip,
    headers: request.headers,
    cookies: request.cookies,
    rawBody,
    parseBody: () => parsePart('body', record.body, parseJson(rawBody)),
  } as unknown as EndpointContext<E>
}

/** In development and tests an answer is held against its record; the log names places, never values. */
function checkAnswer(kernel: Kernel, record: EndpointSpec, answer: { status: unknown; body: unknown }): void {
  if (kernel.checkResponses === 'off') return
  const schema = record.responses[Number(answer.status)]
  const faults = schema
    ? (schema.safeParse(answer.body).error?.issues ?? []).map(
        (issue) => `${issue.path.join('.')}: ${issue.code}`,
      )
    : [`status ${String(answer.status)} is not declared`]
  if (faults.length === 0) return
  kernel.log.error({ endpoint: record.id, status: answer.status, faults }, 'answer differs from its record')
  if (kernel.checkResponses === 'throw') throw new Error(`${record.id}: ${faults.join('; ')}`)
}

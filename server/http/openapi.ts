// The API's description, built from the contract's records: OpenAPI 3.1, whose schemas are JSON Schema as zod writes them.
import { z } from 'zod'
import type { EndpointSpec } from '#contract/endpoint.ts'
import { ErrorBody, type ErrorCode, errorStatus } from '#contract/errors.ts'
import { rolesWith } from '#contract/permissions.ts'

type Json = Record<string, unknown>

const commonErrors: readonly ErrorCode[] = ['VALIDATION_ERROR', 'INTERNAL_ERROR', 'UNAVAILABLE']
const signedInErrors: readonly ErrorCode[] = ['UNAUTHORIZED', 'FORBIDDEN']

/** Collects named schemas (`.meta({ id })`) and points to them. */
function createSchemaWriter() {
  const schemas: Json = {}
  const write = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const { $schema: _, $defs, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
    Object.assign(schemas, repoint($defs ?? {}))
    const { id } = schema.meta() ?? {}
    if (typeof id !== 'string') return repoint(json) as Json
    schemas[id] = repoint(json)
    return { $ref: `#/components/schemas/${id}` }
  }
  return { schemas, write }
}

/** `#/$defs/Call` → `#/components/schemas/Call`, at any depth. */
function repoint(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(repoint)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === '$ref' && typeof inner === 'string'
        ? [key, inner.replace('#/$defs/', '#/components/schemas/')]
        : [key, repoint(inner)],
    ),
  )
}

type Writer = ReturnType<typeof createSchemaWriter>

function parameters(record: EndpointSpec, writer: Writer): Json[] {
  const of = (place: 'path' | 'query', schema: z.ZodType | undefined): Json[] => {
    if (!schema) return []
    const { properties = {}, required = [] } = writer.write(schema, 'input') as {
      properties?: Record<string, Json>
      required?: string[]
    }
    return Object.entries(properties).map(([name, { description, ...json }]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description ? { description } : {}),
      schema: json,
    }))
  }
  return [...of('path', record.params), ...of('query', record.query)]
}

function responses(record: EndpointSpec, writer: Writer): Json {
  const content = (schema: Json) => ({ 'application/json': { schema } })
  const error = content(writer.write(ErrorBody, 'output'))
  const isOpen = record.capability === 'public' || record.capability === 'signature'
  const isLimited = (record.limit ?? 'standard') !== 'none'
  const codes = new Set<ErrorCode>([
    ...commonErrors,
    ...(isOpen ? [] : signedInErrors),
    ...(record.id === 'auth-login' || record.id === 'auth-refresh' ? (['UNAUTHORIZED'] as const) : []),
    ...(isLimited ? (['RATE_LIMITED'] as const) : []),
    ...(record.errors ?? []),
  ])
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of codes) {
    const status = errorStatus[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return {
    ...Object.fromEntries(
      Object.entries(record.responses).map(([status, schema]) => [
        status,
        { description: 'Done', content: content(writer.write(schema, 'output')) },
      ]),
    ),
    ...Object.fromEntries(
      [...byStatus].map(([status, names]) => [status, { description: names.join(', '), content: error }]),
    ),
  }
}

/** Who may call, in words. */
export function audienceOf({ capability }: EndpointSpec): string {
  if (capability === 'public') return 'Anyone.'
  if (capability === 'signature') return 'Whoever signs the body as Standard Webhooks says.'
  if (capability === 'signed-in') return 'Anyone who is signed in.'
  return `Roles: ${rolesWith(capability).join(', ')}.`
}

function operation(record: EndpointSpec, writer: Writer): Json {
  const isOpen = record.capability === 'public' || record.capability === 'signature'
  const aliases = record.aliases?.length ? ` Also at ${record.aliases.join(', ')}.` : ''
  return {
    operationId: record.id,
    summary: record.summary,
    description: `${audienceOf(record)}${aliases}`,
    tags: [record.path.split('/')[3] ?? 'other'],
    parameters: parameters(record, writer),
    ...(record.body
      ? {
          requestBody: {
            required: !record.body.safeParse({}).success,
            content: { 'application/json': { schema: writer.write(record.body, 'input') } },
          },
        }
      : {}),
    responses: responses(record, writer),
    security: isOpen ? [] : [{ bearer: [] }],
  }
}

/** The description of the endpoints, as JSON. */
export function describeApi(endpoints: readonly EndpointSpec[], version: string): Json {
  const writer = createSchemaWriter()
  const paths: Record<string, Json> = {}
  for (const record of endpoints) {
    const path = record.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [record.method.toLowerCase()]: operation(record, writer) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Callboard',
      version,
      description:
        'Live calls of AI voice agents, and the means to step in. The same paths answer under /api.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: writer.schemas,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  }
}

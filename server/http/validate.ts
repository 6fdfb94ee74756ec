// Turns what came over the wire into what a record promises, or into a 400 that names each faulty field.
import type { z } from 'zod'
import type { FieldFault } from '#contract/errors.ts'
import { ApiError } from '#server/domain/api-error.ts'

/** Faults listed in one answer; a delivery of 1,000 bad events needs no longer list to be understood. */
const maxFaults = 1000

type Issue = z.core.$ZodIssue
type Part = 'params' | 'query' | 'body'

/** `body.events[3].data.call_id`. */
function fieldName(part: Part, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, key) => (typeof key === 'number' ? `${name}[${key}]` : `${name}.${String(key)}`),
    part,
  )
}

function isMissing(input: unknown, path: readonly PropertyKey[]): boolean {
  let at: unknown = input
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return false
    at = (at as Record<PropertyKey, unknown>)[key]
  }
  return at === undefined
}

function words(issue: Issue, missing: boolean): string {
  if (missing && ['invalid_type', 'invalid_value', 'invalid_union'].includes(issue.code))
    return 'This is required.'
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return [...new Set(issue.errors.flat().map((inner) => inner.message))].join(', or ')
  return issue.message
}

/** Faults by field, in the order zod found them. */
export function faultsOf(part: Part, issues: readonly Issue[], input: unknown): FieldFault[] {
  return issues.slice(0, maxFaults).map((issue) => ({
    field: fieldName(part, issue.path),
    message: words(issue, isMissing(input, issue.path)),
  }))
}

/** A 400 that lists the faults. */
export function validationError(faults: readonly FieldFault[]): ApiError {
  const first = faults[0]
  const more = faults.length > 1 ? ` And ${faults.length - 1} more.` : ''
  const message = first ? `${first.field}: ${first.message}${more}` : 'The request is not valid.'
  return new ApiError('VALIDATION_ERROR', message, faults)
}

/** The parsed part, undefined when the record has no schema for it. Members the schema does not know are left out. */
export function parsePart(part: Part, schema: z.ZodType | undefined, input: unknown): unknown {
  if (!schema) return undefined
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw validationError(faultsOf(part, result.error.issues, input))
}

/** The JSON value of a body's bytes; an empty body is `{}`, so that endpoints with only optional members take it. */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return {}
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new ApiError('VALIDATION_ERROR', 'The body is not valid JSON.', [
      { field: 'body', message: 'Send valid JSON.' },
    ])
  }
}

// One sentence for each failure, the same on every screen.
import type { ApiProblem } from '#contract/errors.ts'
import type { Result } from '#src/lib/result.ts'

const words: Record<string, string> = {
  CALL_NOT_ACTIVE: 'This call has ended.',
  NO_AGENT_AVAILABLE: 'No agent is available right now.',
  FORBIDDEN: "You don't have permission to perform this action",
  CALL_NOT_FOUND: 'Call not found.',
  NETWORK: 'The server cannot be reached. Nothing was lost, try again.',
  TIMEOUT: 'No answer yet. Check what became of it before you try again.',
  UNAVAILABLE: 'The server cannot take this now. Try again in a moment.',
  INTERNAL_ERROR: 'Server error. Please try again later.',
}

/** What to tell the person, with the id support asks for when the server failed. */
export function problemWords({ code, message, retryAfter, requestId, status }: ApiProblem): string {
  if (code === 'RATE_LIMITED')
    return `Too many requests. Try again${retryAfter ? ` in ${Math.ceil(retryAfter)} s` : ' in a moment'}.`
  const text = words[code] ?? message
  return status >= 500 && requestId ? `${text} (${requestId})` : text
}

/** What an offer to undo is told of its request: true, false when another try may help, or why none will. */
export function undoOutcome(answer: Result<unknown, ApiProblem>): boolean | string {
  if (answer.ok) return true
  const { status, code } = answer.problem
  return status === 0 || status >= 500 || code === 'RATE_LIMITED' ? false : problemWords(answer.problem)
}

interface Fault {
  field: string
  message: string
}

/** Messages of a refused form by the last part of their field's path: `body.note` → `note`. */
export function fieldFaults({ details }: ApiProblem): Record<string, string> {
  const faults: Record<string, string> = {}
  const list = Array.isArray(details)
    ? details
    : ((details as { fields?: unknown } | undefined)?.fields ?? [])
  if (!Array.isArray(list)) return faults
  for (const { field, message } of list as Partial<Fault>[])
    if (typeof field === 'string' && typeof message === 'string')
      faults[field.split('.').at(-1) ?? field] = message
  return faults
}

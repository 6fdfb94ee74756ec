// A call at one instant, for the rules of attention.
import type { Call } from '#contract/call.ts'
import { makeCall } from '#tests/support/factories.ts'

export const now = Date.UTC(2026, 10, 20, 12)
export const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString()
export const call = (patch: Partial<Call>): Call => ({
  ...makeCall({ id: 'a' }),
  status: 'in_progress',
  started_at: ago(60),
  updated_at: ago(2),
  last_line: { id: 1, speaker: 'ai', text: 'Yes', at: ago(2) },
  ...patch,
})

// Ten thousand calls say the same things: values that are equal are held once.
import type { Attention, Call } from '#contract/call.ts'
import { writeScore } from '#contract/mood.ts'
import type { CallChange } from '#contract/protocol.ts'
import { same } from '#src/lib/same.ts'

/** Members of a call that many calls have in common. */
const shared = [
  'status',
  'direction',
  'to_number',
  'business_id',
  'business_name',
  'ai_name',
  'sentiment',
] as const
/** More different values than this are not worth remembering. */
const poolSize = 5000

const texts = new Map<string, string>()
const calm = new Map<string, Attention>()
const nothing = {}

function pooled<T>(pool: Map<string, T>, key: string, value: T): T {
  const known = pool.get(key)
  if (known !== undefined) return known
  if (pool.size >= poolSize) pool.clear()
  pool.set(key, value)
  return value
}

/** Attention without a reason has few values; reasons are said in few words. May change the object it is given. */
export function shareAttention(attention: Attention): Attention {
  if (attention.reasons.length === 0) return pooled(calm, `${attention.level}${attention.score}`, attention)
  for (const reason of attention.reasons) {
    reason.code = pooled(texts, reason.code, reason.code) as typeof reason.code
    reason.text = pooled(texts, reason.text, reason.text)
  }
  return attention
}

type Own<T> = { -readonly [K in keyof T]: T[K] } & Record<string, unknown>

/** The score objects of a mood line held once. Changes the list it is given. */
function shareScores(mood: (number | null)[]): void {
  for (let index = 0; index < mood.length; index += 1) {
    const score = mood[index]
    if (typeof score === 'number') writeScore(mood, index, score)
  }
}

/**
 * What changed of the known call, just read from the wire, with equal values held once. Changes the object it is given. Attention is
 * told in any case, and mostly the same: what is not held a second time is nothing to clear away in the middle of a snapshot.
 */
export function shareChange(change: CallChange, known: Call): CallChange {
  const own = change as Own<CallChange>
  if (own.sentiment) own.sentiment = pooled(texts, own.sentiment, own.sentiment) as never
  if (own.attention)
    own.attention =
      known.attention && same(own.attention, known.attention)
        ? known.attention
        : shareAttention(own.attention)
  if (own.mood) shareScores(own.mood)
  return change
}

/** The call that was just read from the wire, with equal values held once. Changes the object it is given. */
export function shareValues(call: Call): Call {
  const own = call as Own<Call>
  for (const key of shared) {
    const value = own[key]
    if (typeof value === 'string') own[key] = pooled(texts, value, value) as never
  }
  if (own.created_at === own.started_at) own.created_at = own.started_at
  if (own.updated_at === own.started_at) own.updated_at = own.started_at
  if (own.attention) own.attention = shareAttention(own.attention)
  const { metadata, mood } = own
  if (mood) shareScores(mood)
  if (typeof metadata === 'object' && metadata !== null && Object.keys(metadata).length === 0)
    own.metadata = nothing
  return call
}

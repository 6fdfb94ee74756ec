// The three events that make up nearly all of a busy floor, looked at by hand: the schema would say the same at ten times the
// cost, and copy them.
import { SentimentLabel, Speaker } from '#contract/call.ts'
import { Instant } from '#contract/primitives.ts'
import type { TelephonyEvent } from '#contract/telephony.ts'

type Members = Readonly<Record<string, unknown>>

const speakers: ReadonlySet<unknown> = new Set(Speaker.options)
const labels: ReadonlySet<unknown> = new Set(SentimentLabel.options)

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null
const isId = (value: unknown) => typeof value === 'string' && value.length > 0 && value.length <= 200
const isRatio = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1
const isInstant = (value: unknown) => value === undefined || Instant.safeParse(value).success

/** True where the object has no other members than these; the schema leaves others out. */
function hasOnly(value: Members, first: string, second: string, third = '', fourth = ''): boolean {
  for (const key in value)
    if (key !== first && key !== second && key !== third && key !== fourth) return false
  return true
}

function isLine(line: unknown): boolean {
  if (!isMembers(line) || !hasOnly(line, 'id', 'speaker', 'text', 'timestamp')) return false
  const { id, speaker, text, timestamp } = line
  const isText = typeof text === 'string' && text.length <= 20_000
  return isText && isId(id) && speakers.has(speaker) && isInstant(timestamp)
}

function isMood(mood: unknown): boolean {
  return isMembers(mood) && hasOnly(mood, 'score', 'label') && isRatio(mood.score) && labels.has(mood.label)
}

function isScore(score: unknown): boolean {
  return isMembers(score) && hasOnly(score, 'overall_score', 'overall_score') && isRatio(score.overall_score)
}

/**
 * The very event where it is a line, a mood or a score without unusual members and without a fault; null where the schema has
 * to look at it.
 */
export function usualEvent(event: Members): TelephonyEvent | null {
  const { data } = event
  if (!isMembers(data) || !hasOnly(event, 'event', 'data') || !isId(data.call_id)) return null
  return isUsual(event.event, data) ? (event as unknown as TelephonyEvent) : null
}

function isUsual(name: unknown, data: Members): boolean {
  switch (name) {
    case 'interaction.added':
      return hasOnly(data, 'call_id', 'interaction') && isLine(data.interaction)
    case 'sentiment.changed':
      return hasOnly(data, 'call_id', 'sentiment', 'at') && isMood(data.sentiment) && isInstant(data.at)
    case 'qa.score.updated':
      return hasOnly(data, 'call_id', 'qa_score', 'at') && isScore(data.qa_score) && isInstant(data.at)
    default:
      return false
  }
}

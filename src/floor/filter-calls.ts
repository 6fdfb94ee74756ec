// Which calls a filter lets through, and how many each chip would show. Pure; `now` in epoch ms of the server.
import type { Call } from '#contract/call.ts'
import { digitsSought, passesFilter } from '#contract/call-filter.ts'
import { isLive } from '#contract/call-rules.ts'
import { callFilterOf } from '#src/floor/call-filter-of.ts'
import type { GridFilter } from '#src/floor/view.ts'

export const longCallMs = 600_000

/** True when a person has the call. */
export function isHumanOn(call: Call): boolean {
  return isLive(call.status) && call.escalation_status === 'in_progress'
}

/** True when the call waits for a person. */
export function isWaiting(call: Call): boolean {
  return isLive(call.status) && call.escalation_status === 'pending'
}

const digits = (text: string) => text.replace(/\D/g, '')

function matchesText(call: Call, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return true
  const numbers = digitsSought(wanted)
  if (
    numbers !== '' &&
    (digits(call.from_number).includes(numbers) || digits(call.to_number).includes(numbers))
  )
    return true
  const { contact_name, business_name, ai_name, assigned_agent, last_line, attention, id } = call
  const texts = [
    contact_name,
    business_name,
    ai_name,
    assigned_agent?.name,
    last_line?.text,
    id,
    ...(attention?.reasons.map((reason) => reason.text) ?? []),
  ]
  return texts.some((value) => value?.toLowerCase().includes(wanted))
}

/** True when the filter shows the call. */
export function matchesFilter(call: Call, filter: GridFilter, now: number): boolean {
  if (!passesFilter(call, callFilterOf(filter))) return false
  if (filter.qa) {
    if (call.qa_score === undefined) return false
    const percent = Math.round(call.qa_score * 100)
    if (filter.qa.side === 'below' ? percent >= filter.qa.percent : percent <= filter.qa.percent) return false
  }
  if (filter.humanOn && !isHumanOn(call)) return false
  if (filter.waiting && !isWaiting(call)) return false
  if (filter.long && !(isLive(call.status) && now - Date.parse(call.started_at) >= longCallMs)) return false
  return matchesText(call, filter.text)
}

/** True when an instant is at or before another that is written as in `toISOString`; what is written alike is not parsed. */
function isBy(instant: string, canonical: string): boolean {
  const isAlike = instant.length === canonical.length && instant.endsWith('Z')
  return isAlike ? instant <= canonical : Date.parse(instant) <= Date.parse(canonical)
}

export interface ChipCounts {
  all: number
  inbound: number
  outbound: number
  humanOn: number
  waiting: number
  negative: number
  long: number
}

/** How many live calls each chip stands for, whatever the filter is. */
export function countChips(calls: Iterable<Call>, now: number): ChipCounts {
  const counts = { all: 0, inbound: 0, outbound: 0, humanOn: 0, waiting: 0, negative: 0, long: 0 }
  const longSince = new Date(now - longCallMs).toISOString()
  for (const call of calls) {
    if (!isLive(call.status)) continue
    counts.all += 1
    counts[call.direction] += 1
    if (isHumanOn(call)) counts.humanOn += 1
    if (isWaiting(call)) counts.waiting += 1
    if (call.sentiment === 'negative') counts.negative += 1
    if (isBy(call.started_at, longSince)) counts.long += 1
  }
  return counts
}

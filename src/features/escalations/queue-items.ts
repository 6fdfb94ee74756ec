// The queue as the page shows it: what the list said, what was told since, who waits longest on top. Pure.
import type { EscalationItem } from '#contract/escalation-endpoints.ts'
import type { Escalation } from '#contract/transcript.ts'

export type QueuePart = 'waiting' | 'taken' | 'settled'

export interface QueueGroup {
  part: QueuePart
  items: readonly EscalationItem[]
}

export const partWords: Record<QueuePart, string> = {
  waiting: 'Waiting',
  taken: 'With a person',
  settled: 'Settled today',
}

const partOf = ({ status }: Escalation): QueuePart =>
  status === 'pending' ? 'waiting' : status === 'in_progress' ? 'taken' : 'settled'

/** What was told after the list was asked for takes the place of what the list says. */
export function withNews(
  items: readonly EscalationItem[],
  news: ReadonlyMap<string, Escalation>,
  known: ReadonlyMap<string, Escalation>,
): { items: EscalationItem[]; isIncomplete: boolean } {
  const fresh = new Map<number, Escalation>()
  for (const [callId, escalation] of news)
    if (known.get(callId) !== escalation) fresh.set(escalation.id, escalation)
  const merged = items.map((item) => {
    const told = fresh.get(item.id)
    fresh.delete(item.id)
    return told ? { ...told, call: item.call } : item
  })
  return { items: merged, isIncomplete: fresh.size > 0 }
}

/** The parts in their order; open ones by how long they wait, settled ones newest first. */
export function groupQueue(
  items: readonly EscalationItem[],
  isMine: (item: EscalationItem) => boolean,
): QueueGroup[] {
  const byWait = (a: EscalationItem, b: EscalationItem) =>
    Date.parse(a.requested_at) - Date.parse(b.requested_at) || a.id - b.id
  const byEnd = (a: EscalationItem, b: EscalationItem) =>
    Date.parse(b.completed_at ?? b.requested_at) - Date.parse(a.completed_at ?? a.requested_at) || b.id - a.id
  const shown = items.filter(isMine)
  return (['waiting', 'taken', 'settled'] as const).map((part) => ({
    part,
    items: shown.filter((item) => partOf(item) === part).sort(part === 'settled' ? byEnd : byWait),
  }))
}

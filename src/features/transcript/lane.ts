// What people and rules did, beside the lines of the script: each deed is given to the row at whose time it was done. Pure.
import type { Meaning } from '#src/lib/meaning.ts'
import type { TranscriptItem } from '#src/features/transcript/transcript-items.ts'

/** One deed beside the script. */
export interface LaneEntry {
  key: string
  /** Epoch ms. */
  at: number
  text: string
  /** Who did it; absent of rules. */
  who?: string | undefined
  /** Absent where nothing stands out. */
  meaning?: Meaning | undefined
  /** The line it concerns. */
  lineId?: number | undefined
}

export type Lane = ReadonlyMap<string, readonly LaneEntry[]>

/** When an item of the script was said or done, epoch ms. */
function timeOf(item: TranscriptItem): number {
  switch (item.kind) {
    case 'line':
      return Date.parse(item.line.timestamp)
    case 'act':
      return Date.parse(item.act.at)
    case 'wish':
      return item.wish.askedAt
    case 'note':
      return Date.parse(item.note.created_at)
  }
}

/** Entries by the key of their row: the line they name, else the last row before them, else the first. */
export function laneOf(items: readonly TranscriptItem[], entries: readonly LaneEntry[]): Lane {
  const lane = new Map<string, LaneEntry[]>()
  const [first] = items
  if (!first) return lane
  const lines = new Map(
    items.flatMap((item) => (item.kind === 'line' ? [[item.line.id, item.key] as const] : [])),
  )
  const times = items.map(timeOf)
  for (const entry of entries) {
    let index = times.findLastIndex((at) => at <= entry.at)
    if (index < 0) index = 0
    const key =
      (entry.lineId === undefined ? undefined : lines.get(entry.lineId)) ?? items[index]?.key ?? first.key
    const held = lane.get(key)
    if (held) held.push(entry)
    else lane.set(key, [entry])
  }
  return lane
}

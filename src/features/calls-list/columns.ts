// The columns of the list as data: name, width, what sorts by it, and when it gives way. Its cell is in call-cells.tsx.
import type { CallsQuery } from '#contract/call-link.ts'

export const callColumnIds = [
  'started',
  'status',
  'direction',
  'from',
  'to',
  'last_line',
  'duration',
  'sentiment',
  'qa',
  'escalation',
  'agent',
  'business',
] as const
export type CallColumnId = (typeof callColumnIds)[number]

interface ColumnLayout {
  name: string
  /** Head when the name is too long or stands for itself. */
  head?: string
  /** CSS grid track. */
  track: string
  /** The list must be this wide before the column is shown by itself; null: only when chosen. */
  from: number | null
  end?: boolean
  sort?: NonNullable<CallsQuery['sort_by']>
}

export const callColumns: Record<CallColumnId, ColumnLayout> = {
  started: { name: 'Started', track: '118px', from: 0, sort: 'started_at' },
  status: { name: 'State', track: '98px', from: 680 },
  direction: { name: 'Direction', head: '', track: '16px', from: 760 },
  from: { name: 'Caller', track: 'minmax(130px, 190px)', from: 0 },
  to: { name: 'To', track: '112px', from: null },
  last_line: { name: 'About', track: 'minmax(120px, 1fr)', from: 0 },
  duration: { name: 'Length', track: '64px', from: 0, end: true, sort: 'duration' },
  sentiment: { name: 'Mood', track: '58px', from: 600 },
  qa: { name: 'QA', track: '46px', from: 640, end: true, sort: 'qa_score' },
  escalation: { name: 'Escalation', track: '104px', from: 1080 },
  agent: { name: 'Handled by', track: '112px', from: 900 },
  business: { name: 'Business', track: '132px', from: 1240 },
}

const isColumn = (id: unknown): id is CallColumnId => callColumnIds.some((known) => known === id)

/** Columns as an address or a preference names them, each once; null where none is named. */
export function parseColumns(value: unknown): CallColumnId[] | null {
  const names = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : []
  const ids = [...new Set(names.filter(isColumn))]
  return ids.length > 0 ? ids : null
}

/** The columns a list of this width (px; 0: not known yet) shows by itself. */
export function fittingColumns(width: number): CallColumnId[] {
  return callColumnIds.filter((id) => {
    const { from } = callColumns[id]
    return from !== null && (width || 1224) >= from
  })
}

/** Px a list with these columns takes at least, gaps and edges included. */
export function leastWidth(ids: readonly CallColumnId[]): number {
  return ids.reduce((sum, id) => sum + Number(/\d+/.exec(callColumns[id].track)?.[0]) + 10, 32)
}

/** Changes places with the neighbour; the same list where there is none. */
export function movedColumn(
  ids: readonly CallColumnId[],
  id: CallColumnId,
  by: -1 | 1,
): readonly CallColumnId[] {
  const at = ids.indexOf(id)
  const other = ids[at + by]
  if (at < 0 || other === undefined) return ids
  return ids.with(at, other).with(at + by, id)
}

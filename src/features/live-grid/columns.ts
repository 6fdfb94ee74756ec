// The columns as data: name, width, when they give way, and how they sort. A new column starts here.
import {
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'
import type { Call } from '#contract/call.ts'
import { byAttention } from '#src/features/live-grid/attention-order.ts'
import { callerName, statusWords } from '#src/features/live-grid/call-words.ts'
import type { ColumnId } from '#src/features/live-grid/view.ts'

/** A call and the ten its score stands in. */
export interface GridRow {
  call: Call
  buckets: ReadonlyMap<string, number>
}

export interface ColumnLayout {
  /** Head, and name in the column menu. */
  name: string
  /** Head when the name is too long or stands for itself. */
  head?: string
  /** CSS grid track. */
  track: string
  /** Track where the board is narrower than `narrowPx`. */
  narrow?: string
  /** Pixels it needs at least. */
  min: number
  /** The board must be this wide before the column is shown by itself; null: only when chosen. */
  from: number | null
  end?: boolean
}

/** Below this width of the board the columns use their narrow tracks, px. */
export const narrowPx = 820

export const columnLayout: Record<ColumnId, ColumnLayout> = {
  status: { name: 'State', head: '', track: '34px', min: 34, from: 0 },
  direction: { name: 'Direction', head: '', track: '16px', min: 16, from: 820 },
  from: { name: 'Caller', track: '176px', narrow: '146px', min: 128, from: 0 },
  to: { name: 'To', track: '112px', min: 112, from: null },
  last_line: { name: 'Why, and the last line', track: 'minmax(180px, 1fr)', min: 180, from: 0 },
  sentiment: { name: 'Mood, 2 min', track: '106px', narrow: '66px', min: 66, from: 600 },
  duration: { name: 'Elapsed', track: '56px', min: 56, from: 0, end: true },
  escalation: { name: 'Escalation', track: '132px', narrow: '116px', min: 116, from: 680 },
  agent: { name: 'Handled by', track: '104px', min: 104, from: 960 },
  business: { name: 'Business', track: '120px', min: 120, from: null },
  qa: { name: 'QA', track: '30px', min: 30, from: 860, end: true },
  started: { name: 'Started', track: '66px', min: 66, from: null, end: true },
  attention: { name: 'Attention', track: '62px', min: 62, from: null, end: true },
}

/** The columns a board of this width shows by itself, in their order. */
export function fittingColumns(width: number): ColumnId[] {
  return (Object.keys(columnLayout) as ColumnId[]).filter((id) => {
    const { from } = columnLayout[id]
    return from !== null && width >= from
  })
}

export const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  columnSizingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: {},
})

const column = createColumnHelper<typeof features, GridRow>()

type Value = string | number | undefined
/** Sorts by a value of the call; calls without one come last in both directions. */
const by = (id: ColumnId, value: (call: Call) => Value) =>
  column.accessor((row) => value(row.call), {
    id,
    sortFn: (a, b) => compare(value(a.original.call), value(b.original.call)),
    sortUndefined: 'last',
  })

function compare(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b)
  return a === b ? 0 : (a ?? 0) < (b ?? 0) ? -1 : 1
}

const escalationRank = { pending: 0, in_progress: 1, completed: 2 } as const
const statusRank = ['in_progress', 'escalated', 'ringing', 'initiated', 'failed', 'completed']

export const columns = column.columns([
  by('status', (call) => statusRank.indexOf(call.status)),
  by('direction', (call) => call.direction),
  by('from', callerName),
  by('to', (call) => call.to_number),
  by('last_line', (call) => call.last_line?.at),
  by('sentiment', (call) => call.sentiment_score),
  by('duration', (call) => -Date.parse(call.started_at)),
  by('escalation', (call) => call.escalation_status && escalationRank[call.escalation_status]),
  by('agent', (call) => call.assigned_agent?.name ?? call.ai_name ?? statusWords[call.status]),
  by('business', (call) => call.business_name),
  by('qa', (call) => call.qa_score),
  by('started', (call) => call.started_at),
  column.accessor((row) => row.call.attention?.score ?? 0, {
    id: 'attention',
    sortFn: (a, b) => byAttention(a.original.call, b.original.call, a.original.buckets),
  }),
])

// The columns as data: name, width, and when they give way. A new column starts here, its cell is in `cells.ts`.
import type { ColumnId } from '#src/floor/view.ts'

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

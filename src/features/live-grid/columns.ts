// The columns as data: name, width, and when they give way. A new column starts here, its cell is in `cells.ts`.
import type { ColumnId, GridView } from '#src/floor/view.ts'

export interface ColumnLayout {
  /** Head, and name in the column menu. */
  name: string
  /** Head when the name is too long or stands for itself. */
  head?: string
  /** CSS grid track. */
  track: string
  /** Track where the board is narrower than `narrowUnder`. */
  narrow?: string
  /** Px; `narrowPx` when absent. */
  narrowUnder?: number
  /** The board must be this wide before the column is shown by itself; null: only when chosen. */
  from: number | null
  end?: boolean
}

/** Below this width of the board gaps are narrow, and columns use their narrow tracks unless they say otherwise, px. */
export const narrowPx = 820

export const columnLayout: Record<ColumnId, ColumnLayout> = {
  status: { name: 'State', head: '', track: '14px', from: 0 },
  direction: { name: 'Direction', head: '', track: '16px', from: 820 },
  from: { name: 'Caller', track: '176px', narrow: '146px', narrowUnder: 1024, from: 0 },
  marks: { name: 'Who is on it', head: '', track: '62px', from: 740 },
  to: { name: 'To', track: '112px', from: null },
  last_line: { name: 'Why, and the last line', track: 'minmax(180px, 1fr)', from: 0 },
  sentiment: { name: 'Mood, 2 min', track: '106px', narrow: '66px', from: 600 },
  duration: { name: 'Elapsed', track: '56px', from: 0, end: true },
  escalation: { name: 'Escalation', track: '132px', narrow: '116px', narrowUnder: 1024, from: 680 },
  agent: { name: 'Handled by', track: '104px', from: 980 },
  business: { name: 'Business', track: '120px', from: null },
  qa: { name: 'QA', track: '30px', from: 860, end: true },
  started: { name: 'Started', track: '66px', from: null, end: true },
  attention: { name: 'Attention', track: '62px', from: null, end: true },
}

/** Whether a board of this width (px; 0: not known yet) is a phone's, with rows of two lines. */
export const isPhone = (width: number): boolean => width > 0 && width < 560

/** The columns a board of this width shows by itself, in their order. */
export function fittingColumns(width: number): ColumnId[] {
  return (Object.keys(columnLayout) as ColumnId[]).filter((id) => {
    const { from } = columnLayout[id]
    return from !== null && width >= from
  })
}

/** Where a cell stands in its row: lengths of CSS. */
export interface CellPlace {
  left: string
  width: string
}

/** The columns of a board, placed. */
export interface PlacedColumns {
  /** Those that stay at the left first. */
  ids: readonly ColumnId[]
  /** Px from the left at which those columns stay. */
  lefts: ReadonlyMap<ColumnId, number>
  /** CSS grid tracks of the heads, that of the boxes to pick rows included. */
  tracks: string
  /**
   * The same places for the cells of a row, which is no grid: a grid of its own made laying out a row that is written anew a
   * third dearer. Empty on a phone, where rows have two lines.
   */
  places: ReadonlyMap<ColumnId | 'pick', CellPlace>
  /** Px below which the board scrolls sideways. */
  minWidth: number
}

/** Track of the boxes to pick rows, px. */
const pickTrack = 24
/** Width of a growing column that stays at the left, px. */
const pinnedGrowing = 300

/** Gap between columns, px; `live-grid.css` says the same. */
const columnGap = (width: number): number => (width > 0 && width < narrowPx ? 8 : 10)
/** What the last column leaves free at its right, px; `live-grid.css` says the same. */
const columnEnd = (width: number): number => (width > 0 && width < narrowPx ? 10 : 14)

/** Px a track takes at least: `90px`, or the first of `minmax(90px, 1fr)`. */
const leastOf = (track: string): number => Number(/\d+/.exec(track)?.[0])

/** Places the columns of the view on a board of this width (px; 0: not known yet). */
export function placeColumns(
  { columns, pinned }: Pick<GridView, 'columns' | 'pinned'>,
  width: number,
): PlacedColumns {
  const chosen = columns ?? fittingColumns(width || 1280)
  const kept = pinned.filter((id) => chosen.includes(id))
  const ids = [...kept, ...chosen.filter((id) => !kept.includes(id))]
  const trackOf = (id: ColumnId): string => {
    const { track, narrow = track, narrowUnder = narrowPx } = columnLayout[id]
    const asked = width > 0 && width < narrowUnder ? narrow : track
    return asked.endsWith('px') || !kept.includes(id) ? asked : `${pinnedGrowing}px`
  }
  const gap = columnGap(width)
  const lefts = new Map<ColumnId, number>()
  let left = pickTrack + gap
  for (const id of kept) {
    lefts.set(id, left)
    left += leastOf(trackOf(id)) + gap
  }
  return {
    ids,
    lefts,
    tracks: [`${pickTrack}px`, ...ids.map(trackOf)].join(' '),
    places: isPhone(width) ? new Map() : placeCells(ids, { trackOf, kept, gap, end: columnEnd(width) }),
    minWidth: ids.reduce((sum, id) => sum + leastOf(trackOf(id)) + gap, pickTrack + 14),
  }
}

interface CellPlacing {
  trackOf: (id: ColumnId) => string
  /** Those that stay at the left; they cover the gap behind them, too. */
  kept: readonly ColumnId[]
  gap: number
  end: number
}

/** Places cells beside each other: those before the one that grows count from the left, those after it from the right. */
function placeCells(
  ids: readonly ColumnId[],
  { trackOf, kept, gap, end }: CellPlacing,
): PlacedColumns['places'] {
  const isGrowing = (id: ColumnId): boolean => !trackOf(id).endsWith('px')
  const widthOf = (id: ColumnId): number => (isGrowing(id) ? 0 : leastOf(trackOf(id)))
  const covered = (isKept: boolean): number => (isKept ? gap : 0)
  /** Px that do not grow. */
  const fixed = ids.reduce((sum, id) => sum + gap + widthOf(id), pickTrack + end)
  const places = new Map<ColumnId | 'pick', CellPlace>([
    ['pick', { left: '0px', width: `${pickTrack + covered(kept.length > 0)}px` }],
  ])
  let left = pickTrack + gap
  let hasGrown = false
  for (const id of ids) {
    places.set(id, {
      left: hasGrown ? `calc(100% - ${fixed - left}px)` : `${left}px`,
      width: isGrowing(id) ? `calc(100% - ${fixed}px)` : `${widthOf(id) + covered(kept.includes(id))}px`,
    })
    left += widthOf(id) + gap
    hasGrown ||= isGrowing(id)
  }
  return places
}

// What a chart says, before anybody draws it: screen, table, keyboard and PDF are made of the same record.
import type { CallsQuery } from '#contract/call-link.ts'
import type { Unit } from '#contract/charts/figure-text.ts'

/** The one call that a dot stands for. */
export interface OneCall {
  call_id: string
}

/** The calls behind a number, for the address of the list; null where no filter of the list counts the same. */
export type Behind = CallsQuery | null

/** Where something leads: to the calls behind it, or to the one call it is. */
export type Leads = Behind | OneCall

/** True of a dot: it leads to the call itself. */
export const isOneCall = (leads: Leads): leads is OneCall => leads !== null && 'call_id' in leads

/** Colours by meaning; `ChartInk` of a theme says which they are. */
export type Ink =
  | 'first'
  | 'second'
  | 'third'
  | 'fourth'
  | 'plain'
  | 'attention'
  | 'negative'
  | 'neutral'
  | 'positive'
  | 'earlier'

export interface Point {
  /** Null where there is nothing to say, as an average over no calls. */
  value: number | null
  behind: Behind
  /** Calls the value is made of, where it is an average or a rate. */
  over?: number
  /** Instead of the value, e.g. what is hidden as too few. */
  words?: string
  /** Instead of the colour of its series. */
  ink?: Ink
}

export interface Series {
  name: string
  ink: Ink
  /** One for each place. */
  points: readonly Point[]
  /** An earlier range: dashed and grey, never part of a stack. */
  earlier?: true
}

/** A place on the axis of categories. */
export interface Place {
  /** On the axis: short. */
  tick: string
  /** In tooltips and tables: in full. */
  name: string
  /** Cut off by the range or by the present. */
  partial?: boolean
}

interface Titled {
  /** Stable, for addresses and tests. */
  id: string
  title: string
  /** One remark at the right of the title. */
  note?: string
  /** Twelfths of the page's width. */
  span: number
  /** What `places` are, e.g. `Day`: the head of the table's first column. */
  head: string
}

/** Lines, stacked areas or columns over places. */
export interface SeriesChart extends Titled {
  form: 'lines' | 'areas' | 'columns'
  unit: Unit
  places: readonly Place[]
  series: readonly Series[]
  /** Areas and columns: as shares of each place's sum. */
  shares?: true
  /** Index of the place in which the present lies, and its time in words. */
  now?: { at: number; text: string }
  /** A line across, e.g. the least score that is good. */
  limit?: { value: number; text: string }
  /** Fixed ends of the value axis. */
  from?: number
  to?: number
}

/** Horizontal bars, largest first. */
export interface RankChart extends Titled {
  form: 'ranks'
  unit: Unit
  places: readonly Place[]
  series: readonly [Series]
}

/** Cells of hours by weekdays: `series` are the rows. */
export interface HeatChart extends Titled {
  form: 'heat'
  unit: Unit
  places: readonly Place[]
  series: readonly Series[]
}

/** One dot a call. */
export interface CloudChart extends Titled {
  form: 'cloud'
  /** Names and units of both axes. */
  across: { name: string; unit: Unit; from: number; to: number }
  up: { name: string; unit: Unit; from: number; to: number }
  dots: readonly { name: string; x: number; y: number; ink: Ink; behind: OneCall }[]
}

export type Chart = SeriesChart | RankChart | HeatChart | CloudChart

/** What a chart is drawn on, px. */
export interface ChartSize {
  width: number
  height: number
}

/** A figure with its name; `behind` are the calls it counts. */
export interface Tile {
  id: string
  name: string
  text: string
  behind: Behind
  /** Against the range compared with, in words; absent when nothing is compared. */
  change?: string
  /** What it is made of, e.g. `of 1,087 scored`. */
  of?: string
}

/** A table of its own, not behind a chart. */
export interface FigureTable {
  id: string
  title: string
  note?: string
  span: number
  head: readonly string[]
  rows: readonly { name: string; behind: Behind; cells: readonly Cell[] }[]
}

export interface Cell {
  text: string
  behind: Behind
}

/** A page of analytics as it is drawn, printed and exported. */
export interface Sheet {
  tiles: readonly Tile[]
  charts: readonly (Chart | FigureTable)[]
  /** Calls there is something to say of; 0 shows nothing but the word for it. */
  calls: number
  /** Said of none of them, where it is not that there were no calls. */
  none?: string
}

/** True of a table that stands for itself. */
export const isTable = (part: Chart | FigureTable): part is FigureTable => !('form' in part)

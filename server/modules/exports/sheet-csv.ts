// A page of analytics as records of a table: figures first, then every chart and table under its title.
import { type Chart, type FigureTable, type Sheet, isTable } from '#contract/charts/chart.ts'
import type { Unit } from '#contract/charts/figure-text.ts'
import { hoursText } from '#server/modules/exports/call-cells.ts'

type Cell = string | number
type Cells = readonly Cell[]

const unitNames: Record<Unit, string> = {
  count: '',
  percent: ' (%)',
  score: ' (0 to 1)',
  mood: ' (0 to 1)',
  seconds: ' (s)',
}
const round = (value: number) => Math.round(value * 10_000) / 10_000

/** Titles and cells of a value: times as `hh:mm:ss` with seconds beside. */
const titlesOf = (name: string, unit: Unit): Cells =>
  unit === 'seconds' ? [name, `${name} (s)`] : [`${name}${unitNames[unit]}`]

function cellsOf(unit: Unit, value: number | null, words?: string): Cells {
  if (value === null) return unit === 'seconds' ? [words ?? '', ''] : [words ?? '']
  return unit === 'seconds' ? [hoursText(Math.round(value)), round(value)] : [round(value)]
}

function chartRecords(chart: Chart): Cells[] {
  if (chart.form === 'cloud') {
    const { across, up, dots } = chart
    return [
      ['Call', ...titlesOf(across.name, across.unit), ...titlesOf(up.name, up.unit)],
      ...dots.map(({ name, x, y }) => [name, ...cellsOf(across.unit, x), ...cellsOf(up.unit, y)]),
    ]
  }
  return [
    [chart.head, ...chart.series.flatMap(({ name }) => titlesOf(name, chart.unit))],
    ...chart.places.map(({ name, partial }, at) => [
      partial ? `${name} (so far)` : name,
      ...chart.series.flatMap(({ points }) =>
        cellsOf(chart.unit, points[at]?.value ?? null, points[at]?.words),
      ),
    ]),
  ]
}

const tableRecords = ({ head, rows }: FigureTable): Cells[] => [
  head,
  ...rows.map(({ name, cells }) => [name, ...cells.map(({ text }) => text)]),
]

/** Records of one page, an empty one before each part. */
export function sheetRecords(title: string, { tiles, charts }: Sheet): Cells[] {
  return [
    [''],
    [title],
    ['Figure', 'Value', 'Change', 'Remark'],
    ...tiles.map(({ name, text, change, of }) => [name, text, change ?? '', of ?? '']),
    ...charts.flatMap((part) => [
      [''],
      [part.title],
      ...(isTable(part) ? tableRecords(part) : chartRecords(part)),
    ]),
  ]
}

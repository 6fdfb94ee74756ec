// Call volume: how many, when, and what became of them.
import type { CallVolume, CallVolumePoint } from '#contract/analytics.ts'
import type { CallsQuery } from '#contract/call-link.ts'
import { behindOf } from '#contract/charts/behind.ts'
import type { HeatChart, Ink, SeriesChart, Sheet } from '#contract/charts/chart.ts'
import { figureText } from '#contract/charts/figure-text.ts'
import { intervalNames } from '#contract/charts/place-text.ts'
import { tileOf, trendOf } from '#contract/charts/sheet-parts.ts'

const line = (name: string, ink: Ink, read: (point: CallVolumePoint) => number, behind: CallsQuery) => ({
  name,
  ink,
  read: (point: CallVolumePoint) => ({ value: read(point) }),
  behind,
})

const inbound = line('Inbound', 'first', (point) => point.inbound_calls, { direction: 'inbound' })
const outbound = line('Outbound', 'second', (point) => point.outbound_calls, { direction: 'outbound' })
const total = line('Calls', 'first', (point) => point.total_calls, {})

/** Lines by direction; beside an earlier range all calls together, so that two lines are compared and no three. */
export function callsOverTime({ range, data, comparison }: CallVolume, span: number): SeriesChart {
  const lines = comparison
    ? [total]
    : range.direction === 'inbound'
      ? [inbound]
      : range.direction === 'outbound'
        ? [outbound]
        : [inbound, outbound]
  return trendOf<CallVolumePoint>({
    id: 'calls',
    title: `Calls per ${intervalNames[range.interval].toLowerCase()}`,
    span,
    form: 'lines',
    unit: 'count',
    range,
    data,
    lines,
    earlier: comparison && { ...comparison, read: total.read, behind: {} },
  })
}

/** What became of the calls, on top of each other. */
function outcomes({ range, data }: CallVolume): SeriesChart {
  return trendOf<CallVolumePoint>({
    id: 'outcomes',
    title: 'How they ended',
    span: 6,
    form: 'columns',
    unit: 'count',
    range,
    data,
    lines: [
      line('Completed', 'first', (point) => point.completed_calls, { status: ['completed'] }),
      line('Failed', 'attention', (point) => point.failed_calls, { status: ['failed'] }),
    ],
  })
}

function directions({ range, data }: CallVolume): SeriesChart {
  return trendOf<CallVolumePoint>({
    id: 'directions',
    title: 'Inbound and outbound',
    span: 6,
    form: 'areas',
    unit: 'count',
    range,
    data,
    lines: [inbound, outbound],
  })
}

function lost({ range, data, comparison }: CallVolume): SeriesChart {
  return trendOf<CallVolumePoint>({
    id: 'missed',
    title: 'Missed and escalated',
    span: 12,
    form: 'lines',
    unit: 'count',
    range,
    data,
    lines: [
      line('Missed', 'second', (point) => point.missed_calls, { missed: true }),
      line('Escalated', 'fourth', (point) => point.escalated_calls, { escalated: true }),
    ],
    earlier: comparison && {
      ...comparison,
      read: (point) => ({ value: point.missed_calls }),
      behind: { missed: true },
    },
  })
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
const two = (value: number) => String(value).padStart(2, '0')

/** Calls by hour of the week. */
export function weekHeat({ range, heatmap }: CallVolume, span: number): HeatChart {
  const most = Math.max(0, ...heatmap.map(({ total_calls }) => total_calls))
  const cells = new Map(heatmap.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]))
  const hours = Array.from({ length: 24 }, (_, hour) => hour)
  return {
    id: 'week',
    title: 'When calls come',
    note: `0 to ${figureText('count', most)} calls an hour of the week`,
    span,
    form: 'heat',
    unit: 'count',
    head: 'Hour',
    places: hours.map((hour) => ({ tick: two(hour), name: `${two(hour)}:00 to ${two((hour + 1) % 24)}:00` })),
    series: weekdays.map((name, row) => ({
      name,
      ink: 'first',
      points: hours.map((hour) => {
        const cell = cells.get(`${row + 1} ${hour}`)
        // An hour that the range does not touch is no hour without calls.
        const value = cell && cell.hours > 0 ? cell.total_calls : null
        // The list counts weekdays from Sunday, 0.
        return { value, behind: behindOf(range, { weekday: (row + 1) % 7, hour }) }
      }),
    })),
  }
}

/** The whole page. */
export function volumeSheet(volume: CallVolume): Sheet {
  const { range, data, comparison } = volume
  const sum = (points: readonly CallVolumePoint[], read: (point: CallVolumePoint) => number) => ({
    value: points.reduce((all, point) => all + read(point), 0),
  })
  const tile = (id: string, name: string, read: (point: CallVolumePoint) => number, more: CallsQuery) =>
    tileOf({
      id,
      name,
      unit: 'count',
      now: sum(data, read),
      before: comparison && sum(comparison.data, read),
      behind: behindOf(range, more),
    })
  const tiles = [
    tile('calls', 'Calls', (point) => point.total_calls, {}),
    tile('inbound', 'Inbound', (point) => point.inbound_calls, { direction: 'inbound' }),
    tile('outbound', 'Outbound', (point) => point.outbound_calls, { direction: 'outbound' }),
    tile('completed', 'Completed', (point) => point.completed_calls, { status: ['completed'] }),
    tile('failed', 'Failed', (point) => point.failed_calls, { status: ['failed'] }),
    tile('missed', 'Missed', (point) => point.missed_calls, { missed: true }),
  ]
  // Of one direction the other is nothing to look at.
  const fits = ({ id }: { id: string }) =>
    range.direction === undefined || (id !== 'inbound' && id !== 'outbound' && id !== 'directions')
  return {
    calls: sum(data, (point) => point.total_calls).value,
    tiles: tiles.filter(fits),
    charts: [
      callsOverTime(volume, 12),
      outcomes(volume),
      directions(volume),
      weekHeat(volume, 12),
      lost(volume),
    ].filter(fits),
  }
}

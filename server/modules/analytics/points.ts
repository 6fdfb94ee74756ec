// The rows of points in time: sums by place, and the hours of a week.
import type { HeatCell } from '#contract/analytics.ts'
import { type Bucket, hourMs, offsetAt } from '#contract/zone-calendar.ts'
import type { Db } from '#server/db/database.ts'
import type { SumTable } from '#server/db/call-sums.ts'
import { type Asked, pointSpans, pointsOf } from '#server/modules/analytics/asked-range.ts'
import { type Sums, sumOf } from '#server/modules/analytics/figures.ts'
import type { Span } from '#server/db/pieces.ts'
import { type SumsWish, readSums } from '#server/modules/analytics/read-sums.ts'

/** Whose calls, as sums are asked for. */
export const whose = ({ companyId, businessId, direction }: Asked) => ({ companyId, businessId, direction })

export interface Point {
  bucket: Bucket
  sums: Sums
}

export interface Points {
  points: Point[]
  /** Of the range that is compared with. */
  earlier: Point[] | null
}

/** The sums of every point of the range and of the earlier one, in one view of the data. Throws 400 where they are too many. */
export async function readPoints(db: Db, asked: Asked, sums: SumsWish['sums']): Promise<Points> {
  const now = pointsOf(asked, asked)
  const before = asked.earlier ? pointsOf(asked, asked.earlier) : null
  const spans = [...pointSpans(now), ...pointSpans(before ?? [], now.length)]
  const rows = await readSums(db, { ...whose(asked), table: 'call_cells', sums, spans })
  const byKey = new Map(rows.map((row) => [Number(row['key']), row]))
  const withSums = (buckets: readonly Bucket[], first: number) =>
    buckets.map((bucket, index) => ({ bucket, sums: byKey.get(first + index) ?? {} }))
  return { points: withSums(now, 0), earlier: before && withSums(before, now.length) }
}

/** Sums of a table by name for the whole range; the earlier one is left out. */
export async function readTallies(
  db: Db,
  asked: Asked,
  wish: Pick<SumsWish, 'sums' | 'kinds'> & { table?: SumTable; spans: Span[] },
) {
  return readSums<'kind' | 'name' | 'status'>(db, {
    ...whose(asked),
    table: 'call_tallies',
    by: ['kind', 'name', 'status'],
    ...wish,
  })
}

/** Stretches of the range within which the zone's clocks are not changed; their keys are the offsets. */
function steadySpans({ zone, from, to }: Asked): Span[] {
  const spans: Span[] = []
  let at = from
  while (at <= to) {
    const key = offsetAt(zone, at)
    let until = at
    // From hour to hour, for a change may be undone within a day; then to the minute.
    while (until <= to && offsetAt(zone, until) === key) until += hourMs
    let [low, high] = [Math.max(at, until - hourMs), Math.min(until, to + 1)]
    if (high <= to || offsetAt(zone, to) !== key)
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2)
        if (offsetAt(zone, middle) === key) low = middle
        else high = middle
      }
    else high = to + 1
    spans.push({ from: at, until: high, key })
    at = high
  }
  return spans
}

const hoursOfWeek = 168

/** Sums by hour of the week on the zone's clocks, Monday 0:00 first. */
export async function readWeek(db: Db, asked: Asked, sums: SumsWish['sums']): Promise<Sums[]> {
  const rows = await readSums(db, {
    ...whose(asked),
    table: 'call_cells',
    sums,
    spans: steadySpans(asked),
    byHourOfWeek: true,
  })
  const week: Sums[] = Array.from({ length: hoursOfWeek }, () => ({}))
  for (const row of rows) week[Number(row['key'])] = row
  return week
}

/** How long each hour of the week lasts within the range, ms. */
function lengthsOf(asked: Asked): number[] {
  const lengths = Array.from({ length: hoursOfWeek }, () => 0)
  for (const { from, until, key: offset } of steadySpans(asked)) {
    let at = from
    while (at < until) {
      const wall = at + offset
      const next = Math.min(until, at + hourMs - (((wall % hourMs) + hourMs) % hourMs))
      // The first hour of 1970 was one of a Thursday.
      const hour = (Math.floor(wall / hourMs) + 72) % hoursOfWeek
      lengths[hour] = (lengths[hour] ?? 0) + next - at
      at = next
    }
  }
  return lengths
}

/** The heatmap of calls. */
export function presentHeatmap(asked: Asked, week: readonly Sums[]): HeatCell[] {
  const lengths = lengthsOf(asked)
  return week.map((sums, hour) => ({
    weekday: Math.floor(hour / 24) + 1,
    hour: hour % 24,
    total_calls: sumOf(sums, 'calls'),
    hours: Math.round(((lengths[hour] ?? 0) / hourMs) * 100) / 100,
  }))
}

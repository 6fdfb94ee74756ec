// The overview: figures of a range, its distributions, its businesses, and an earlier range beside it.
import type { AnalyticsOverview, CallVolume, CallVolumePoint } from '#contract/analytics.ts'
import type { Db } from '#server/db/database.ts'
import {
  type Asked,
  presentPeriod,
  presentRange,
  presentSpan,
  wholeSpans,
} from '#server/modules/analytics/asked-range.ts'
import {
  addUp,
  barNames,
  durationBars,
  figureSums,
  presentFigures,
  scoreBars,
  sumOf,
} from '#server/modules/analytics/figures.ts'
import { type Point, presentHeatmap, readPoints, readWeek, whose } from '#server/modules/analytics/points.ts'
import { readSums } from '#server/modules/analytics/read-sums.ts'

const overviewSums = [...figureSums, ...barNames.duration]

/** Answers the overview. */
export async function readOverview(db: Db, asked: Asked): Promise<AnalyticsOverview> {
  const rows = await readSums<'business_id'>(db, {
    ...whose(asked),
    table: 'call_cells',
    sums: overviewSums,
    spans: wholeSpans(asked),
    by: ['business_id'],
  })
  const known = await db
    .selectFrom('businesses')
    .select(['id', 'name'])
    .where('company_id', '=', asked.companyId)
    .execute()
  const names = new Map(known.map(({ id, name }) => [id, name]))
  const of = (key: number) => rows.filter((row) => Number(row['key']) === key)
  const sums = addUp(of(0), overviewSums)
  return {
    ...presentFigures(sums),
    range: presentRange(asked),
    duration_distribution: durationBars(sums),
    qa_score_deciles: scoreBars(sums, barNames.qa),
    by_business: of(0)
      .filter((row) => sumOf(row, 'calls') > 0)
      .map((row) => ({
        ...presentFigures(row),
        business_id: row.business_id === '' ? null : row.business_id,
        business_name:
          row.business_id === '' ? 'No business' : (names.get(row.business_id) ?? row.business_id),
      }))
      .sort((a, b) => b.total_calls - a.total_calls || (a.business_name < b.business_name ? -1 : 1)),
    ...(asked.earlier
      ? {
          comparison: {
            ...presentSpan(asked.earlier),
            figures: presentFigures(addUp(of(1), overviewSums)),
          },
        }
      : {}),
  }
}

const volumeSums = [
  'calls',
  'inbound',
  'completed',
  'escalated',
  'failed',
  'missed',
  'answered',
  'live',
] as const

/** Answers calls over time. */
export async function readVolume(db: Db, asked: Asked): Promise<CallVolume> {
  const { points, earlier } = await readPoints(db, asked, volumeSums)
  const week = await readWeek(db, asked, ['calls'])
  const present = ({ bucket, sums }: Point): CallVolumePoint => {
    const of = (name: (typeof volumeSums)[number]) => sumOf(sums, name)
    return {
      ...presentPeriod(asked, bucket),
      total_calls: of('calls'),
      inbound_calls: of('inbound'),
      outbound_calls: of('calls') - of('inbound'),
      completed_calls: of('completed'),
      escalated_calls: of('escalated'),
      failed_calls: of('failed'),
      missed_calls: of('missed'),
      answered_calls: of('answered'),
      active_calls: of('live'),
    }
  }
  return {
    data: points.map(present),
    range: presentRange(asked),
    heatmap: presentHeatmap(asked, week),
    ...(earlier && asked.earlier
      ? { comparison: { ...presentSpan(asked.earlier), data: earlier.map(present) } }
      : {}),
  }
}

// Figures as a file: the sheets that the pages show, from the same answers, with what was asked above them.
import type { AnalyticsRange } from '#contract/analytics.ts'
import { callsSheet } from '#contract/charts/calls-sheet.ts'
import type { Sheet } from '#contract/charts/chart.ts'
import { escalationSheet } from '#contract/charts/escalation-sheet.ts'
import { overviewSheet } from '#contract/charts/overview-sheet.ts'
import { spanText } from '#contract/charts/sheet-parts.ts'
import { qaSheet } from '#contract/charts/qa-sheet.ts'
import { sentimentSheet } from '#contract/charts/sentiment-sheet.ts'
import { volumeSheet } from '#contract/charts/volume-sheet.ts'
import type { AnalyticsExportBody, ReportType } from '#contract/export.ts'
import { businessWords } from '#contract/filter-words.ts'
import { isoIn } from '#contract/zone-calendar.ts'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Principal } from '#server/domain/principal.ts'
import type { Analytics } from '#server/modules/analytics/analytics-service.ts'
import { byteOrderMark, csvRecord } from '#server/modules/exports/csv-text.ts'
import { renderPdf } from '#server/modules/exports/pdf/render-pdf.ts'
import { sheetRecords } from '#server/modules/exports/sheet-csv.ts'
import { sheetSections } from '#server/modules/exports/sheet-pdf.ts'

export interface AnalyticsExportOptions {
  db: Db
  clock: Pick<Clock, 'now'>
  analytics: Analytics
}

interface Report {
  range: AnalyticsRange
  /** What it is compared with. */
  earlier: { from: string; to: string } | undefined
  sheets: readonly (readonly [title: string, sheet: Sheet])[]
}

const titles: Record<ReportType, string> = {
  overview: 'Overview',
  calls: 'Calls',
  qa: 'QA',
  sentiment: 'Sentiment',
  escalations: 'Escalations',
  full: 'Full report',
}

/** All sheets of the report, over one range whatever the clock does meanwhile. */
async function readReport(
  analytics: Analytics,
  principal: Principal,
  body: AnalyticsExportBody,
): Promise<Report> {
  const { format: _, report_type: type, include_charts: __, ...asked } = body
  const overview = await analytics.overview(principal, asked)
  const { range } = overview
  const { from, to } = range
  const question = { ...asked, from_date: from, to_date: to }
  // Of the same days as was asked for, not of an earlier range found anew from the instants.
  const ranged = asked.compare ? asked : question
  const { from_date: _from, to_date: _to, compare: _compare, ...plain } = asked
  const wants = (one: ReportType) => type === one || type === 'full'
  const sheets: [string, Sheet][] = []
  const needsVolume = wants('overview') || wants('calls')
  const volume = needsVolume ? await analytics.volume(principal, ranged) : null
  if (volume && wants('overview')) sheets.push([titles.overview, overviewSheet(overview, volume)])
  if (volume && wants('calls')) {
    sheets.push(['Call volume', volumeSheet(volume)])
    const own = { ...plain, from, to }
    const trends = await analytics.callsTrends(principal, own)
    const people = await analytics.agentsPerformance(principal, own)
    sheets.push([titles.calls, callsSheet(await analytics.callsOverview(principal, own), trends, people)])
  }
  if (wants('qa')) sheets.push([titles.qa, qaSheet(await analytics.qa(principal, ranged))])
  if (wants('sentiment'))
    sheets.push([titles.sentiment, sentimentSheet(await analytics.sentiment(principal, ranged))])
  if (wants('escalations'))
    sheets.push([titles.escalations, escalationSheet(await analytics.escalations(principal, ranged))])
  return { range, earlier: overview.comparison, sheets }
}

async function headOf(
  { db, clock }: AnalyticsExportOptions,
  principal: Principal,
  { range, earlier }: Report,
  title: string,
): Promise<[string, string][]> {
  const { zone, business_id, direction, interval } = range
  const company = await db
    .selectFrom('companies')
    .select('name')
    .where('id', '=', principal.companyId)
    .executeTakeFirst()
  const business =
    business_id === undefined
      ? undefined
      : await db
          .selectFrom('businesses')
          .select('name')
          .where('company_id', '=', principal.companyId)
          .where('id', '=', business_id)
          .executeTakeFirst()
  const now = clock.now()
  const instant = (text: string) => isoIn(zone, Date.parse(text))
  const filters = [
    ...(business_id === undefined ? [] : [businessWords(business_id, business?.name)]),
    ...(direction ? [direction] : []),
  ]
  return [
    ['Callboard', `${title} of ${company?.name ?? principal.companyId}`],
    ['Calls started', `${instant(range.from)} to ${instant(range.to)}`],
    ...(earlier ? [['Compared with', spanText(zone, earlier)] as [string, string]] : []),
    ['Filter', filters.join('; ') || 'all calls'],
    ['Time zone', `${zone}, by the ${interval}`],
    ['True at', `${instant(range.as_of)} (${range.as_of})`],
    ['Made', `${isoIn(zone, now)} (${new Date(now).toISOString()})`],
    ['Made by', principal.name],
  ]
}

/** The file. Throws 400 naming the member of the question that will not do. */
export async function exportAnalytics(
  options: AnalyticsExportOptions,
  principal: Principal,
  body: AnalyticsExportBody,
): Promise<{ bytes: Buffer; fileName: string }> {
  const report = await readReport(options.analytics, principal, body)
  const title = titles[body.report_type]
  const head = await headOf(options, principal, report, title)
  const day = isoIn(report.range.zone, options.clock.now()).slice(0, 10)
  const fileName = `analytics-${body.report_type}-${day}.${body.format}`
  if (body.format === 'csv') {
    const records = [...head, ...report.sheets.flatMap(([name, sheet]) => sheetRecords(name, sheet))]
    const text = records.map((record) => csvRecord(record, ',')).join('')
    return { bytes: Buffer.from(byteOrderMark + text), fileName }
  }
  const sections = report.sheets.flatMap(([name, sheet]) => sheetSections(name, sheet, body.include_charts))
  return { bytes: Buffer.from(await renderPdf({ title, head, sections })), fileName }
}

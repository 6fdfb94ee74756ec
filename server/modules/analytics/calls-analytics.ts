// Analytics of the calls page: answered and converted, by day and hour, and the AI beside people.
import { sql } from 'kysely'
import type {
  AgentMetrics,
  AgentsPerformance,
  CallsOverview,
  CallsTrends,
} from '#contract/calls-analytics.ts'
import { dateIn } from '#contract/zone-calendar.ts'
import type { Db } from '#server/db/database.ts'
import { ofBusiness } from '#server/db/of-business.ts'
import { type Asked, iso, presentPeriod, presentRange } from '#server/modules/analytics/asked-range.ts'
import {
  type Sums,
  addUp,
  meanScore,
  meanSeconds,
  percent,
  sumOf,
} from '#server/modules/analytics/figures.ts'
import { readPoints, readTallies, readWeek, whose } from '#server/modules/analytics/points.ts'
import { readSums } from '#server/modules/analytics/read-sums.ts'

const overviewSums = ['calls', 'answered', 'missed', 'timed', 'duration_ms', 'disposed', 'converted'] as const

/** Answers the calls page's overview. */
export async function readCallsOverview(db: Db, asked: Asked): Promise<CallsOverview> {
  const span = { from: asked.from, until: asked.to + 1, key: 0 }
  const rows = await readSums(db, { ...whose(asked), table: 'call_cells', sums: overviewSums, spans: [span] })
  const of = (name: (typeof overviewSums)[number]) => sumOf(rows[0], name)
  const owed = await readFollowups(db, asked)
  return {
    totalCalls: of('calls'),
    answeredPercent: percent(of('answered'), of('calls')),
    avgDuration: meanSeconds(of('duration_ms'), of('timed')),
    conversionRate: percent(of('converted'), of('disposed')),
    slaCompliance: percent(owed.met, owed.due),
    range: presentRange(asked),
    answeredCalls: of('answered'),
    missedCalls: of('missed'),
    timedCalls: of('timed'),
    disposedCalls: of('disposed'),
    convertedCalls: of('converted'),
    dueFollowups: owed.due,
    metFollowups: owed.met,
  }
}

/** Follow-ups of the calls of the range: those that are finished, and with them those that are overdue. */
async function readFollowups(db: Db, asked: Asked): Promise<{ due: number; met: number }> {
  const { companyId, businessId, direction, from, to, now } = asked
  const { rows } = await sql<{ due: number; met: number }>`select
      count(*) filter (where f.status = 'completed')::int as met,
      count(*) filter (where f.status = 'completed' or (f.status <> 'cancelled' and f.due_at < ${iso(now)}::timestamptz))::int as due
    from followups f join calls c on c.company_id = f.company_id and c.id = f.call_id
    where f.company_id = ${companyId} and c.started_at::timestamptz(3) between ${iso(from)}::timestamptz and ${iso(to)}::timestamptz
      ${businessId === undefined ? sql`` : sql`and ${ofBusiness('c.business_id', businessId)}`}
      ${direction === undefined ? sql`` : sql`and c.direction = ${direction}`}`.execute(db)
  return rows[0] ?? { due: 0, met: 0 }
}

const trendSums = ['calls', 'answered', 'missed']
const presentTrend = (sums: Sums) => ({
  total: sumOf(sums, 'calls'),
  answered: sumOf(sums, 'answered'),
  missed: sumOf(sums, 'missed'),
})

/** Answers trends by day, and by hour of the day over all days. */
export async function readCallsTrends(db: Db, asked: Asked): Promise<CallsTrends> {
  const { points } = await readPoints(db, { ...asked, interval: 'day', earlier: null }, trendSums)
  const week = await readWeek(db, asked, trendSums)
  return {
    daily: points.map(({ bucket, sums }) => ({
      ...presentPeriod(asked, bucket),
      period: dateIn(asked.zone, bucket.from),
      ...presentTrend(sums),
    })),
    hourly: Array.from({ length: 24 }, (_, hour) => ({
      period: String(hour).padStart(2, '0'),
      ...presentTrend(
        addUp(
          week.filter((_sums, index) => index % 24 === hour),
          trendSums,
        ),
      ),
    })),
    range: { ...presentRange(asked), interval: 'day' },
  }
}

const agentSums = [
  'calls',
  'answered',
  'failed',
  'escalated',
  'timed',
  'duration_ms',
  'scored',
  'score',
  'mooded',
  'mood',
  'disposed',
  'converted',
]

function presentAgent(agentId: string, name: string, kind: AgentMetrics['kind'], sums: Sums): AgentMetrics {
  const of = (sum: string) => sumOf(sums, sum)
  return {
    agentId,
    name,
    kind,
    callsHandled: of('calls'),
    answeredPercent: percent(of('answered'), of('calls')),
    avgDuration: meanSeconds(of('duration_ms'), of('timed')),
    avgQaScore: of('scored') === 0 ? null : meanScore(of('score'), of('scored')),
    conversionRate: percent(of('converted'), of('disposed')),
    escalations: of('escalated'),
    timedCalls: of('timed'),
    scoredCalls: of('scored'),
    disposedCalls: of('disposed'),
    moodCalls: of('mooded'),
    avgSentiment: of('mooded') === 0 ? null : meanScore(of('mood'), of('mooded')),
    failedCalls: of('failed'),
  }
}

/** Answers the AI beside people, and each person. */
export async function readAgentsPerformance(db: Db, asked: Asked): Promise<AgentsPerformance> {
  const rows = await readTallies(db, asked, {
    sums: agentSums,
    kinds: ['answer', 'agent'],
    spans: [{ from: asked.from, until: asked.to + 1, key: 0 }],
  })
  const known = await db
    .selectFrom('agents')
    .select(['id', 'name'])
    .where('company_id', '=', asked.companyId)
    .execute()
  const names = new Map(known.map(({ id, name }) => [id, name]))
  const answeredBy = (who: string): Sums =>
    rows.find(({ kind, name }) => kind === 'answer' && name === who) ?? {}
  return {
    agents: rows
      .filter((row) => row.kind === 'agent' && sumOf(row, 'calls') > 0)
      .map((row) => presentAgent(row.name, names.get(row.name) ?? row.name, 'human', row))
      .sort((a, b) => b.callsHandled - a.callsHandled || (a.agentId < b.agentId ? -1 : 1)),
    byKind: {
      ai: presentAgent('ai', 'AI', 'ai', answeredBy('ai')),
      human: presentAgent('human', 'People', 'human', answeredBy('human')),
    },
    range: presentRange(asked),
  }
}

// Analytics for everybody who needs its numbers: routes, and whoever writes reports of them.
import type { CallsAnalyticsQuery } from '#contract/analytics-endpoints.ts'
import type { Db } from '#server/db/database.ts'
import type { Principal } from '#server/domain/principal.ts'
import {
  type AnalyticsOptions,
  type Asked,
  type Question,
  askedRange,
} from '#server/modules/analytics/asked-range.ts'
import {
  readAgentsPerformance,
  readCallsOverview,
  readCallsTrends,
} from '#server/modules/analytics/calls-analytics.ts'
import { readEscalations } from '#server/modules/analytics/escalations.ts'
import { readOverview, readVolume } from '#server/modules/analytics/overview.ts'
import { readQa, readSentiment } from '#server/modules/analytics/quality.ts'

type Read<Answer> = (db: Db, asked: Asked) => Promise<Answer>

/** Each answers one question of one reader's company. All throw 400 naming the member of the question that will not do. */
export function createAnalytics(options: AnalyticsOptions) {
  /** All that an answer says was true together: one view of the data, whatever is committed meanwhile. */
  const inOneView = <Answer>(asked: Asked, read: Read<Answer>): Promise<Answer> =>
    options.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((tx) => read(tx, asked))
  const answers =
    <Answer>(read: Read<Answer>) =>
    (principal: Principal, question: Question): Promise<Answer> =>
      inOneView(askedRange(options, principal, question), read)
  const answersCalls =
    <Answer>(read: Read<Answer>) =>
    (principal: Principal, { from, to, ...rest }: CallsAnalyticsQuery): Promise<Answer> =>
      inOneView(
        askedRange(options, principal, { ...rest, from_date: from, to_date: to }, ['from', 'to']),
        read,
      )
  return {
    overview: answers(readOverview),
    volume: answers(readVolume),
    qa: answers(readQa),
    sentiment: answers(readSentiment),
    escalations: answers(readEscalations),
    callsOverview: answersCalls(readCallsOverview),
    callsTrends: answersCalls(readCallsTrends),
    agentsPerformance: answersCalls(readAgentsPerformance),
  }
}

export type Analytics = ReturnType<typeof createAnalytics>

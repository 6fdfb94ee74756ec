// Brings the schema up to date at start: forward only, under a lock, one transaction.
import { type Kysely, type Migration, Migrator } from 'kysely'
import * as livePath from '#server/db/migrations/0001-live-path.ts'
import * as leanerCalls from '#server/db/migrations/0002-leaner-calls.ts'
import * as alerts from '#server/db/migrations/0005-alerts.ts'
import * as escalations from '#server/db/migrations/0003-escalations.ts'
import * as claims from '#server/db/migrations/0004-claims.ts'
import * as knowledgeAndChoices from '#server/db/migrations/0006-knowledge-and-choices.ts'
import * as notesTakenBack from '#server/db/migrations/0007-notes-taken-back.ts'
import * as newsBetweenNodes from '#server/db/migrations/0008-news-between-nodes.ts'
import * as callHistory from '#server/db/migrations/0009-call-history.ts'
import * as auditEntries from '#server/db/migrations/0011-audit-entries.ts'
import * as companyZone from '#server/db/migrations/0012-company-zone.ts'
import * as callSums from '#server/db/migrations/0013-call-sums.ts'
import * as exportsTables from '#server/db/migrations/0014-exports-and-number-search.ts'
import * as issueSearch from '#server/db/migrations/0015-issue-and-request-search.ts'
import * as wholeCalls from '#server/db/migrations/0016-whole-calls.ts'
import * as cheapWordIndex from '#server/db/migrations/0017-cheap-word-index.ts'
import * as oneIndexOfTheLog from '#server/db/migrations/0018-one-index-of-the-log.ts'
import type { Database } from '#server/db/schema.ts'

/** In order; a name is never changed once it was released. */
const migrations: Record<string, Migration> = {
  '0001-live-path': livePath,
  '0002-leaner-calls': leanerCalls,
  '0003-escalations': escalations,
  '0005-alerts': alerts,
  '0004-claims': claims,
  '0006-knowledge-and-choices': knowledgeAndChoices,
  '0007-notes-taken-back': notesTakenBack,
  '0008-news-between-nodes': newsBetweenNodes,
  '0009-call-history': callHistory,
  '0011-audit-entries': auditEntries,
  '0012-company-zone': companyZone,
  '0013-call-sums': callSums,
  '0014-exports-and-number-search': exportsTables,
  '0015-issue-and-request-search': issueSearch,
  '0016-whole-calls': wholeCalls,
  '0017-cheap-word-index': cheapWordIndex,
  '0018-one-index-of-the-log': oneIndexOfTheLog,
}

/** Runs what is missing. Throws the first migration's error; nothing of a failed run is kept. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

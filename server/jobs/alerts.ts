// Runs the alert rules of every company over its live floor, once a second, off the way of the facts.
import { sql } from 'kysely'
import type { Alert, AlertRule } from '#contract/alert.ts'
import { stormRule } from '#contract/alert-rules.ts'
import type { Call } from '#contract/call.ts'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Fact } from '#server/domain/fact.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import type { SpokenLine } from '#server/domain/alerts/alert-signals.ts'
import { AlertWatch } from '#server/jobs/alert-watch.ts'

/** A company's live floor as the rules see it. */
export interface WatchedFloor {
  calls(): Iterator<Call>
  /** Hears every entry of the log from now on, in order. Returns the end of it. */
  follow(listener: (entry: LogEntry) => void): () => void
}

export interface AlertJobOptions {
  db: Db
  clock: Clock
  floorOf: (companyId: string) => Promise<WatchedFloor>
  submit: (companyId: string, facts: readonly Fact[]) => Promise<unknown>
  onError: (error: unknown) => void
  /** Between two looks, ms. */
  everyMs?: number
}

export interface AlertJob {
  start(): void
  /** The rules of a company were changed here. */
  rulesChanged(): void
  stop(): Promise<void>
}

const defaultEveryMs = 1000
/** Rules that another node changed are known after this long, ms. */
const rulesEveryMs = 15_000
/** Calls looked at in one go, about 1 ms. */
const callsAtOnce = 500
/** Calls whose lines are read in one query, and queries in one look. */
const callsToRead = 50
const readsAtOnce = 10

interface Company {
  watch: AlertWatch
  floor: WatchedFloor
  unfollow: () => void
}

/** The job; nothing runs before `start`. State is in the calls and the alerts, so a restart goes on where it stood. */
export function createAlertJob(options: AlertJobOptions): AlertJob {
  const { db, clock, floorOf, submit, onError } = options
  const companies = new Map<string, Company>()
  let rulesReadAt = Number.NEGATIVE_INFINITY
  let timer: unknown = null
  let round: Promise<void> | null = null
  let isStopped = false

  async function open(companyId: string): Promise<Company> {
    const watch = new AlertWatch()
    const since = new Date(clock.now() - stormRule.withinMs).toISOString()
    const recent = await sql<{ data: Alert }>`select data from alerts
      where company_id = ${companyId} and active_at > ${since}::timestamptz order by active_at`.execute(db)
    for (const { data } of recent.rows) watch.noteActive(data)
    const floor = await floorOf(companyId)
    const company = { watch, floor, unfollow: floor.follow((entry) => watch.note(entry)) }
    companies.set(companyId, company)
    return company
  }

  async function readRules(): Promise<void> {
    const readAt = clock.now()
    // Before the reading: what is changed while it runs asks for another one.
    rulesReadAt = readAt
    try {
      await takeRules(readAt)
    } catch (error) {
      rulesReadAt = Number.NEGATIVE_INFINITY
      throw error
    }
  }

  async function takeRules(readAt: number): Promise<void> {
    // Over all companies at once: each rule goes to the watch of its own.
    const rows = await db
      .selectFrom('alert_rules')
      .select(['company_id', 'id', 'data', 'enabled', 'created_at', 'updated_at', 'deleted_at'])
      .orderBy('id')
      .execute()
    const rules = new Map<string, AlertRule[]>()
    for (const row of rows) {
      const list = rules.get(row.company_id) ?? []
      rules.set(row.company_id, list)
      if (!row.enabled || row.deleted_at !== null) continue
      list.push({
        ...(row.data as Omit<AlertRule, 'id' | 'created_at' | 'updated_at' | 'enabled'>),
        id: row.id,
        enabled: true,
        created_at: row.created_at.toISOString(),
        updated_at: row.updated_at.toISOString(),
      })
    }
    for (const [companyId, list] of rules) {
      const company = companies.get(companyId) ?? (await open(companyId))
      company.watch.setRules(list, readAt)
    }
  }

  async function lookOver(companyId: string, { watch, floor }: Company): Promise<void> {
    for (let read = 0; read < readsAtOnce && !isStopped; read++) {
      const unheard = watch.unheard(callsToRead)
      if (unheard.length === 0) break
      watch.heardAll(unheard, await readLines(db, companyId, unheard))
    }
    const look = watch.begin(floor.calls())
    for (let done = false; !done && !isStopped; ) {
      const slice = look.next(clock.now(), callsAtOnce)
      done = slice.done
      if (slice.facts.length > 0)
        try {
          await submit(companyId, slice.facts)
        } catch (error) {
          watch.untell(slice.facts)
          throw error
        }
      else if (!done) await new Promise((resolve) => void setImmediate(resolve))
    }
  }

  async function run(): Promise<void> {
    const wanted = [...companies.values()].some(({ watch }) => watch.wantsRules)
    if (wanted || clock.now() - rulesReadAt >= rulesEveryMs) await readRules()
    for (const [companyId, company] of companies)
      if (!isStopped) await lookOver(companyId, company).catch(onError)
  }

  const beat = () => {
    round ??= run()
      .catch(onError)
      .finally(() => {
        round = null
      })
  }

  return {
    start() {
      if (timer !== null) return
      timer = clock.setInterval(beat, options.everyMs ?? defaultEveryMs)
      // At once: what is said from now on is heard as it comes, and need not be read later.
      beat()
    },
    rulesChanged() {
      rulesReadAt = Number.NEGATIVE_INFINITY
    },
    async stop() {
      isStopped = true
      clock.clearInterval(timer)
      await round
      for (const { unfollow } of companies.values()) unfollow()
      companies.clear()
    },
  }
}

async function readLines(
  db: Db,
  companyId: string,
  callIds: readonly string[],
): Promise<(SpokenLine & { call_id: string })[]> {
  const rows = await db
    .selectFrom('interactions')
    .select(['call_id', 'id', 'speaker', 'text', 'at'])
    .where('company_id', '=', companyId)
    .where('call_id', 'in', callIds)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    call_id: row.call_id,
    id: row.id,
    speaker: row.speaker as SpokenLine['speaker'],
    text: row.text,
    at: row.at.toISOString(),
  }))
}

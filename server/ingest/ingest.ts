// Facts become durable here: gathered over a moment, applied in order, committed with the log in one transaction.
import type { Db } from '#server/db/database.ts'
import { meansUnavailable } from '#server/db/unavailable.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import type { SentimentScorer } from '#server/domain/sentiment.ts'
import type { CompanyDirectory } from '#server/ingest/company-directory.ts'
import { GroupWork, type Remembered } from '#server/ingest/group-work.ts'
import { type FactBatch, type Ingest, type IngestResult, IngestUnavailable } from '#server/ingest/port.ts'

export interface IngestOptions {
  db: Db
  clock: Clock
  scorer: SentimentScorer
  directory: CompanyDirectory
  /** Told after each commit, in order; never before the facts are durable. */
  onCommitted: (companyId: string, log: readonly LogEntry[]) => void
  /** Told how a group went, for the metrics. */
  onGroup?: ((group: GroupReport) => void) | undefined
  /** Most facts in one transaction. */
  groupFacts?: number
}

export interface GroupReport {
  /** Names of the facts that were applied. */
  facts: readonly string[]
  /** Deliveries that were known already. */
  duplicates: number
  seconds: number
  failed: boolean
}

interface CompanyQueue extends Remembered {
  waiting: Waiting[]
  running: boolean
}

interface Waiting {
  batch: FactBatch
  resolve(result: IngestResult): void
  reject(error: Error): void
}

const defaultGroupFacts = 500

export function createIngest(options: IngestOptions): Ingest & { idle(): Promise<void> } {
  const floors = new Map<string, CompanyQueue>()
  const limit = options.groupFacts ?? defaultGroupFacts

  async function drain(companyId: string, floor: CompanyQueue): Promise<void> {
    // One turn of the event loop gathers what arrives together; while a group commits, the next one gathers by itself.
    await new Promise((resolve) => setImmediate(resolve))
    while (floor.waiting.length > 0) {
      const group: Waiting[] = []
      for (let facts = 0; floor.waiting[0] && (group.length === 0 || facts < limit); ) {
        const next = floor.waiting.shift() as Waiting
        facts += next.batch.facts.length
        group.push(next)
      }
      await commitGroup(companyId, floor, group)
    }
    floor.running = false
  }

  async function commitGroup(companyId: string, floor: CompanyQueue, group: Waiting[]): Promise<void> {
    const started = performance.now()
    const report = (facts: readonly string[], duplicates: number, failed: boolean) =>
      options.onGroup?.({ facts, duplicates, failed, seconds: (performance.now() - started) / 1000 })
    try {
      const batches = group.map(({ batch }) => batch)
      const company = await options.directory.get(companyId)
      const work = new GroupWork({
        companyId,
        remembered: floor,
        company,
        scorer: options.scorer,
        now: options.clock.now(),
      })
      const results = await options.db.transaction().execute((tx) => work.run(tx, batches))
      work.keep()
      report(work.applied, results.filter(({ duplicate }) => duplicate).length, false)
      if (work.rows.log.length > 0) options.onCommitted(companyId, work.rows.log)
      for (const [index, waiting] of group.entries()) waiting.resolve(results[index] as IngestResult)
    } catch (error) {
      floor.states.clear()
      report([], 0, true)
      if (meansUnavailable(error))
        for (const waiting of group)
          waiting.reject(
            new IngestUnavailable('The facts could not be stored; send them again.', { cause: error }),
          )
      // One batch that cannot be stored must not take others with it.
      else if (group.length > 1) for (const waiting of group) await commitGroup(companyId, floor, [waiting])
      else group[0]?.reject(error as Error)
    }
  }

  return {
    submit(batch) {
      let floor = floors.get(batch.companyId)
      if (!floor) {
        floor = { waiting: [], running: false, states: new Map(), head: -1 }
        floors.set(batch.companyId, floor)
      }
      const own = floor
      return new Promise((resolve, reject) => {
        own.waiting.push({ batch, resolve, reject })
        if (own.running) return
        own.running = true
        void drain(batch.companyId, own)
      })
    },
    async idle() {
      while ([...floors.values()].some((floor) => floor.running))
        await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

// Facts on their way to ingest: in order, in batches, kept through an outage.
import type { TelephonyEvent } from '#contract/telephony.ts'
import type { Clock } from '#server/domain/clock.ts'
import { type Ingest, IngestUnavailable } from '#server/ingest/port.ts'

const batchFacts = 1000
const firstRetryMs = 250
const lastRetryMs = 10_000
// A batch that ingest rejects for another reason than being unavailable is a fault of ours: it must not block the floor.
const faultTries = 5

export interface OutboxLog {
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

export interface Outbox {
  add(fact: TelephonyEvent): void
  /** Hands on what waits, unless a batch is already under way. */
  flush(): void
  /** Resolves once nothing waits, or after `withinMs` at the latest. */
  drained(withinMs: number): Promise<void>
  stop(): void
  readonly waiting: number
  readonly retries: number
  readonly rejected: number
}

interface OutboxParts {
  companyId: string
  ingest: Ingest
  clock: Clock
  log: OutboxLog
}

/** An empty outbox of one company. */
export function createOutbox({ companyId, ingest, clock, log }: OutboxParts): Outbox {
  let queue: TelephonyEvent[] = []
  let sending: TelephonyEvent[] | undefined
  let retryTimer: unknown
  let retries = 0
  let failedInARow = 0
  let faultsInARow = 0
  let rejected = 0
  let stopped = false
  const waiters = new Set<() => void>()

  const settle = () => {
    failedInARow = 0
    faultsInARow = 0
    sending = undefined
    if (queue.length > 0) return attempt()
    for (const wake of waiters) wake()
    waiters.clear()
  }

  const fail = (error: unknown) => {
    if (!(error instanceof IngestUnavailable)) {
      faultsInARow++
      if (faultsInARow >= faultTries) {
        rejected += sending?.length ?? 0
        log.error({ facts: sending?.length, error: String(error) }, 'ingest rejects a batch of the simulator')
        return settle()
      }
    }
    retries++
    const wait = Math.min(lastRetryMs, firstRetryMs * 2 ** failedInARow)
    failedInARow++
    if (failedInARow === 1)
      log.warn({ waiting: queue.length }, 'ingest is unavailable; the simulator keeps its facts')
    if (!stopped)
      retryTimer = clock.setTimeout(() => {
        retryTimer = undefined
        attempt()
      }, wait)
  }

  const attempt = () => {
    if (stopped) return
    if (!sending) {
      sending = queue.slice(0, batchFacts)
      queue = queue.slice(batchFacts)
    }
    const facts = sending
    // The call itself may throw as well; both come to `fail`.
    Promise.resolve()
      .then(() => ingest.submit({ companyId, facts }))
      .then(settle, fail)
  }

  return {
    add: (fact) => void queue.push(fact),
    flush() {
      if (!sending && queue.length > 0) attempt()
    },
    drained(withinMs) {
      if (!sending && queue.length === 0) return Promise.resolve()
      return new Promise((resolve) => {
        const timer = clock.setTimeout(resolve, withinMs)
        waiters.add(() => {
          clock.clearTimeout(timer)
          resolve()
        })
      })
    },
    stop() {
      stopped = true
      clock.clearTimeout(retryTimer)
    },
    get waiting() {
      return queue.length + (sending?.length ?? 0)
    },
    get retries() {
      return retries
    },
    get rejected() {
      return rejected
    },
  }
}

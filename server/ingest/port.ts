// What a feed or a module needs of ingest: hand facts in, learn that they are committed.
import type { Fact } from '#server/domain/fact.ts'

export interface FactBatch {
  companyId: string
  facts: readonly Fact[]
  /** Id of the delivery that brought the facts. The same id again changes nothing and answers `duplicate`. */
  deliveryId?: string
}

/** One entry the batch added to the log. */
export interface CommittedEntry {
  seq: number
  event: string
  callId: string
  /** The event's data as JSON text, exactly as subscribers get it. */
  data: string
}

export interface IngestResult {
  /** True when the delivery's id was committed before; nothing was done. */
  duplicate: boolean
  entries: readonly CommittedEntry[]
}

/** Thrown when nothing could be committed: nothing of the batch is kept, the sender keeps it and tries again. */
export class IngestUnavailable extends Error {
  override name = 'IngestUnavailable'
}

export interface Ingest {
  /** Resolves once the facts are durable and in the log, in order. Rejects with `IngestUnavailable` otherwise. */
  submit(batch: FactBatch): Promise<IngestResult>
}

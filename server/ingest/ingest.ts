// Facts become durable here: gathered over a moment, applied in order, committed with the log in one transaction.
import type { Ingest } from '#server/ingest/port.ts'
import { Pipeline, type PipelineOptions } from '#server/ingest/pipeline.ts'

export interface IngestOptions extends Omit<PipelineOptions, 'groupFacts'> {
  /** Told after each commit, in order; never before the facts are durable. */
  onCommitted: PipelineOptions['onCommitted']
  /** Told how a group went, for the metrics. */
  onGroup?: PipelineOptions['onGroup']
  /** Most facts in one transaction. */
  groupFacts?: number
}

/** Most facts in one transaction where nothing else is said; the bench's reference takes as many. */
export const defaultGroupFacts = 800

export function createIngest(options: IngestOptions): Ingest & { idle(): Promise<void> } {
  const pipelines = new Map<string, Pipeline>()
  const settings = { ...options, groupFacts: options.groupFacts ?? defaultGroupFacts }

  return {
    submit(batch) {
      let pipeline = pipelines.get(batch.companyId)
      if (!pipeline) {
        pipeline = new Pipeline(batch.companyId, settings)
        pipelines.set(batch.companyId, pipeline)
      }
      return pipeline.submit(batch)
    },
    async idle() {
      while ([...pipelines.values()].some(({ isRunning }) => isRunning))
        await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

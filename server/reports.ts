// What the parts tell of themselves, turned into metrics and log lines.
import type { IngestOptions } from '#server/ingest/ingest.ts'
import type { RealtimeReport } from '#server/realtime/realtime.ts'
import type { Logger } from '#server/telemetry/logger.ts'
import type { Metrics } from '#server/telemetry/metrics.ts'

export function ingestReport({ ingest }: Metrics): NonNullable<IngestOptions['onGroup']> {
  return ({ facts, duplicates, seconds, failed }) => {
    if (failed) {
      ingest.failures.inc()
      return
    }
    const counts = new Map<string, number>()
    for (const event of facts) counts.set(event, (counts.get(event) ?? 0) + 1)
    for (const [event, count] of counts) ingest.facts.inc({ event }, count)
    ingest.duplicates.inc(duplicates)
    ingest.batches.inc()
    ingest.commitSeconds.observe(seconds)
  }
}

export function realtimeReport({ realtime }: Metrics, log: Logger): RealtimeReport {
  return {
    sent({ frames, bytes, batches }) {
      realtime.framesOut.inc(frames)
      realtime.bytesOut.inc(bytes)
      realtime.batches.inc(batches)
    },
    merged: (count) => realtime.merged.inc(count),
    reset: () => realtime.resets.inc(),
    connections: (door, open) => realtime.connections.set({ door }, open),
    failed: (err) => log.error({ err }, 'the log could not be read; trying again'),
  }
}

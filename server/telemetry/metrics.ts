// Every number the server publishes about itself, in a registry of its own, without personal data in labels.
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

function httpMetrics(registers: Registry[]) {
  return {
    /** Seconds from the request's arrival to the answer's end. */
    duration: new Histogram({
      name: 'callboard_http_request_duration_seconds',
      help: 'Time to answer an HTTP request',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: seconds,
      registers,
    }),
    limited: new Counter({
      name: 'callboard_http_limited_total',
      help: 'Requests refused by a rate limit',
      labelNames: ['limit'] as const,
      registers,
    }),
    refused: new Counter({
      name: 'callboard_http_forbidden_total',
      help: 'Requests refused for want of a capability',
      labelNames: ['endpoint', 'role'] as const,
      registers,
    }),
  }
}

function ingestMetrics(registers: Registry[]) {
  return {
    facts: new Counter({
      name: 'callboard_ingest_facts_total',
      help: 'Facts committed',
      labelNames: ['event'] as const,
      registers,
    }),
    /** Transactions; facts divided by it is the size of a group. */
    batches: new Counter({
      name: 'callboard_ingest_batches_total',
      help: 'Transactions committed',
      registers,
    }),
    duplicates: new Counter({
      name: 'callboard_ingest_duplicates_total',
      help: 'Deliveries or facts that were known already',
      registers,
    }),
    failures: new Counter({
      name: 'callboard_ingest_failures_total',
      help: 'Batches that could not be committed',
      registers,
    }),
    commitSeconds: new Histogram({
      name: 'callboard_ingest_commit_seconds',
      help: 'Time of one transaction',
      buckets: seconds,
      registers,
    }),
    queueDepth: new Gauge({
      name: 'callboard_ingest_queue_depth',
      help: 'Facts that wait for a commit',
      registers,
    }),
  }
}

function realtimeMetrics(registers: Registry[]) {
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `callboard_realtime_${name}`, help, registers })
  const counter = (name: string, help: string) =>
    new Counter({ name: `callboard_realtime_${name}_total`, help, registers })
  return {
    connections: new Gauge({
      name: 'callboard_realtime_connections',
      help: 'Open sockets by door: socketio or websocket',
      labelNames: ['door'] as const,
      registers,
    }),
    subscribers: gauge('subscribers', 'Subscriptions, of calls and of single calls'),
    groups: gauge('groups', 'Delivery groups: sets of subscribers served by one serialization'),
    framesOut: counter('frames_out', 'Frames handed to sockets'),
    bytesOut: counter('bytes_out', 'Bytes of frames handed to sockets'),
    batches: counter('batches', 'Batches sent'),
    merged: counter('merged', 'Frames replaced by a newer value before they were sent'),
    resets: counter('resets', 'Streams ended because their reader fell too far behind'),
    slowReaders: gauge('slow_readers', 'Subscribers outside their group until their socket drains'),
    closed: new Counter({
      name: 'callboard_realtime_closed_total',
      help: 'Sockets closed by the server, by close code',
      labelNames: ['code'] as const,
      registers,
    }),
  }
}

/**
 * Creates the counters and gauges, once per server. `render()` gives the exposition text. With `process: false` the
 * default process metrics are left out: they sample the event loop for as long as the process lives.
 */
export function createMetrics(options: { process?: boolean } = {}) {
  const registry = new Registry()
  const registers = [registry]
  if (options.process !== false) collectDefaultMetrics({ register: registry })
  return {
    http: httpMetrics(registers),
    ingest: ingestMetrics(registers),
    realtime: realtimeMetrics(registers),
    commands: new Counter({
      name: 'callboard_commands_total',
      help: "Supervisors' commands by action and by the state they reached",
      labelNames: ['action', 'state'] as const,
      registers,
    }),
    contentType: registry.contentType,
    render: () => registry.metrics(),
  }
}
export type Metrics = ReturnType<typeof createMetrics>

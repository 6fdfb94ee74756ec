// Stores what a group of facts changed: lines, escalations, notes, receipts, calls, the log. One statement a table.
import type { RawBuilder } from 'kysely'
import { isLive } from '#contract/call-rules.ts'
import type { Alert } from '#contract/alert.ts'
import type { FollowUp } from '#contract/follow-up.ts'
import type { CallInteraction, Escalation, Intervention } from '#contract/transcript.ts'
import { dueOf } from '#server/domain/apply-holds.ts'
import { type CallState, type StoredNote, isoOf } from '#server/domain/call-state.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import type { ScoreText } from '#server/ingest/score-text.ts'
import { rulesText, shownPieces } from '#server/ingest/stored-state.ts'
import { type BulkColumn, bulkInsert } from '#server/ingest/bulk.ts'
import { countedColumns } from '#server/ingest/counted-columns.ts'

export interface GroupRows {
  calls: readonly CallState[]
  /** Calls (by id) that are taken to be new: where one of them is there already, nothing is stored. */
  supposed: ReadonlySet<string>
  lines: readonly { line: CallInteraction; factId: string }[]
  escalations: readonly Escalation[]
  notes: readonly StoredNote[]
  interventions: readonly Intervention[]
  alerts: readonly Alert[]
  followUps: readonly FollowUp[]
  log: readonly LogEntry[]
  kept: readonly KeptEntry[]
  /** Of the call with this id. */
  scoreText: (callId: string) => ScoreText
  /** Calls (by id) whose rows have what the rules remember already. */
  rulesStay: ReadonlySet<string>
}

/** An entry of the log that is kept for the record, with who did it. */
export interface KeptEntry {
  entry: LogEntry
  by: { id: string; name: string } | null
}

function dueText(state: CallState): string | null {
  const due = dueOf(state)
  return due === null ? null : isoOf(due)
}

const callColumns: BulkColumn<CallState>[] = [
  { name: 'id', type: 'text', value: ({ call }) => call.id },
  { name: 'status', type: 'text', isPlain: true, value: ({ call }) => call.status },
  { name: 'live', type: 'boolean', value: ({ call }) => isLive(call.status) },
  { name: 'direction', type: 'text', isPlain: true, value: ({ call }) => call.direction },
  { name: 'from_number', type: 'text', value: ({ call }) => call.from_number },
  { name: 'to_number', type: 'text', value: ({ call }) => call.to_number },
  { name: 'business_id', type: 'text', value: ({ call }) => call.business_id },
  { name: 'agent_id', type: 'text', value: ({ call }) => call.assigned_agent?.id },
  { name: 'started_at', type: 'timestamptz', value: ({ call }) => call.started_at },
  { name: 'ended_at', type: 'timestamptz', value: ({ call }) => call.ended_at },
  { name: 'duration_seconds', type: 'double precision', value: ({ call }) => call.duration_seconds },
  { name: 'updated_at', type: 'timestamptz', value: ({ call }) => call.updated_at },
  { name: 'qa_score', type: 'double precision', value: ({ call }) => call.qa_score },
  { name: 'sentiment', type: 'text', isPlain: true, value: ({ call }) => call.sentiment },
  { name: 'escalation_status', type: 'text', isPlain: true, value: ({ call }) => call.escalation_status },
  { name: 'missed', type: 'boolean', value: ({ call }) => call.missed ?? false },
  { name: 'owners', type: 'text[]', value: ({ owners }) => owners },
  { name: 'due_at', type: 'timestamptz', value: dueText },
]
const stateColumns = ({ scoreText, rulesStay }: GroupRows): BulkColumn<CallState>[] => [
  { name: 'state', type: 'json', value: (state) => shownPieces(state, scoreText(state.call.id)) },
  {
    name: 'rules',
    type: 'text',
    isPlain: true,
    value: (state) => (rulesStay.has(state.call.id) ? null : rulesText(state)),
  },
]
const callUpdates = [...callColumns.slice(1).map(({ name }) => name), 'state']
  .map((name) => `${name} = excluded.${name}`)
  .concat('rules = coalesce(excluded.rules, calls.rules)')
  .join(', ')

const historyColumns: BulkColumn<CallState>[] = [
  ...callColumns.filter(({ name }) => !['live', 'ended_at', 'updated_at', 'due_at'].includes(name)),
  { name: 'answered_by', type: 'text', value: ({ call }) => call.answered_by },
  { name: 'sentiment_score', type: 'double precision', value: ({ call }) => call.sentiment_score },
  ...countedColumns,
]
const historyUpdates = historyColumns
  .slice(1)
  .map(({ name }) => `${name} = excluded.${name}`)
  .join(', ')

const lineColumns: BulkColumn<{ line: CallInteraction; factId: string }>[] = [
  { name: 'call_id', type: 'text', value: ({ line }) => line.call_id },
  { name: 'id', type: 'bigint', value: ({ line }) => line.id },
  { name: 'fact_id', type: 'text', value: ({ factId }) => factId },
  { name: 'speaker', type: 'text', isPlain: true, value: ({ line }) => line.speaker },
  { name: 'text', type: 'text', value: ({ line }) => line.text },
  { name: 'audio_url', type: 'text', value: ({ line }) => line.audio_url },
  { name: 'at', type: 'timestamptz', value: ({ line }) => line.timestamp },
  { name: 'sentiment_score', type: 'double precision', value: ({ line }) => line.sentiment?.score },
  { name: 'metadata', type: 'json', value: ({ line }) => JSON.stringify(line.metadata) },
]

const escalationColumns: BulkColumn<Escalation>[] = [
  { name: 'id', type: 'bigint', value: ({ id }) => id },
  { name: 'call_id', type: 'text', value: ({ call_id }) => call_id },
  { name: 'status', type: 'text', value: ({ status }) => status },
  { name: 'agent_id', type: 'text', value: ({ assigned_agent_id }) => assigned_agent_id },
  { name: 'requested_at', type: 'timestamptz', value: ({ requested_at }) => requested_at },
  { name: 'settled_at', type: 'timestamptz', value: ({ completed_at }) => completed_at },
  { name: 'data', type: 'json', value: (escalation) => JSON.stringify(escalation) },
]

const noteColumns: BulkColumn<StoredNote>[] = [
  { name: 'id', type: 'bigint', value: ({ id }) => id },
  { name: 'call_id', type: 'text', value: ({ call_id }) => call_id },
  { name: 'created_at', type: 'timestamptz', value: ({ created_at }) => created_at },
  { name: 'removed_at', type: 'timestamptz', value: ({ removed_at }) => removed_at },
  { name: 'data', type: 'json', value: (note) => JSON.stringify(note) },
]

const interventionColumns: BulkColumn<Intervention>[] = [
  { name: 'command_id', type: 'text', value: ({ command_id }) => command_id },
  { name: 'call_id', type: 'text', value: ({ call_id }) => call_id },
  { name: 'state', type: 'text', value: ({ state }) => state },
  { name: 'created_at', type: 'timestamptz', value: ({ at }) => at },
  { name: 'data', type: 'json', value: (intervention) => JSON.stringify(intervention) },
]

const alertColumns: BulkColumn<Alert>[] = [
  { name: 'id', type: 'text', value: ({ id }) => id },
  { name: 'rule_id', type: 'text', value: ({ rule_id }) => rule_id },
  { name: 'call_id', type: 'text', value: ({ call_id }) => call_id },
  { name: 'state', type: 'text', value: ({ state }) => state },
  { name: 'severity', type: 'text', value: ({ severity }) => severity },
  { name: 'owner_id', type: 'text', value: ({ owner }) => owner?.id },
  { name: 'recipients', type: 'text[]', value: ({ recipients }) => recipients },
  { name: 'active_at', type: 'timestamptz', value: ({ active_at }) => active_at },
  { name: 'data', type: 'json', value: (alert) => JSON.stringify(alert) },
]

const followUpColumns: BulkColumn<FollowUp>[] = [
  { name: 'id', type: 'text', value: ({ id }) => id },
  { name: 'call_id', type: 'text', value: ({ call_id }) => call_id },
  { name: 'status', type: 'text', value: ({ status }) => status },
  { name: 'due_at', type: 'timestamptz', value: ({ due_at }) => due_at },
  { name: 'data', type: 'json', value: (followUp) => JSON.stringify(followUp) },
]

const logColumns: BulkColumn<LogEntry>[] = [
  { name: 'seq', type: 'bigint', value: ({ seq }) => seq },
  { name: 'call_id', type: 'text', value: ({ callId }) => callId },
  { name: 'event', type: 'text', isPlain: true, value: ({ event }) => event },
  { name: 'at', type: 'timestamptz', value: ({ at }) => at },
  { name: 'data', type: 'text', isPlain: true, value: ({ data }) => data },
  { name: 'owners', type: 'text[]', value: ({ owners }) => owners },
  { name: 'owners_before', type: 'text[]', value: ({ ownersBefore }) => ownersBefore },
  { name: 'status_changed', type: 'boolean', value: ({ statusChanged }) => statusChanged },
]

const keptColumns: BulkColumn<KeptEntry>[] = [
  { name: 'seq', type: 'bigint', value: ({ entry }) => entry.seq },
  { name: 'call_id', type: 'text', value: ({ entry }) => entry.callId },
  { name: 'event', type: 'text', isPlain: true, value: ({ entry }) => entry.event },
  { name: 'at', type: 'timestamptz', value: ({ entry }) => entry.at },
  { name: 'by_id', type: 'text', value: ({ by }) => by?.id },
  { name: 'by_name', type: 'text', value: ({ by }) => by?.name },
  { name: 'data', type: 'text', isPlain: true, value: ({ entry }) => entry.data },
]

/** The inserts of a group, one a table that has rows. See `bulkInsert` for `company`. */
export function rowInserts(company: string | { from: string }, rows: GroupRows): RawBuilder<unknown>[] {
  const inserts: RawBuilder<unknown>[] = []
  const add = <R>(table: string, columns: readonly BulkColumn<R>[], of: readonly R[], tail?: string) => {
    if (of.length > 0) inserts.push(bulkInsert(table, company, columns, of, tail))
  }
  const wholeCall = [...callColumns, ...stateColumns(rows)]
  const isSupposed = ({ call }: CallState) => rows.supposed.has(call.id)
  add(
    'calls',
    wholeCall,
    rows.supposed.size > 0 ? rows.calls.filter((state) => !isSupposed(state)) : rows.calls,
    `on conflict (company_id, id) do update set ${callUpdates}`,
  )
  if (rows.supposed.size > 0) add('calls', wholeCall, rows.calls.filter(isSupposed))
  add('interactions', lineColumns, rows.lines)
  add(
    'escalations',
    escalationColumns,
    lastOfEach(rows.escalations, ({ id }) => id),
    'on conflict (company_id, id) do update set status = excluded.status, agent_id = excluded.agent_id, settled_at = excluded.settled_at, data = excluded.data',
  )
  add(
    'notes',
    noteColumns,
    lastOfEach(rows.notes, ({ id }) => id),
    'on conflict (company_id, id) do update set removed_at = excluded.removed_at, data = excluded.data',
  )
  add(
    'interventions',
    interventionColumns,
    lastOfEach(rows.interventions, ({ command_id }) => command_id),
    'on conflict (company_id, command_id) do update set state = excluded.state, data = excluded.data',
  )
  add(
    'alerts',
    alertColumns,
    lastOfEach(rows.alerts, ({ id }) => id),
    'on conflict (company_id, id) do update set state = excluded.state, owner_id = excluded.owner_id, data = excluded.data',
  )
  add(
    'followups',
    followUpColumns,
    lastOfEach(rows.followUps, ({ id }) => id),
    'on conflict (company_id, id) do nothing',
  )
  // After the others: the sums that follow from it are locked until the commit.
  add(
    'call_history',
    historyColumns,
    rows.calls.filter(({ call }) => !isLive(call.status)),
    // What came late may have been said: its words are read again.
    `on conflict (company_id, id) do update set worded = false, ${historyUpdates}`,
  )
  add('log', logColumns, rows.log)
  add('audit_entries', keptColumns, rows.kept)
  return inserts
}

/** One statement may touch a row once, so of several versions in a group only the last is written. */
function lastOfEach<R>(rows: readonly R[], key: (row: R) => unknown): R[] {
  return [...new Map(rows.map((row) => [key(row), row])).values()]
}

// The tables, as Kysely sees them. Every table has company_id and every query names it.
import type { ColumnType } from 'kysely'
import type { AuditEntryTable, CallHistoryTable, CallWordsTable } from '#server/db/history-tables.ts'

/** Written as ISO text, read as Date. */
type Timestamp = ColumnType<Date, string, string>
type NullableTimestamp = ColumnType<Date | null, string | null, string | null>
/** Written as JSON text, read parsed. */
type Json<T> = ColumnType<T, string, string>

export interface CompanyTable {
  id: string
  slug: string
  name: string
  /** The identity provider's name for the company, e.g. Clerk's `org_…`. */
  external_id: string | null
  webhook_secret: string
  created_at: Timestamp
}

/** Where a company's log stands. Taken first in every writing transaction: it orders all writers of a company (P2). */
export interface CompanyHeadTable {
  company_id: string
  /** Random; new when the data is new, so that a position of another log is never resumed. */
  log_id: string
  head: number
  /** Counter behind the numeric ids of lines, notes, escalations and scores. */
  last_id: number
}

export interface UserTable {
  company_id: string
  id: string
  email: string
  name: string
  role: string
  password_hash: string | null
  is_active: boolean
  external_id: string | null
  created_at: Timestamp
}

export interface SessionTable {
  company_id: string
  id: string
  user_id: string
  refresh_hash: string
  previous_hash: string | null
  rotated_at: NullableTimestamp
  expires_at: Timestamp
  revoked_at: NullableTimestamp
  created_at: Timestamp
  user_agent: string | null
}

export interface BusinessTable {
  company_id: string
  id: string
  name: string
  type: string
  /** The number callers dial and outbound calls come from. */
  phone_number: string | null
  /** Name of the AI agent that speaks for it. */
  ai_name: string | null
  config_data: Json<unknown>
  is_active: boolean
  created_at: Timestamp
  updated_at: Timestamp
}

export interface AgentTable {
  company_id: string
  id: string
  user_id: string | null
  name: string
  email: string
  phone_number: string | null
  extension: string | null
  is_available: boolean
  is_active: boolean
  skills: string[]
  departments: string[]
  total_calls_handled: number
  average_rating: number | null
  metadata: Json<Record<string, unknown>>
  created_at: Timestamp
  updated_at: Timestamp
  last_active_at: NullableTimestamp
}

export interface CallTable {
  company_id: string
  id: string
  status: string
  live: boolean
  direction: string
  from_number: string
  to_number: string
  business_id: string | null
  agent_id: string | null
  started_at: Timestamp
  ended_at: NullableTimestamp
  duration_seconds: number | null
  updated_at: Timestamp
  qa_score: number | null
  sentiment: string | null
  escalation_status: string | null
  missed: boolean
  /** Users (and role tokens such as `@csr`) that see the call beside those who see all (P13). */
  owners: string[]
  /** When the server has to do something about the call by itself; null when never. */
  due_at: NullableTimestamp
  /** The domain's `CallState`, without what is in `rules`. */
  state: Json<unknown>
  /** What only the rules remember of the call, as JSON text; null in rows whose `state` is whole. */
  rules: string | null
}

export interface InteractionTable {
  company_id: string
  call_id: string
  id: number
  /** The feed's own id of the line; the same one is stored once. */
  fact_id: string
  speaker: string
  text: string
  audio_url: string | null
  at: Timestamp
  sentiment_score: number | null
  metadata: Json<Record<string, unknown>>
}

export interface EscalationTable {
  company_id: string
  id: number
  call_id: string
  status: string
  agent_id: string | null
  requested_at: Timestamp
  /** When it was completed or cancelled. */
  settled_at: NullableTimestamp
  data: Json<unknown>
}

export interface FollowUpTable {
  company_id: string
  id: string
  call_id: string
  status: string
  due_at: Timestamp
  data: Json<unknown>
}

export interface NoteTable {
  company_id: string
  id: number
  call_id: string
  created_at: Timestamp
  /** Its author took it back then: kept for the record, shown to nobody. */
  removed_at: NullableTimestamp
  data: Json<unknown>
}

export interface InterventionTable {
  company_id: string
  command_id: string
  call_id: string
  state: string
  created_at: Timestamp
  data: Json<unknown>
}

export interface AlertRuleTable {
  company_id: string
  id: string
  /** The rule as it was written, without its id and instants. */
  data: Json<unknown>
  enabled: boolean
  created_at: Timestamp
  updated_at: Timestamp
  /** Taken away then; it can be brought back. */
  deleted_at: NullableTimestamp
}

export interface AlertTable {
  company_id: string
  id: string
  rule_id: string
  call_id: string
  state: string
  severity: string
  owner_id: string | null
  /** Roles that are told. */
  recipients: string[]
  active_at: Timestamp
  data: Json<unknown>
}

export interface DeliveryTable {
  company_id: string
  id: string
  at: Timestamp
}

export interface LogTable {
  company_id: string
  seq: number
  call_id: string
  event: string
  at: Timestamp
  /** The event's data as JSON text: stored as it is sent, never parsed on the way out. */
  data: string
  owners: string[]
  /** Owners before the fact, where the fact changed them. */
  owners_before: string[] | null
  /** A `call.updated` that changes the status and must reach everybody (P8). */
  status_changed: boolean
}

/** What a person chose, one row a key; the last to choose wins. */
export interface PreferenceTable {
  company_id: string
  user_id: string
  key: string
  value: Json<unknown>
  /** When it was chosen. */
  changed_at: Timestamp
  /** When it was stored, by the database's clock; other nodes look for what is young. */
  written_at: ColumnType<Date, string | undefined, string>
}

/** Who has which call open on a node. Nobody believes a row that its node has not renewed for some seconds. */
export interface NodePresenceTable {
  company_id: string
  node_id: string
  /** Raised with every change of `looks`. */
  version: number
  /** By the database's clock. */
  seen_at: Timestamp
  looks: Json<unknown>
}

export interface SavedViewTable {
  company_id: string
  id: string
  owner_id: string
  owner_name: string
  area: string
  name: string
  query: string
  shared: boolean
  position: number
  created_at: Timestamp
  updated_at: Timestamp
  /** Kept for a while, so that deleting can be undone. */
  deleted_at: NullableTimestamp
}

export interface KnowledgeTable {
  company_id: string
  id: number
  business_id: string | null
  title: string
  content: string
  source: string | null
  source_type: string | null
  vector_id: string | null
  metadata: Json<Record<string, unknown>>
  created_at: Timestamp
  updated_at: Timestamp
  /** Words of title and content, made by the database. */
  search: ColumnType<string, never, never>
}

export interface Database {
  companies: CompanyTable
  company_heads: CompanyHeadTable
  users: UserTable
  sessions: SessionTable
  businesses: BusinessTable
  agents: AgentTable
  calls: CallTable
  call_history: CallHistoryTable
  call_words: CallWordsTable
  interactions: InteractionTable
  escalations: EscalationTable
  followups: FollowUpTable
  notes: NoteTable
  interventions: InterventionTable
  deliveries: DeliveryTable
  alert_rules: AlertRuleTable
  alerts: AlertTable
  log: LogTable
  audit_entries: AuditEntryTable
  preferences: PreferenceTable
  node_presence: NodePresenceTable
  saved_views: SavedViewTable
  knowledge: KnowledgeTable
}

// The tables of calls that ended: what lists filter and sort by, the words that were said, and what is kept for the record.
import type { ColumnType } from 'kysely'

/** An ended call, with what lists filter and sort by; written when it ends and whenever it changes later. */
export interface CallHistoryTable {
  company_id: string
  id: string
  status: string
  direction: string
  from_number: string
  to_number: string
  business_id: string | null
  agent_id: string | null
  answered_by: string | null
  started_at: ColumnType<Date, string, string>
  duration_seconds: number | null
  qa_score: number | null
  sentiment: string | null
  sentiment_score: number | null
  escalation_status: string | null
  missed: boolean
  owners: string[]
  /** Parts of the QA score, millionths. */
  qa_sentiment: number | null
  qa_compliance: number | null
  qa_accuracy: number | null
  qa_professionalism: number | null
  disposition: string | null
  /** What QA flagged, each once. */
  issues: string[] | null
  /** Requests for a person: `trigger`, `status`, `ms` to completion. */
  requests: ColumnType<unknown, string | null, string | null>
  /** What was said on it is in `call_words`. */
  worded: boolean
}

/** The words of an ended call, all lines together, in their order. */
export interface CallWordsTable {
  company_id: string
  call_id: string
  words: string
}

/** Entries of the log that stay when the log has let go of them: who had a call, who reviewed its score. */
export interface AuditEntryTable {
  company_id: string
  seq: number
  call_id: string
  event: string
  at: ColumnType<Date, string, string>
  by_id: string | null
  by_name: string | null
  /** The event's data as JSON text. */
  data: string
}

/** All of them, for the list of all tables. */
export interface HistoryTables {
  call_history: CallHistoryTable
  call_words: CallWordsTable
  audit_entries: AuditEntryTable
}

// The tables of exports, as Kysely sees them.
import type { ColumnType, Generated } from 'kysely'

type Timestamp = ColumnType<Date, string, string>
type NullableTimestamp = ColumnType<Date | null, string | null | undefined, string | null>
type Json<T> = ColumnType<T, string, string>

export interface ExportTable {
  company_id: string
  id: string
  owner_id: string
  owner_name: string
  /** The owner's role when it was asked for: what they saw then is what is exported. */
  role: string
  format: string
  state: string
  /** The body of the request. */
  wish: Json<unknown>
  /** What is exported, in words. */
  words: Json<string[]>
  file_name: string
  created_at: Timestamp
  started_at: NullableTimestamp
  finished_at: NullableTimestamp
  /** When its file was first fetched. */
  fetched_at: NullableTimestamp
  expires_at: NullableTimestamp
  done: Generated<number>
  total: number | null
  total_exact: Generated<boolean>
  /** Bytes of the file. */
  size: Generated<number>
  pieces: Generated<number>
  /** Where the walk through the calls is; what a later attempt goes on from. */
  progress: ColumnType<unknown, string | null | undefined, string | null>
  error: string | null
  attempts: Generated<number>
  /** The node that works on it, believed until `held_until`. */
  holder: string | null
  held_until: NullableTimestamp
  /** Taken off the list by its owner. */
  hidden: Generated<boolean>
}

interface ExportPieceTable {
  company_id: string
  export_id: string
  place: number
  /** Compressed with gzip. */
  data: Uint8Array
}

/** Both, for the list of all tables. */
export interface ExportTables {
  exports: ExportTable
  export_pieces: ExportPieceTable
}

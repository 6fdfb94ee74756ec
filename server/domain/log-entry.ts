// An entry of a company's log, between the commit and the wire: its data stays text all the way.

export interface LogEntry {
  seq: number
  callId: string
  event: string
  /** ISO, server time of the commit. */
  at: string
  /** JSON text of the event's data, exactly as subscribers get it. */
  data: string
  /** The same data as it was before it became text, where that happened in this process. Nobody may change it. */
  value?: unknown
  /** Users and role tokens that see the call after the fact (P13). */
  owners: readonly string[]
  /** Owners before the fact, where it changed them; coming into and leaving a scope is told from it. */
  ownersBefore: readonly string[] | null
  /** A `call.updated` that changes the status and must reach everybody (P8). */
  statusChanged: boolean
}

// One call as of one instant: its row, its last lines, its receipts and notes (P5).
import { sql } from 'kysely'
import type { CallSnapshot } from '#contract/protocol.ts'
import type { Db } from '#server/db/database.ts'
import { readInterventions, readNotes } from '#server/db/read-call-parts.ts'
import type { CallState } from '#server/domain/call-state.ts'
import { type StoredLine, presentLine } from '#server/domain/present-line.ts'

/** Reads in one repeatable read; `head` is the log's position as of then. Null when there is no such call. */
export function readCallSnapshot(
  db: Db,
  companyId: string,
  callId: string,
  lines: number,
): Promise<{ head: number; snapshot: CallSnapshot; state: CallState } | null> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const row = await sql<{ head: number; state: CallState }>`select h.head, c.state from calls c
        join company_heads h on h.company_id = c.company_id
        where c.company_id = ${companyId} and c.id = ${callId}`.execute(tx)
      const found = row.rows[0]
      if (!found) return null
      const said =
        await sql<StoredLine>`select id, call_id, speaker, text, audio_url, at, sentiment_score, metadata from interactions
        where company_id = ${companyId} and call_id = ${callId} order by id desc limit ${lines}`.execute(tx)
      const { state } = found
      const snapshot: CallSnapshot = {
        call: state.call,
        interactions: said.rows.reverse().map(presentLine),
        interactions_count: state.lines,
        interventions: await readInterventions(tx, companyId, callId),
        notes: await readNotes(tx, companyId, callId),
      }
      if (state.qaScore) snapshot.qa_score = state.qaScore
      if (state.escalation) snapshot.escalation = state.escalation
      return { head: found.head, snapshot, state }
    })
}

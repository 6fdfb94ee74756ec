// One call as of one instant: its row, its last lines, its receipts and notes (P5).
import { sql } from 'kysely'
import type { CallSnapshot } from '#contract/protocol.ts'
import type { CallInteraction, CallNote, Intervention } from '#contract/transcript.ts'
import { sentimentLabel } from '#contract/call-rules.ts'
import type { Db } from '#server/db/database.ts'
import type { CallState } from '#server/domain/call-state.ts'

interface LineRow {
  id: number
  speaker: CallInteraction['speaker']
  text: string
  audio_url: string | null
  at: Date
  sentiment_score: number | null
  metadata: Record<string, unknown>
}

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
        await sql<LineRow>`select id, speaker, text, audio_url, at, sentiment_score, metadata from interactions
        where company_id = ${companyId} and call_id = ${callId} order by id desc limit ${lines}`.execute(tx)
      const acts = await tx
        .selectFrom('interventions')
        .select('data')
        .where('company_id', '=', companyId)
        .where('call_id', '=', callId)
        .orderBy('created_at')
        .execute()
      const notes = await tx
        .selectFrom('notes')
        .select('data')
        .where('company_id', '=', companyId)
        .where('call_id', '=', callId)
        .orderBy('id')
        .execute()
      const { state } = found
      const snapshot: CallSnapshot = {
        call: state.call,
        interactions: said.rows.reverse().map((line) => presentLine(callId, line)),
        interactions_count: state.lines,
        interventions: acts.map(({ data }) => data as Intervention),
        notes: notes.map(({ data }) => data as CallNote),
      }
      if (state.qaScore) snapshot.qa_score = state.qaScore
      if (state.escalation) snapshot.escalation = state.escalation
      return { head: found.head, snapshot, state }
    })
}

function presentLine(callId: string, row: LineRow): CallInteraction {
  const line: CallInteraction = {
    id: row.id,
    call_id: callId,
    speaker: row.speaker,
    text: row.text,
    timestamp: row.at.toISOString(),
    metadata: row.metadata,
  }
  if (row.audio_url !== null) line.audio_url = row.audio_url
  if (row.sentiment_score !== null)
    line.sentiment = { score: row.sentiment_score, label: sentimentLabel(row.sentiment_score) }
  return line
}

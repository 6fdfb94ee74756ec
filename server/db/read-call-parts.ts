// What hangs on a call, as it is stored: its notes, and the acts of supervisors with their receipts.
import type { CallNote, Intervention } from '#contract/transcript.ts'
import type { Db } from '#server/db/database.ts'

/** Oldest first, without those that were taken back. */
export async function readNotes(db: Db, companyId: string, callId: string): Promise<CallNote[]> {
  const rows = await db
    .selectFrom('notes')
    .select('data')
    .where('company_id', '=', companyId)
    .where('call_id', '=', callId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ data }) => data as CallNote)
}

/** Oldest first. */
export async function readInterventions(db: Db, companyId: string, callId: string): Promise<Intervention[]> {
  const rows = await db
    .selectFrom('interventions')
    .select('data')
    .where('company_id', '=', companyId)
    .where('call_id', '=', callId)
    .orderBy('created_at')
    .orderBy('command_id')
    .execute()
  return rows.map(({ data }) => data as Intervention)
}

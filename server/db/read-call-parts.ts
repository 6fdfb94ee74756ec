// What hangs on a call, as it is stored: its notes, its escalations, and the acts of supervisors with their receipts.
import type { CallNote, Escalation, Intervention } from '#contract/transcript.ts'
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

/** Every note there was, oldest first; those that were taken back say when. */
export async function readStoredNotes(
  db: Db,
  companyId: string,
  callId: string,
): Promise<(CallNote & { removed_at?: string })[]> {
  const rows = await db
    .selectFrom('notes')
    .select(['data', 'removed_at'])
    .where('company_id', '=', companyId)
    .where('call_id', '=', callId)
    .orderBy('id')
    .execute()
  return rows.map(({ data, removed_at }) => {
    const { removed_at: _, ...note } = data as CallNote & { removed_at?: string }
    return removed_at ? { ...note, removed_at: removed_at.toISOString() } : note
  })
}

/** All escalations of the call, oldest first. */
export async function readEscalations(db: Db, companyId: string, callId: string): Promise<Escalation[]> {
  const rows = await db
    .selectFrom('escalations')
    .select('data')
    .where('company_id', '=', companyId)
    .where('call_id', '=', callId)
    .orderBy('id')
    .execute()
  return rows.map(({ data }) => data as Escalation)
}

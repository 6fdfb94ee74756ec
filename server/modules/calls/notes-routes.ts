// The endpoints of a call's notes. A note goes through the log, and so does taking it back: every console lets go of it.
import { callsAddNote, callsNotes, callsRemoveNote } from '#contract/note-endpoints.ts'
import { noteUndoGraceMs, noteUndoMs } from '#contract/note-rules.ts'
import type { CallNote } from '#contract/transcript.ts'
import type { Db } from '#server/db/database.ts'
import { readNotes } from '#server/db/read-call-parts.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import type { Ingest } from '#server/ingest/port.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'
import { findCall } from '#server/modules/calls/calls-service.ts'

export interface NotesOptions {
  db: Db
  ingest: Ingest
  clock: Clock
}

export function registerNotes(register: RegisterEndpoint, { db, ingest, clock }: NotesOptions): void {
  register(callsNotes, async ({ principal, params }) => {
    await findCall(db, principal, params.call_id)
    return { status: 200, body: { notes: await readNotes(db, principal.companyId, params.call_id) } }
  })

  register(callsAddNote, async ({ principal, params, body }) => {
    await findCall(db, principal, params.call_id)
    const { entries } = await ingest.submit({
      companyId: principal.companyId,
      facts: [
        {
          event: 'desk.note',
          data: {
            call_id: params.call_id,
            author: { id: principal.userId, name: principal.name },
            note: body.note.trim(),
            tags: [...new Set(body.tags ?? [])],
            category: body.category ?? null,
          },
        },
      ],
    })
    const added = entries.find(({ event }) => event === 'note.added')
    const { note } = JSON.parse(added?.data ?? '{}') as { note: CallNote }
    return { status: 201, body: { success: true, note_id: note.id, message: 'Note added.' } }
  })

  register(callsRemoveNote, async ({ principal, params }) => {
    const { companyId, userId, name } = principal
    await findCall(db, principal, params.call_id)
    const found = await findNote(db, companyId, params.call_id, params.note_id)
    if (!found) throw new ApiError('NOT_FOUND', 'There is no such note on this call.')
    const { note, isRemoved } = found
    if (note.author_id !== userId)
      throw new ApiError('FORBIDDEN', `Only ${note.author_name}, who wrote the note, can take it back.`)
    const done = { status: 200, body: { success: true, message: 'Note taken back.' } } as const
    if (isRemoved) return done
    if (clock.now() - Date.parse(note.created_at) > noteUndoMs + noteUndoGraceMs)
      throw new ApiError(
        'TOO_LATE',
        `A note can be taken back for ${noteUndoMs / 1000} s; this one stays. Add another that corrects it.`,
      )
    await ingest.submit({
      companyId,
      facts: [
        {
          event: 'desk.note_removed',
          data: { call_id: params.call_id, note, by: { id: userId, name } },
        },
      ],
      // Asked twice at once, on any node, it is told once.
      deliveryId: `callboard note removed ${note.id}`,
    })
    return done
  })
}

async function findNote(
  db: Db,
  companyId: string,
  callId: string,
  noteId: string,
): Promise<{ note: CallNote; isRemoved: boolean } | null> {
  if (!/^\d{1,15}$/.test(noteId)) return null
  const row = await db
    .selectFrom('notes')
    .select(['data', 'removed_at'])
    .where('company_id', '=', companyId)
    .where('call_id', '=', wellFormed(callId))
    .where('id', '=', Number(noteId))
    .executeTakeFirst()
  return row ? { note: row.data as CallNote, isRemoved: row.removed_at !== null } : null
}

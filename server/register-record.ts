// What is told of a call afterwards, put together: its notes, its score, its trail, its recording.
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import { registerAudit } from '#server/modules/audit/audit-routes.ts'
import { type NotesOptions, registerNotes } from '#server/modules/calls/notes-routes.ts'
import { registerQa } from '#server/modules/qa/qa-routes.ts'
import { registerRecordings } from '#server/modules/recordings/recordings-routes.ts'

/** Registers the endpoints of a call's record; `recordings` is the folder of the files. */
export function registerRecord(
  register: RegisterEndpoint,
  { db, ingest, clock, recordings }: NotesOptions & { recordings: string },
): void {
  registerNotes(register, { db, ingest, clock })
  registerQa(register, { db, ingest })
  registerAudit(register, { db })
  registerRecordings(register, { db, folder: recordings })
}

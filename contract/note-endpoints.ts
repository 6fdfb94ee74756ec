// The endpoints of a call's notes: read them, add one, take one's own back.
import { z } from 'zod'
import { endpoint } from '#contract/endpoint.ts'
import { CallParams, Id } from '#contract/primitives.ts'
import { CallNote } from '#contract/transcript.ts'

export const callsAddNote = endpoint({
  id: 'calls-add-note',
  summary: 'Add a note to a call',
  method: 'POST',
  path: '/api/v1/calls/:call_id/notes',
  capability: 'calls.note',
  params: CallParams,
  body: z.object({
    note: z
      .string()
      .max(4000)
      .refine((text) => text.trim() !== '', 'Write the note.'),
    tags: z.array(z.string().trim().min(1).max(40)).max(20).optional(),
    category: z.string().max(80).optional(),
  }),
  responses: {
    201: z.object({ success: z.boolean(), note_id: z.number().int(), message: z.string() }),
  },
  errors: ['CALL_NOT_FOUND'],
})

export const callsNotes = endpoint({
  id: 'calls-notes',
  summary: 'Notes of a call, oldest first',
  method: 'GET',
  path: '/api/v1/calls/:call_id/notes',
  capability: 'calls.read',
  params: CallParams,
  responses: { 200: z.object({ notes: z.array(CallNote) }) },
  errors: ['CALL_NOT_FOUND'],
})

export const callsRemoveNote = endpoint({
  id: 'calls-remove-note',
  summary: 'Take one’s own note back, within 10 s; taking it back again changes nothing',
  method: 'DELETE',
  path: '/api/v1/calls/:call_id/notes/:note_id',
  capability: 'calls.note',
  // Whoever wrote a hundred notes at once must be able to take them all back.
  limit: 'undo',
  params: z.object({ call_id: Id, note_id: Id }),
  responses: { 200: z.object({ success: z.boolean(), message: z.string() }) },
  errors: ['CALL_NOT_FOUND', 'NOT_FOUND', 'TOO_LATE'],
  retry: true,
})

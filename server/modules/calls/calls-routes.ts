// The endpoints that read calls and add notes to them.
import { callsAddNote, callsGet, callsInteractions, callsList, callsNotes } from '#contract/call-endpoints.ts'
import type { CallNote } from '#contract/transcript.ts'
import type { Db } from '#server/db/database.ts'
import { readNotes } from '#server/db/read-call-parts.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import type { Ingest } from '#server/ingest/port.ts'
import { listAgents } from '#server/modules/agents/agents-service.ts'
import { findCall, listCalls, readDetail, readLines } from '#server/modules/calls/calls-service.ts'

export function registerCalls(register: RegisterEndpoint, { db, ingest }: { db: Db; ingest: Ingest }): void {
  register(callsList, async ({ principal, query }) => ({
    status: 200,
    body: await listCalls(db, principal, query),
  }))

  register(callsGet, async ({ principal, params }) => {
    const detail = await readDetail(db, principal, params.call_id)
    const agentId = detail.call.assigned_agent?.id
    if (agentId === undefined) return { status: 200, body: detail }
    const agent = (await listAgents(db, principal.companyId)).find(({ id }) => id === agentId)
    return { status: 200, body: agent ? { ...detail, agent } : detail }
  })

  register(callsInteractions, async ({ principal, params, query }) => {
    await findCall(db, principal, params.call_id)
    return { status: 200, body: await readLines(db, principal.companyId, params.call_id, query) }
  })

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
}

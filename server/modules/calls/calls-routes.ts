// The endpoints that read calls.
import { callFiltersGet, callsGet, callsInteractions, callsList } from '#contract/call-endpoints.ts'
import { can } from '#contract/permissions.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import { listAgents } from '#server/modules/agents/agents-service.ts'
import { recordingOf } from '#server/modules/recordings/recordings-service.ts'
import { findCall, readDetail, readFilterChoices, readLines } from '#server/modules/calls/calls-service.ts'
import { type ListCallsOptions, listCalls } from '#server/modules/calls/list-calls.ts'

export function registerCalls(
  register: RegisterEndpoint,
  { db, clock, recordings }: ListCallsOptions & { recordings: string },
): void {
  register(callsList, async ({ principal, query }) => ({
    status: 200,
    // A date without a time is a day of the company's zone, unless another is named.
    body: await listCalls({ db, clock }, principal, { ...query, zone: query.zone ?? principal.companyZone }),
  }))

  register(callFiltersGet, async ({ principal }) => ({
    status: 200,
    body: await readFilterChoices(db, principal),
  }))

  register(callsGet, async ({ principal, params }) => {
    const read = await readDetail(db, principal, params.call_id)
    const { companyId, role } = principal
    const isRecorded =
      can(role, 'calls.download') && (await recordingOf({ db, folder: recordings }, companyId, read.call))
    const detail = isRecorded
      ? { ...read, recording_url: `/api/v1/calls/${encodeURIComponent(read.call.id)}/recording` }
      : read
    const agentId = detail.call.assigned_agent?.id
    if (agentId === undefined) return { status: 200, body: detail }
    const agent = (await listAgents(db, principal.companyId)).find(({ id }) => id === agentId)
    return { status: 200, body: agent ? { ...detail, agent } : detail }
  })

  register(callsInteractions, async ({ principal, params, query }) => {
    await findCall(db, principal, params.call_id)
    return { status: 200, body: await readLines(db, principal.companyId, params.call_id, query) }
  })
}

// The endpoints that act on a live call: speak through the AI, pause it, steer it, end the call, dial out.
import { randomUUID } from 'node:crypto'
import { callsEnd, callsInitiate, callsIntervene } from '#contract/command-endpoints.ts'
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { Db } from '#server/db/database.ts'
import { readNotes } from '#server/db/read-call-parts.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { EndpointContext, RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import type { Fact } from '#server/domain/fact.ts'
import type { Principal } from '#server/domain/principal.ts'
import type { Ingest } from '#server/ingest/port.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'
import type { Acts } from '#server/modules/calls/acts-service.ts'
import { findCall } from '#server/modules/calls/calls-service.ts'
import type { CallEnds } from '#server/modules/calls/call-ends.ts'

export interface InterveneOptions {
  db: Db
  ingest: Ingest
  acts: Acts
  ends: CallEnds
  clock: Clock
  /** How long an answer to "end" waits for the call to end, ms. */
  endWaitMs?: number
}

const said = {
  send_message: 'Message sent to the AI.',
  pause: 'The AI is being paused.',
  resume: 'The AI is being resumed.',
  override_instructions: 'Instructions sent to the AI.',
  clear_override: 'The instructions are being withdrawn.',
} as const

const defaultEndWaitMs = 4000

export function registerInterventions(register: RegisterEndpoint, options: InterveneOptions): void {
  const { db, ingest, acts, ends } = options

  register(callsIntervene, async ({ principal, params, body }) => {
    const callId = params.call_id
    const { call } = await findCall(db, principal, callId)
    const earlier = await acts.find(principal, {
      callId,
      commandId: body.command_id,
      action: body.action,
    })
    if (!earlier && !isLive(call.status)) throw new ApiError('CALL_NOT_ACTIVE', 'This call has ended.')
    const { commandId, state } = await acts.perform({
      principal,
      callId,
      commandId: body.command_id,
      claim: body.force ? 'force' : 'respect',
      words: wordsOf(body),
    })
    return { status: 200, body: { success: true, message: said[body.action], command_id: commandId, state } }
  })

  register(callsEnd, async ({ principal, params, body }) => {
    const callId = params.call_id
    const { call } = await findCall(db, principal, callId)
    const author = { id: principal.userId, name: principal.name }
    const facts: Fact[] = body.notes?.trim()
      ? [
          {
            event: 'desk.note',
            data: { call_id: callId, author, note: body.notes.trim(), tags: [], category: 'end' },
          },
        ]
      : []
    const hadEnded = async (over: Call) => {
      const earlier = await acts.find(principal, { callId, commandId: body.command_id, action: 'end' })
      if (!earlier && facts.length > 0 && !(await hasNote(db, principal, callId, body.notes)))
        await ingest.submit({ companyId: principal.companyId, facts })
      const command_id = earlier?.command_id ?? body.command_id ?? randomUUID()
      const message = 'The call had ended.'
      return {
        status: 200 as const,
        body: { success: true, message, call: over, command_id, state: 'applied' as const },
      }
    }
    if (!isLive(call.status)) return hadEnded(call)
    const ended = ends.wait(principal.companyId, callId, options.endWaitMs ?? defaultEndWaitMs)
    let commandId: string
    try {
      const act = await acts.perform({
        principal,
        callId,
        commandId: body.command_id,
        facts,
        claim: body.force ? 'force' : 'respect',
        words: { action: 'end', reason: body.reason },
      })
      commandId = act.commandId
    } catch (error) {
      // Whoever has the call may be ending it at this very moment: then both have what they want.
      if (!isTooLate(error)) throw error
      if (isEnding((await findCall(db, principal, callId)).call)) await ended
      const { call: now } = await findCall(db, principal, callId)
      if (isLive(now.status)) throw error
      return hadEnded(now)
    }
    await ended
    const after = await findCall(db, principal, callId)
    const isOver = !isLive(after.call.status)
    const receipt = await acts.find(principal, { callId, commandId, action: 'end' })
    return {
      status: 200,
      body: {
        success: receipt?.state !== 'refused',
        message: isOver ? 'Call ended.' : (receipt?.detail ?? 'Asked the voice platform to end the call.'),
        call: after.call,
        command_id: commandId,
        state: receipt?.state ?? 'sent',
      },
    }
  })

  register(callsInitiate, async ({ principal, body }) => {
    const message = 'Dialling.'
    const callId = `out-${options.clock.now().toString(36)}-${randomUUID().slice(0, 8)}`
    const business = await businessFor(db, principal.companyId, body.business_id)
    const fromNumber = body.from_number ?? business?.phone_number ?? undefined
    const started: Fact = {
      event: 'call.started',
      data: {
        call: {
          id: callId,
          direction: 'outbound',
          status: 'initiated',
          to_number: body.to_number,
          from_number: fromNumber,
          business_id: business?.id,
          template_id: body.template_id,
          metadata: { ...body.metadata, owner: principal.userId },
        },
      },
    }
    const act = await acts.perform({
      principal,
      callId,
      commandId: body.command_id,
      facts: [started],
      words: {
        action: 'dial',
        toNumber: body.to_number,
        fromNumber,
        businessId: business?.id,
        templateId: body.template_id,
        metadata: body.metadata,
      },
      onRefused: (reason) => ({ event: 'call.ended', data: { call_id: callId, status: 'failed', reason } }),
    })
    const { call } = await findCall(db, principal, act.callId)
    return { status: 201, body: { call, message, command_id: act.commandId, state: act.state } }
  })
}

/** Somebody else had the call when the act was to be stored. */
const isTooLate = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'CALL_CLAIMED' || error.code === 'CONFLICT')

/** The voice platform was asked to end the call and has not said anything else since. */
const isEnding = ({ last_act: act }: Call): boolean =>
  act?.action === 'end' && (act.state === 'sent' || act.state === 'delivered' || act.state === 'applied')

function wordsOf(body: EndpointContext<typeof callsIntervene>['body']) {
  switch (body.action) {
    case 'send_message':
      return { action: body.action, text: body.message?.trim() ?? '' }
    case 'override_instructions':
      return {
        action: body.action,
        text: body.instructions?.trim() ?? '',
        scope: body.scope,
        durationS: body.duration_s,
      }
    case 'pause':
      return { action: body.action, durationS: body.duration_s }
    default:
      return { action: body.action }
  }
}

/** Whether the reader left this very note already: "end" may be asked again after an answer was lost. */
async function hasNote(db: Db, principal: Principal, callId: string, note = ''): Promise<boolean> {
  const notes = await readNotes(db, principal.companyId, callId)
  return notes.some((one) => one.author_id === principal.userId && one.note === wellFormed(note.trim()))
}

/** The business an outbound call is made for: the one named, else the company's first. */
async function businessFor(db: Db, companyId: string, id: string | undefined) {
  let query = db.selectFrom('businesses').select(['id', 'phone_number']).where('company_id', '=', companyId)
  if (id !== undefined) query = query.where('id', '=', wellFormed(id))
  const found = await query.where('is_active', '=', true).orderBy('id').executeTakeFirst()
  if (id !== undefined && !found)
    throw new ApiError('VALIDATION_ERROR', 'The call was not made.', [
      { field: 'body.business_id', message: 'There is no such business line; leave it out for the default.' },
    ])
  return found
}

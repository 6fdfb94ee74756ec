// A floor with agents, calls and a clock of its own, on which calls are handed to people.
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { CallDetail } from '#contract/call-endpoints.ts'
import type { TelephonyEvent } from '#contract/telephony.ts'
import type { Escalation } from '#contract/transcript.ts'
import { type Clock, systemClock } from '#server/domain/clock.ts'
import type { ControlCommand } from '#server/domain/voice-platform.ts'
import { ask } from '#tests/support/ask.ts'
import { eventually } from '#tests/support/eventually.ts'
import { callEnded, callStarted } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

/** What a change of an escalation answers. */
export interface Changed {
  escalation: Escalation
  message: string
}

/** A server for the tests of one file, with its hooks; members that stand for the server are there once tests run. */
export function createTransferDesk() {
  let server: TestServer
  let ahead = 0
  let calls = 0
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead }
  const tokens = { manager: '', dispatcher: '', csr: '' }

  beforeAll(async () => {
    server = await startServer({ clock, deliverTimeoutMs: 100 })
    for (const role of ['manager', 'dispatcher', 'csr'] as const) tokens[role] = await server.token(role)
  })
  afterAll(() => server.close())
  beforeEach(() => {
    server.commands.length = 0
    server.answer = () => ({ state: 'delivered' })
  })
  // A test's calls end with it, and so everybody is free for the next one.
  afterEach(async () => {
    await server.app.acts.idle()
    const live = await server.database.db.selectFrom('calls').select('id').where('live', '=', true).execute()
    await server.submit(live.map(({ id }) => callEnded(id)))
  })

  async function liveCall(over: Parameters<typeof callStarted>[1] = {}): Promise<string> {
    const id = `warm-${++calls}`
    await server.submit([
      callStarted(id, { business_id: 'roofing', contact_name: 'Marisol Trevino', ...over }),
    ])
    return id
  }
  const detail = async (id: string, on = server, token = tokens.manager) =>
    (await ask<CallDetail>(on.url, `GET /api/v1/calls/${id}`, { token })).body
  const escalationOf = async (id: string, on = server, token = tokens.manager) =>
    (await detail(id, on, token)).escalation as Escalation
  const reaches = (id: string, state: string, on = server, token = tokens.manager) =>
    eventually(async () => {
      const escalation = await escalationOf(id, on, token)
      expect(escalation.transfer?.state).toBe(state)
      return escalation
    })

  return {
    clock,
    tokens,
    get server() {
      return server
    },
    /** The clock goes on by so much, ms. */
    pass(ms: number) {
      ahead += ms
    },
    liveCall,
    detail,
    escalationOf,
    /** Waits until the call's transfer is in that state. */
    reaches,
    /** Asks for a person, and waits until somebody is rung. */
    async escalate(id: string, body: unknown = {}): Promise<Escalation> {
      const { body: answer } = await ask<Changed>(server.url, `POST /api/v1/calls/${id}/escalate`, {
        token: tokens.manager,
        body,
      })
      await reaches(id, 'ringing')
      return answer.escalation
    },
    change: <B = Changed>(id: number, body: unknown, token = tokens.manager) =>
      ask<B>(server.url, `PATCH /api/v1/escalations/${id}`, { token, body }),
    /** The transfers that the platform was told of. */
    transfers: (): Extract<ControlCommand, { action: 'transfer' }>[] =>
      server.commands.flatMap((command) => (command.action === 'transfer' ? [command] : [])),
    /** The platform says what became of a transfer. */
    reported: (
      call_id: string,
      escalation: Extract<TelephonyEvent, { event: 'escalation.updated' }>['data']['escalation'],
    ) => server.submit([{ event: 'escalation.updated', data: { call_id, escalation } }]),
  }
}

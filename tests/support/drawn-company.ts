// A company whose calls were drawn at random, filled once for all questions about them: the calls as stored, and the server to ask.
import type { Call } from '#contract/call.ts'
import { noBusiness } from '#contract/call-filter.ts'
import type { Escalation, QAScore } from '#contract/transcript.ts'
import { systemClock } from '#server/domain/clock.ts'
import type { CallState } from '#server/domain/call-state.ts'
import { createDraw, drawCall } from '#tests/support/random-calls.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

export interface RawCall {
  call: Call
  qaScore: QAScore | null
  /** All of the call's, oldest first. */
  escalations: Escalation[]
}

export interface DrawnCompany {
  server: TestServer
  /** Of a manager. */
  token: string
  calls: readonly RawCall[]
  /** The calls of a span of time, both ends included, of one business and direction or of all. */
  within(
    span: { from: string; to: string },
    of: { business?: string | undefined; direction?: string | undefined },
  ): RawCall[]
}

const businesses = ['roofing', 'plumbing', 'heating']
const now = Date.parse('2026-11-21T12:00:00.000Z')
const seed = Number(process.env['METRICS_SEED'] ?? 20261121)

/** 360 calls, some of them live, and nine of another company; to be closed by `server.close()`. */
export async function drawCompany(): Promise<DrawnCompany> {
  const server = await startServer({ clock: { ...systemClock, now: () => now } })
  const draw = createDraw(seed)
  const drawn = Array.from({ length: 360 }, (_, n) => drawCall(draw, `drawn-${n}`, businesses))
  // What comes after the end comes in commits of its own, for it changes sums that are kept already.
  for (const part of ['facts', 'late'] as const)
    for (let n = 0; n < drawn.length; n += 60)
      await server.submit(drawn.slice(n, n + 60).flatMap((call) => call[part]))
  await server.submit(
    Array.from({ length: 9 }, (_, n) => drawCall(draw, `drawn-${n}`, []).facts).flat(),
    'acme',
  )
  const calls = await rawCalls(server)
  return {
    server,
    token: await server.token('manager'),
    calls,
    within: ({ from, to }, { business, direction }) =>
      calls.filter(({ call }) => {
        const at = Date.parse(call.started_at)
        if (business === noBusiness && call.business_id !== undefined) return false
        if (business !== undefined && business !== noBusiness && call.business_id !== business) return false
        if (direction !== undefined && call.direction !== direction) return false
        return at >= Date.parse(from) && at <= Date.parse(to)
      }),
  }
}

/** The calls as they are stored, without any sum. */
async function rawCalls({ database: { db } }: TestServer): Promise<RawCall[]> {
  const states = await db.selectFrom('calls').select('state').where('company_id', '=', 'demo').execute()
  const asked = await db
    .selectFrom('escalations')
    .select(['call_id', 'data'])
    .where('company_id', '=', 'demo')
    .orderBy('id')
    .execute()
  return states.map(({ state }) => {
    const { call, qaScore } = state as CallState
    const escalations = asked
      .filter(({ call_id }) => call_id === call.id)
      .map(({ data }) => data as Escalation)
    return { call, qaScore, escalations }
  })
}

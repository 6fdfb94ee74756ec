// The queue of escalations over HTTP: order, whose, and what is refused with which words.
import { expect, test } from 'vitest'
import type { EscalationItem } from '#contract/escalation-endpoints.ts'
import type { Pagination } from '#contract/primitives.ts'
import { createTransferDesk } from '#tests/server/modules/transfer-desk.ts'
import { type Refused, ask } from '#tests/support/ask.ts'

const desk = createTransferDesk()
const { change, escalate, liveCall } = desk

test('the queue has who waits longest on top, and "mine" those one is asked for', async () => {
  const first = await liveCall()
  const second = await liveCall({ business_id: 'plumbing' })
  await escalate(first, { agent_id: 'agent-marcus' })
  await escalate(second, { agent_id: 'agent-priya' })
  const list = async (query: string, token: string) =>
    (
      await ask<{ escalations: EscalationItem[]; pagination: Pagination }>(
        desk.server.url,
        `GET /api/v1/escalations?${query}`,
        { token },
      )
    ).body
  const open = await list('status=pending,in_progress', desk.tokens.manager)
  expect(open.escalations.map(({ call_id }) => call_id)).toEqual([first, second])
  expect(open.escalations[0]?.call).toMatchObject({
    contact_name: 'Marisol Trevino',
    business_name: 'Alamo Roofing',
  })
  expect(open.pagination).toMatchObject({ page: 1, total: 2, has_next: false })
  const mine = await list('status=pending&mine=true', desk.tokens.csr)
  expect(mine.escalations.map(({ call_id }) => call_id)).toEqual([second])
  expect((await list('status=pending', await desk.server.token('acme'))).escalations).toEqual([])
})

test('another company’s escalation does not exist, and a viewer may look and not touch', async () => {
  const { id } = await escalate(await liveCall())
  const foreign = await change<Refused>(id, { status: 'in_progress' }, await desk.server.token('acme'))
  expect([foreign.status, foreign.body.error.code]).toEqual([404, 'NOT_FOUND'])
  const viewer = await change<Refused>(id, { status: 'in_progress' }, await desk.server.token('viewer'))
  expect(viewer.status).toBe(403)
})

test.each([
  [{}, 'body.status'],
  [{ status: 'pending' }, 'body.agent_id'],
  [{ status: 'in_progress', promised: ['x'] }, 'body.promised'],
  [{ status: 'in_progress', agent_id: 'nobody' }, 'body.agent_id'],
])('a change that makes no sense names its field: %j', async (body, field) => {
  const { id } = await escalate(await liveCall())
  const { status, body: refused } = await change<Refused>(id, body)
  expect([status, refused.error.details?.[0]?.field]).toEqual([400, field])
})

test('what cannot be done from where the transfer stands is refused in words', async () => {
  const { id } = await escalate(await liveCall())
  const early = await change<Refused>(id, { status: 'completed' })
  expect([early.status, early.body.error.message]).toEqual([
    409,
    'Nobody has taken it yet; withdraw it instead.',
  ])
  await change(id, { status: 'cancelled' })
  const late = await change<Refused>(id, { status: 'in_progress' })
  expect(late.status).toBe(409)
})

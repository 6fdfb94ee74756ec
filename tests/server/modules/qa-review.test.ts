// A person's review of a QA score: it counts, the machine's stays beside it, and nobody overwrites a colleague unseen.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallDetail } from '#contract/call-endpoints.ts'
import type { QaFinding } from '#contract/qa-endpoints.ts'
import type { EventFrame } from '#contract/protocol.ts'
import type { QAScore } from '#contract/transcript.ts'
import { ask } from '#tests/support/ask.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { connect } from '#tests/support/protocol-client.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let server: TestServer
let manager: string
let owner: string
let calls = 0

beforeAll(async () => {
  server = await startServer()
  manager = await server.token('manager')
  owner = await server.token('owner')
})
afterAll(() => server.close())

type Scored = { qa_score: QAScore }

async function scored(facts = [] as Parameters<TestServer['submit']>[0]) {
  const id = `qa-${++calls}`
  await server.submit([
    callStarted(id),
    lineSaid(id, '1', { speaker: 'ai', text: 'Thank you for calling, how can I help?' }),
    lineSaid(id, '2', { text: 'My sink leaks.' }),
    lineSaid(id, '3', { speaker: 'ai', text: 'I guarantee you the lowest price.' }),
    ...facts,
  ])
  const path = `/api/v1/calls/${id}/qa`
  const detail = async () =>
    (await ask<CallDetail>(server.url, `GET /api/v1/calls/${id}`, { token: manager })).body
  return {
    id,
    detail,
    machine: (await detail()).qa_scores as QAScore,
    review: <B = Scored>(body: unknown, token = manager) =>
      ask<B>(server.url, `PATCH ${path}`, { token, body }),
    withdraw: (query = '') => ask<Scored>(server.url, `DELETE ${path}${query}`, { token: manager }),
    why: async () =>
      (await ask<{ findings: QaFinding[]; explains: boolean }>(server.url, `GET ${path}`, { token: manager }))
        .body,
  }
}

test('a reviewed score counts everywhere, the machine’s stays beside it, and other consoles see it at once', async () => {
  const { id, machine, review, detail } = await scored()
  const console = await connect(server.url, 'websocket', owner)
  console.send('subscribe', { type: 'call', call_id: id, since: 0 })
  await console.until((frames) => frames.some(({ event }) => event === 'snapshot'))
  const { status, body } = await review({ compliance_score: 1, review_notes: ' He asked for a quote. ' })
  expect(status).toBe(200)
  const overall = Math.round((machine.overall_score + 0.3 * (1 - machine.compliance_score)) * 100) / 100
  expect(body.qa_score).toMatchObject({
    compliance_score: 1,
    overall_score: overall,
    review_notes: 'He asked for a quote.',
    ai: {
      compliance_score: machine.compliance_score,
      overall_score: machine.overall_score,
      scored_by: 'rules',
    },
    review: { by: { id: 'demo-manager' }, scores: { compliance_score: 1 } },
  })
  expect(body.qa_score.reviewed_by).toBe(body.qa_score.review?.by.name)
  const told = await console.next((frame): frame is EventFrame => frame.event === 'qa.score.updated')
  expect(told.data).toEqual({ call_id: id, qa_score: body.qa_score })
  expect((await detail()).call.qa_score).toBe(overall)
  console.close()
})

test('the review stays over what the machine scores afterwards, and goes when it is withdrawn', async () => {
  const { id, review, withdraw, machine } = await scored()
  await review({ overall_score: 0.5 })
  await server.submit([
    lineSaid(id, '4', { speaker: 'ai', text: 'Let me confirm that. I will book the crew.' }),
  ])
  const after = (await ask<CallDetail>(server.url, `GET /api/v1/calls/${id}`, { token: manager })).body
  expect(after.qa_scores?.overall_score).toBe(0.5)
  const raised = after.qa_scores?.ai?.overall_score ?? 0
  expect(raised).toBeGreaterThan(machine.overall_score)
  const { body } = await withdraw()
  expect(body.qa_score).toMatchObject({ overall_score: raised, reviewed_by: 'rules' })
  expect(body.qa_score).not.toHaveProperty('review')
  expect((await withdraw()).status).toBe(200)
})

test('of two who began from the same score the second is told who was first, and nothing is overwritten', async () => {
  const { review, detail } = await scored([])
  const [a, b] = await Promise.all([
    review<Scored & { error?: { code: string; details: unknown } }>({
      overall_score: 0.9,
      expected_reviewed_at: null,
    }),
    review<Scored & { error?: { code: string; details: unknown } }>(
      { overall_score: 0.1, expected_reviewed_at: null },
      owner,
    ),
  ])
  const [won, lost] = a.status === 200 ? [a, b] : [b, a]
  expect([won.status, lost.status, lost.body.error?.code]).toEqual([200, 409, 'CONFLICT'])
  const kept = (await detail()).qa_scores
  expect(kept).toEqual(won.body.qa_score)
  expect(lost.body.error?.details).toEqual({ reviewed_by: kept?.reviewed_by, reviewed_at: kept?.review?.at })
  // Who has seen it may go on from there.
  const again = await review({ overall_score: null, expected_reviewed_at: kept?.review?.at })
  expect(again.body.qa_score.overall_score).toBe(kept?.ai?.overall_score)
})

test.each([
  [{ overall_score: 1.2 }, 'body.overall_score'],
  [{ accuracy_score: 'good' }, 'body.accuracy_score'],
  [{ review_notes: 'x'.repeat(4001) }, 'body.review_notes'],
  [{}, 'body.review_notes'],
  [{ overall_score: 1, expected_reviewed_at: 'yesterday' }, 'body.expected_reviewed_at'],
])('what cannot be a review names its field: %#', async (body, field) => {
  const { review } = await scored()
  const answer = await review<{ error: { details: { field: string }[] } }>(body)
  expect([answer.status, answer.body.error.details[0]?.field]).toEqual([400, field])
})

test('a call that is not scored cannot be reviewed', async () => {
  const id = `qa-${++calls}`
  await server.submit([callStarted(id), callEnded(id)])
  const answer = await ask(server.url, `PATCH /api/v1/calls/${id}/qa`, {
    token: manager,
    body: { overall_score: 1 },
  })
  expect([answer.status, answer.body.error.code]).toEqual([409, 'CONFLICT'])
})

test('the score of an ended call can be reviewed, and the list finds the call by the reviewed score', async () => {
  const { id, review } = await scored()
  await server.submit([callEnded(id)])
  await review({ overall_score: 0.07 })
  const { body } = await ask<{ calls: { id: string }[] }>(
    server.url,
    'GET /api/v1/calls?max_qa_score=0.08&status=completed',
    { token: manager },
  )
  expect(body.calls.map((call) => call.id)).toEqual([id])
})

test('each criterion names the lines it comes from; a platform’s score names none', async () => {
  const { why, id, detail } = await scored()
  const { findings, explains } = await why()
  const { interactions } = (
    await ask<{ interactions: { id: number; text: string }[] }>(
      server.url,
      `GET /api/v1/calls/${id}/interactions`,
      { token: manager },
    )
  ).body
  const promise = interactions.find(({ text }) => text.includes('guarantee'))
  expect(findings).toContainEqual({
    criterion: 'compliance_score',
    text: 'Promised a price',
    points: -0.3,
    interaction_id: promise?.id,
  })
  expect(explains).toBe(true)
  await server.submit([
    { event: 'qa.score.updated', data: { call_id: id, qa_score: { overall_score: 0.4 } } },
  ])
  expect((await detail()).qa_scores?.reviewed_by).toBe('platform')
  expect(await why()).toMatchObject({ findings: [], explains: false })
})

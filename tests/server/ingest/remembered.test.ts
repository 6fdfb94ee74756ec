// What is kept of a call in short is the whole of it again, for whoever goes on with it.
import { beforeEach, expect, test } from 'vitest'
import { createCompany } from '#server/db/create-company.ts'
import { systemClock } from '#server/domain/clock.ts'
import type { CallState } from '#server/domain/call-state.ts'
import type { Fact } from '#server/domain/fact.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import { lexiconScorer } from '#server/domain/sentiment.ts'
import { createCompanyDirectory } from '#server/ingest/company-directory.ts'
import { createIngest } from '#server/ingest/ingest.ts'
import { useDatabase } from '#tests/support/database.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'

const database = useDatabase()
let companies = 0
let companyId = ''

beforeEach(async () => {
  companyId = `r${++companies}`
  const company = { id: companyId, slug: companyId, name: 'Test', webhookSecret: 'whsec_x', now: 0 }
  await createCompany(database().db, company)
})

/** A server that knows nothing of what came before it started. */
function node() {
  const committed: LogEntry[] = []
  const { db, live } = database()
  const ingest = createIngest({
    db: live,
    clock: systemClock,
    scorer: lexiconScorer(),
    directory: createCompanyDirectory(db),
    onCommitted: (_, log) => committed.push(...log),
  })
  return { committed, submit: (facts: Fact[]) => ingest.submit({ companyId, facts }) }
}

const stored = async (callId: string) => {
  const { state } = await database()
    .db.selectFrom('calls')
    .select('state')
    .where('company_id', '=', companyId)
    .where('id', '=', callId)
    .executeTakeFirstOrThrow()
  return state as CallState
}
const scored = (call_id: string, overall_score: number): Fact => ({
  event: 'qa.score.updated',
  data: { call_id, qa_score: { overall_score } },
})
const question = 'When will somebody look at the furnace upstairs?'

test('after a restart a caller who says the same again is heard doing so, by the signals and by QA', async () => {
  await node().submit([callStarted('a'), lineSaid('a', '1', { text: question })])
  await node().submit([lineSaid('a', '2', { text: question })])
  const { call, qaScore } = await stored('a')
  expect(call.signals?.repeated_question?.count).toBe(1)
  expect(qaScore?.flagged_issues).toEqual(['The customer had to repeat themselves'])
})

test('facts that tell the rules nothing leave what they remember in the row, for whoever goes on', async () => {
  const first = node()
  await first.submit([callStarted('s'), lineSaid('s', '1', { text: question })])
  const mood = (score: number): Fact => ({
    event: 'sentiment.changed',
    data: { call_id: 's', sentiment: { score, label: score < 0.4 ? 'negative' : 'neutral' } },
  })
  // Two that are on their way at the same time, and one by itself.
  await Promise.all([first.submit([mood(0.5)]), first.submit([mood(0.2)])])
  await first.submit([mood(0.6)])
  const after = node()
  await after.submit([lineSaid('s', '2', { text: question })])
  await after.submit([scored('s', 0.9)])
  await node().submit([lineSaid('s', '3', { text: question })])
  const { call, lines } = await stored('s')
  expect([lines, call.signals?.repeated_question?.count, call.qa_score]).toEqual([3, 2, 0.9])
})

test('what an earlier version kept of a caller, word by word, is understood', async () => {
  await node().submit([callStarted('w'), lineSaid('w', '1', { text: question })])
  const { db } = database()
  const rows = db.selectFrom('calls').where('company_id', '=', companyId).where('id', '=', 'w')
  const { rules } = await rows.select('rules').executeTakeFirstOrThrow()
  const kept = JSON.parse(rules ?? '{}') as Pick<CallState, 'history'>
  const customer = kept.history.customer.map((words) => words.split(' '))
  expect(customer[0]?.length).toBeGreaterThan(3)
  const earlier = JSON.stringify({ ...kept, history: { ...kept.history, customer } })
  await db.updateTable('calls').set({ rules: earlier }).where('company_id', '=', companyId).execute()
  await node().submit([lineSaid('w', '2', { text: question })])
  const { call, qaScore } = await stored('w')
  expect(call.signals?.repeated_question?.count).toBe(1)
  expect(qaScore?.flagged_issues).toEqual(['The customer had to repeat themselves'])
})

test('after a restart QA remembers a caller of whom only fillers came since', async () => {
  const first = node()
  await first.submit([
    callStarted('b'),
    lineSaid('b', '1', { text: question }),
    lineSaid('b', '2', { text: 'Yes.' }),
  ])
  await first.submit([callStarted('other')])
  await node().submit([lineSaid('b', '3', { text: question })])
  expect((await stored('b')).qaScore?.flagged_issues).toEqual(['The customer had to repeat themselves'])
})

test('after a restart a call that its platform scores goes on with those scores alone', async () => {
  await node().submit([callStarted('c'), lineSaid('c', '1', { text: question }), scored('c', 0.8)])
  const after = node()
  await after.submit([lineSaid('c', '2', { text: question })])
  expect((await stored('c')).qaScore).toMatchObject({ overall_score: 0.8, flagged_issues: [] })
  await after.submit([scored('c', 0.5), callEnded('c')])
  const { call, qaScore } = await stored('c')
  expect([call.status, call.qa_score, qaScore?.overall_score]).toEqual(['completed', 0.5, 0.5])
})

test('the log and the state of a call say the same, to the letter', async () => {
  const { committed, submit } = node()
  await submit([callStarted('d', { metadata: { note: 'a "quoted" \\ word', gone: undefined } })])
  await submit([lineSaid('d', '1', { text: 'Get me a manager, this is ridiculous!' }), scored('d', 0.7)])
  await submit([scored('d', 0.7), callEnded('d')])
  expect(committed.length).toBeGreaterThan(6)
  for (const { data, value } of committed) expect(data).toBe(JSON.stringify(value))
  const state = await stored('d')
  const last = (event: string) =>
    JSON.parse(committed.findLast((entry) => entry.event === event)?.data ?? '{}')
  expect(last('call.updated').call).toEqual(state.call)
  expect(last('qa.score.updated').qa_score).toEqual(state.qaScore)
})

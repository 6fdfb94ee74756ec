import type { LogEntry } from '#server/domain/log-entry.ts'
import { beforeAll, expect, test } from 'vitest'
import { createCompany } from '#server/db/create-company.ts'
import { systemClock } from '#server/domain/clock.ts'
import type { Fact } from '#server/domain/fact.ts'
import { createCompanyDirectory } from '#server/ingest/company-directory.ts'
import { createIngest } from '#server/ingest/ingest.ts'
import type { Ingest } from '#server/ingest/port.ts'
import { useDatabase } from '#tests/support/database.ts'

const database = useDatabase()
let ingest: Ingest
const committed: LogEntry[] = []
let companies = 0
let companyId = ''

beforeAll(async () => {
  const { db, live } = database()
  companyId = `c${++companies}`
  await createCompany(db, { id: companyId, slug: companyId, name: 'Test', webhookSecret: 'whsec_x', now: 0 })
  ingest = createIngest({
    db: live,
    clock: systemClock,
    scorer: { score: (text) => (text.includes('bad') ? 0.1 : 0.5) },
    directory: createCompanyDirectory(db),
    onCommitted: (_, log) => committed.push(...log),
  })
})

const started = (id: string): Fact => ({
  event: 'call.started',
  data: { call: { id, from_number: '+12105550101', to_number: '+12105550100' } },
})
const line = (call_id: string, id: string, text: string, speaker: 'ai' | 'customer' = 'customer'): Fact => ({
  event: 'interaction.added',
  data: { call_id, interaction: { id, speaker, text } },
})
const events = (callId: string) => committed.filter((row) => row.callId === callId).map((row) => row.event)

test('a call starts, speaks and ends, in order and without gaps in the log', async () => {
  await ingest.submit({ companyId, facts: [started('a1'), line('a1', '1', 'hello')] })
  await ingest.submit({ companyId, facts: [{ event: 'call.ended', data: { call_id: 'a1' } }] })
  expect(events('a1')[0]).toBe('call.started')
  expect(events('a1')).toContain('interaction.added')
  expect(events('a1').slice(-2)).toEqual(['call.updated', 'call.ended'])
  const rows = await database()
    .db.selectFrom('log')
    .select('seq')
    .where('company_id', '=', companyId)
    .orderBy('seq')
    .execute()
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1))
})

test('the same delivery twice is taken once, also when both are in one group', async () => {
  const batch = { companyId, facts: [started('b1'), line('b1', '1', 'hello')], deliveryId: 'd1' }
  const [first, second] = await Promise.all([ingest.submit(batch), ingest.submit(batch)])
  expect([first.duplicate, second.duplicate]).toEqual([false, true])
  expect((await ingest.submit(batch)).duplicate).toBe(true)
  expect(events('b1').filter((event) => event === 'interaction.added')).toHaveLength(1)
})

test('the same line in another delivery is stored once', async () => {
  await ingest.submit({
    companyId,
    facts: [started('c1'), line('c1', 'x', 'hello'), line('c1', 'x', 'hello')],
  })
  await ingest.submit({ companyId, facts: [line('c1', 'x', 'hello'), line('c1', 'y', 'again')] })
  expect(events('c1').filter((event) => event === 'interaction.added')).toHaveLength(2)
})

test('a fact for an unknown call opens an inferred call first', async () => {
  await ingest.submit({ companyId, facts: [line('d1', '1', 'anybody there?')] })
  const [opened] = committed.filter((row) => row.callId === 'd1')
  expect(opened?.event).toBe('call.started')
  expect(JSON.parse(opened?.data ?? '{}')).toMatchObject({ call: { id: 'd1', inferred: true } })
})

test('a line after the end is stored and sent flagged late, and changes nothing else', async () => {
  await ingest.submit({ companyId, facts: [started('e1'), { event: 'call.ended', data: { call_id: 'e1' } }] })
  const before = committed.length
  await ingest.submit({ companyId, facts: [line('e1', '1', 'bad bad bad')] })
  const after = committed.slice(before)
  expect(after.map((row) => row.event)).toEqual(['interaction.added'])
  expect(JSON.parse(after[0]?.data ?? '{}')).toMatchObject({ interaction: { metadata: { late: true } } })
})

test('text with markup, emoji, right-to-left words, NUL and half characters is kept storable', async () => {
  const text = `<b>hi</b> שלום 😀 \0 \ud800 ${'x'.repeat(19_000)}`
  await ingest.submit({ companyId, facts: [started('f1'), line('f1', '1', text)] })
  const [row] = await database()
    .db.selectFrom('interactions')
    .select('text')
    .where('company_id', '=', companyId)
    .where('call_id', '=', 'f1')
    .execute()
  expect(row?.text.startsWith('<b>hi</b> שלום 😀 \ufffd \ufffd ')).toBe(true)
  expect(row?.text).toHaveLength(text.length)
})

test('a spoken message applies the command that it names, and the receipt names the line', async () => {
  await ingest.submit({
    companyId,
    facts: [
      started('g1'),
      {
        event: 'desk.intervention',
        data: {
          call_id: 'g1',
          command_id: 'cmd-00001',
          action: 'send_message',
          by: { id: 'u', name: 'Dana' },
          text: 'Hi',
        },
      },
    ],
  })
  await ingest.submit({
    companyId,
    facts: [
      {
        event: 'interaction.added',
        data: {
          call_id: 'g1',
          interaction: { id: '1', speaker: 'ai', text: 'Hi', metadata: { command_id: 'cmd-00001' } },
        },
      },
    ],
  })
  const receipts = committed
    .filter((row) => row.callId === 'g1' && row.event === 'intervention.updated')
    .map((row) => JSON.parse(row.data) as { state: string; interaction_id?: number })
  expect(receipts.map(({ state }) => state)).toEqual(['sent', 'applied'])
  const said = committed.find((row) => row.callId === 'g1' && row.event === 'interaction.added')
  expect(receipts[1]?.interaction_id).toBe(
    (JSON.parse(said?.data ?? '{}') as { interaction: { id: number } }).interaction.id,
  )
})

test('a bad mood is sent with a score and a negative label, once it moved', async () => {
  await ingest.submit({
    companyId,
    facts: [started('h1'), line('h1', '1', 'bad'), line('h1', '2', 'bad bad')],
  })
  const moods = committed
    .filter((row) => row.callId === 'h1' && row.event === 'sentiment.changed')
    .map((row) => (JSON.parse(row.data) as { sentiment: { label: string } }).sentiment.label)
  expect(moods.at(-1)).toBe('negative')
})

import { beforeEach, expect, test } from 'vitest'
import { createCompany } from '#server/db/create-company.ts'
import { systemClock } from '#server/domain/clock.ts'
import type { CallState } from '#server/domain/call-state.ts'
import type { Fact } from '#server/domain/fact.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import { createCompanyDirectory } from '#server/ingest/company-directory.ts'
import { createIngest } from '#server/ingest/ingest.ts'
import { useDatabase } from '#tests/support/database.ts'

const database = useDatabase()
let companies = 0
let companyId = ''

beforeEach(async () => {
  companyId = `p${++companies}`
  await createCompany(database().db, {
    id: companyId,
    slug: companyId,
    name: 'Test',
    webhookSecret: 'whsec_x',
    now: 0,
  })
})

/** A node of its own memory on the shared database. */
function node(groupFacts = 500) {
  const committed: LogEntry[] = []
  const ingest = createIngest({
    db: database().live,
    clock: systemClock,
    scorer: {
      score(text) {
        if (text === 'unbearable') throw new Error('The scorer gave up.')
        return 0.5
      },
    },
    directory: createCompanyDirectory(database().db),
    onCommitted: (_, log) => committed.push(...log),
    groupFacts,
  })
  const submit = (facts: Fact[], deliveryId?: string) =>
    ingest.submit({ companyId, facts, ...(deliveryId === undefined ? {} : { deliveryId }) })
  return { submit, committed }
}

const started = (id: string): Fact => ({ event: 'call.started', data: { call: { id } } })
const ended = (call_id: string): Fact => ({ event: 'call.ended', data: { call_id } })
const line = (call_id: string, id: string, text = `line ${id}`): Fact => ({
  event: 'interaction.added',
  data: { call_id, interaction: { id, speaker: 'ai', text } },
})

const log = () =>
  database()
    .db.selectFrom('log')
    .select(['seq', 'call_id', 'event', 'data'])
    .where('company_id', '=', companyId)
    .orderBy('seq')
    .execute()
const storedLines = (callId: string) =>
  database()
    .db.selectFrom('interactions')
    .select(['fact_id', 'text'])
    .where('company_id', '=', companyId)
    .where('call_id', '=', callId)
    .orderBy('id')
    .execute()
const storedCall = (callId: string) =>
  database()
    .db.selectFrom('calls')
    .select(['state', 'rules'])
    .where('company_id', '=', companyId)
    .where('id', '=', callId)
    .executeTakeFirstOrThrow()

async function expectGapless(): Promise<void> {
  const rows = await log()
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1))
}

test('lines that arrive while others are being committed are stored in the order in which they came', async () => {
  const { submit, committed } = node(3)
  await submit([started('a')])
  await Promise.all(Array.from({ length: 40 }, (_, n) => submit([line('a', `${n}`)])))
  expect((await storedLines('a')).map(({ fact_id }) => fact_id)).toEqual(
    Array.from({ length: 40 }, (_, n) => `${n}`),
  )
  await expectGapless()
  expect(committed.map(({ seq }) => seq)).toEqual((await log()).map(({ seq }) => seq))
})

test('calls that begin, speak and end while others are being committed come out whole', async () => {
  const { submit } = node(4)
  const calls = Array.from({ length: 25 }, (_, n) => `b${n}`)
  await Promise.all(
    calls.flatMap((id) => [
      submit([started(id)]),
      submit([line(id, '1'), line(id, '2')]),
      submit([ended(id)]),
    ]),
  )
  // Late lines, of calls that are let go already.
  await Promise.all(calls.map((id) => submit([line(id, '2'), line(id, '3')])))
  for (const id of calls) {
    expect((await storedLines(id)).map(({ fact_id }) => fact_id)).toEqual(['1', '2', '3'])
    const { state } = await storedCall(id)
    expect((state as CallState).lines).toBe(3)
    expect((state as CallState).call.status).toBe('completed')
  }
  await expectGapless()
})

test('two nodes that write to one log by turns lose no line and leave no gap', async () => {
  const [one, two] = [node(5), node(5)]
  await one.submit([started('c')])
  for (let round = 0; round < 12; round++)
    await Promise.all([
      one.submit([line('c', `one-${round}`)]),
      two.submit([line('c', `two-${round}`)]),
      one.submit([line('c', `both-${round}`)]),
      two.submit([line('c', `both-${round}`)]),
    ])
  const ids = (await storedLines('c')).map(({ fact_id }) => fact_id)
  expect(ids).toHaveLength(36)
  expect(new Set(ids).size).toBe(36)
  expect(((await storedCall('c')).state as CallState).lines).toBe(36)
  await expectGapless()
  const told = [...one.committed, ...two.committed].map(({ seq }) => seq).sort((a, b) => a - b)
  expect(told).toEqual((await log()).map(({ seq }) => seq))
})

test('a node that was alone for long notices that another one has written', async () => {
  const [one, two] = [node(), node()]
  await one.submit([started('d')])
  await one.submit([line('d', '1')])
  await one.submit([line('d', '2')])
  await two.submit([line('d', '3')])
  await one.submit([line('d', '3'), line('d', '4')])
  expect((await storedLines('d')).map(({ fact_id }) => fact_id)).toEqual(['1', '2', '3', '4'])
  expect(((await storedCall('d')).state as CallState).lines).toBe(4)
  await expectGapless()
})

test('the same delivery at two nodes is taken once', async () => {
  const [one, two] = [node(), node()]
  await one.submit([started('e')])
  await two.submit([line('e', 'first')])
  await one.submit([line('e', 'second')])
  const answers = [
    await one.submit([line('e', 'x')], 'delivery'),
    await two.submit([line('e', 'x')], 'delivery'),
    await one.submit([line('e', 'x')], 'delivery'),
  ]
  expect(answers.map(({ duplicate }) => duplicate)).toEqual([false, true, true])
  await expectGapless()
})

const timesBegun = async (callId: string) =>
  (await log()).filter(({ call_id, event }) => call_id === callId && event === 'call.started').length

test('a call that is said to begin again after its end is the same call, also while others are being committed', async () => {
  const { submit } = node(4)
  await submit([started('l')])
  await submit([line('l', '1'), ended('l')])
  await Promise.all([
    submit([started('other')]),
    submit([started('l'), line('l', '2')]),
    submit([line('other', '1')]),
    submit([line('l', '3')]),
    submit([started('third'), line('third', '1')]),
  ])
  expect((await storedLines('l')).map(({ fact_id }) => fact_id)).toEqual(['1', '2', '3'])
  expect(((await storedCall('l')).state as CallState).lines).toBe(3)
  expect(await Promise.all(['l', 'other', 'third'].map(timesBegun))).toEqual([1, 1, 1])
  await expectGapless()
})

test('a late line that comes before another beginning of its call finds the call as it was', async () => {
  const { submit } = node(4)
  await submit([started('n'), line('n', '1'), ended('n')])
  await Promise.all([
    submit([line('n', '2')]),
    submit([started('n'), line('n', '3')]),
    submit([line('n', '4'), started('n')]),
  ])
  expect((await storedLines('n')).map(({ fact_id }) => fact_id)).toEqual(['1', '2', '3', '4'])
  expect(((await storedCall('n')).state as CallState).lines).toBe(4)
  expect(await timesBegun('n')).toBe(1)
})

test('a call that two nodes hear of at the same time begins once', async () => {
  const [one, two] = [node(), node()]
  await one.submit([started('o0')])
  const calls = Array.from({ length: 8 }, (_, n) => `o${n + 1}`)
  for (const id of calls)
    await Promise.all([one.submit([started(id), line(id, '1')]), two.submit([started(id), line(id, '1')])])
  for (const id of calls) {
    expect((await storedLines(id)).map(({ fact_id }) => fact_id)).toEqual(['1'])
    expect(await timesBegun(id)).toBe(1)
  }
  await expectGapless()
})

test('a delivery that begins a call comes again after the call has ended: nothing happens', async () => {
  const { submit } = node()
  await submit([started('p')], 'first')
  await submit([line('p', '1'), ended('p')])
  const again = await Promise.all([submit([started('p')], 'first'), submit([line('p', '2')], 'second')])
  expect(again.map(({ duplicate }) => duplicate)).toEqual([true, false])
  expect((await storedLines('p')).map(({ fact_id }) => fact_id)).toEqual(['1', '2'])
  expect(await timesBegun('p')).toBe(1)
  await expectGapless()
})

test('facts that cannot be judged are refused by themselves; those before and after them are stored', async () => {
  const { submit } = node()
  await submit([started('f')])
  await submit([line('f', '1')])
  const [before, bad, after] = await Promise.allSettled([
    submit([line('f', '2')]),
    submit([line('f', '3', 'unbearable')]),
    submit([line('f', '4')]),
  ])
  expect([before.status, bad.status, after.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect((await storedLines('f')).map(({ fact_id }) => fact_id)).toEqual(['1', '2', '4'])
  expect(((await storedCall('f')).state as CallState).lines).toBe(3)
  await expectGapless()
})

test('what is said is kept to the letter, with control characters, quotes and nothing at all', async () => {
  const { submit } = node()
  const texts = ['', 'a\x1fb', '\x1e', '"quoted" \\ {braces}, commas', 'null', 'line\nbreak\ttab', 'שלום 😀']
  await submit([started('g')])
  await submit([line('g', 'alone', '')])
  await submit(texts.map((text, n) => line('g', `${n}`, text)))
  expect((await storedLines('g')).map(({ text }) => text)).toEqual(['', ...texts])
})

test('what is said in any script is kept to the letter, long lines and short ones after each other', async () => {
  const { submit } = node()
  const texts = [`${'x'.repeat(19_000)}😀`, 'né', '漢字'.repeat(3000), 'a', 'שלום 😀', '\\ "x" {y}, $1']
  await submit([started('k')])
  for (const [n, text] of texts.entries()) await submit([line('k', `${n}`, text)])
  expect((await storedLines('k')).map(({ text }) => text)).toEqual(texts)
})

test('after a restart the rules go on from what they remembered of the call', async () => {
  const before = node()
  await before.submit([started('h'), line('h', '1'), line('h', '2')])
  const heard = JSON.parse((await storedCall('h')).rules ?? '{}') as CallState
  expect(heard.history.aiLines).toBe(2)
  const after = node()
  await after.submit([line('h', '2'), line('h', '3')])
  const { state, rules } = await storedCall('h')
  expect((JSON.parse(rules ?? '{}') as CallState).history.aiLines).toBe(3)
  expect((state as CallState).lines).toBe(3)
})

test('a call stored in one piece by an earlier version goes on as it was', async () => {
  const before = node()
  await before.submit([started('i'), line('i', '1'), line('i', '2')])
  const { state, rules } = await storedCall('i')
  await database()
    .db.updateTable('calls')
    .set({ state: JSON.stringify({ ...(state as object), ...JSON.parse(rules ?? '{}') }), rules: null })
    .where('company_id', '=', companyId)
    .where('id', '=', 'i')
    .execute()
  await node().submit([line('i', '3')])
  const stored = await storedCall('i')
  expect((JSON.parse(stored.rules ?? '{}') as CallState).history.aiLines).toBe(3)
})

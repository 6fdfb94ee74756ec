// The page sees through the worker what it would see of the floor itself: rows in sight, order, figures.
import { expect, test } from 'vitest'
import { makeAttention, makeCall, makeFrame, makeLine } from '#tests/support/factories.ts'
import { openFloor, started } from '#tests/src/worker/worker-rig.ts'

const idsOf = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `c${String(from + index).padStart(4, '0')}`)

test('the page shows the floor, its figures, and that the line is live', async () => {
  const { live, store, floor } = await openFloor(3)
  const { board, window, digest } = live.desk.getState()
  expect(board).toMatchObject({ count: 3, total: 3, hidden: 0, byBay: true })
  expect(window.ids).toEqual(['c0000', 'c0001', 'c0002'])
  expect(digest.sums.live).toBe(3)
  expect(store.getState()).toMatchObject({ loaded: true, connection: { status: 'live' } })
  for (const id of window.ids) expect(live.desk.row(id)).toEqual(floor.truth.get(id))
  expect([...store.getState().calls.keys()]).toEqual(window.ids)
})

test('a floor without a call is known to be empty, and is not loading', async () => {
  const { store, live } = await openFloor(0)
  expect(store.getState()).toMatchObject({ loaded: true, connection: { status: 'live' } })
  expect(live.desk.getState().board.count).toBe(0)
})

test('a row shows what happened, by the next painted frame', async () => {
  const { live, happen, pass } = await openFloor(2)
  happen(
    makeFrame('interaction.added', { call_id: 'c0001', interaction: makeLine({ id: 7, text: 'Hello?' }) }),
  )
  await pass(50)
  expect(live.desk.row('c0001')?.last_line?.text).toBe('Hello?')
})

test('only the rows that changed travel', async () => {
  const { updates, happen, pass } = await openFloor(50)
  const before = updates.length
  happen(makeFrame('sentiment.changed', { call_id: 'c0003', sentiment: { score: 0.2, label: 'negative' } }))
  await pass(50)
  expect(updates.slice(before).flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(['c0003'])
})

test('a call out of sight changes without a word to the page', async () => {
  const { updates, happen, pass } = await openFloor(1000)
  await pass(3000)
  const rowsBefore = updates.flatMap(({ rows }) => rows).length
  happen(makeFrame('qa.score.updated', { call_id: 'c0900', qa_score: { overall_score: 0.4 } as never }))
  await pass(500)
  expect(updates.flatMap(({ rows }) => rows).length).toBe(rowsBefore)
})

test('rows around those in sight follow when there is nothing more urgent, and soon even so', async () => {
  const { live, updates, happen, pass } = await openFloor(1000)
  happen(makeFrame('call.updated', { call: makeCall({ id: 'c0121', tags: ['far'] }) }))
  await pass(2050)
  const before = updates.length
  const line = (id: number) =>
    makeFrame('interaction.added', { call_id: 'c0003', interaction: makeLine({ id, text: `Line ${id}` }) })
  happen(makeFrame('call.updated', { call: makeCall({ id: 'c0120', tags: ['far'] }) }), line(1))
  await pass(50)
  expect(live.desk.row('c0003')?.last_line?.text).toBe('Line 1')
  expect(updates[before]?.rows.map(({ id }) => id)).toEqual(['c0003'])
  await pass(1050)
  expect(live.desk.row('c0120')?.tags).toEqual(['far'])
})

test('a new order never goes along with a line, nor before the page has painted the line', async () => {
  const { live, updates, postedAt, happen, pass } = await openFloor(1000)
  await pass(3000)
  const before = updates.length
  const urgent = makeAttention({ score: 85, level: 'act' })
  for (let id = 1; id <= 100; id += 1) {
    const interaction = makeLine({ id, text: `Line ${id}` })
    const line = makeFrame('interaction.added', { call_id: 'c0003', interaction })
    // A call that comes is let in at once, one that becomes urgent at the beat.
    if (id === 10) happen(line, started('c0040a', { started_at: '2026-11-20T13:00:40.500Z' }))
    else happen(line)
    if (id === 20) happen(makeFrame('attention.changed', { call_id: 'c0040', attention: urgent }))
    await pass(50)
  }
  const after = updates.slice(before)
  expect(live.desk.getState().window.ids[0]).toBe('c0040')
  expect(after.filter(({ desk }) => desk?.window).length).toBeGreaterThan(0)
  const isLine = (update: (typeof updates)[number]) => update.rows.some(({ id }) => id === 'c0003')
  for (const [index, { desk }] of updates.entries())
    if (index >= before && desk?.window)
      expect(postedAt[index]).toBeGreaterThan(postedAt[updates.slice(0, index).findLastIndex(isLine)] ?? 0)
  expect(after.filter((update) => update.desk?.window && isLine(update))).toEqual([])
})

test('a window far down comes when it is asked for, and the rows that went out of it are let go', async () => {
  const { live, pass, sentRows, floor } = await openFloor(2000)
  expect(live.desk.row('c1500')).toBeUndefined()
  live.desk.ask({ from: 1500, to: 1530 })
  await pass(50)
  const { window } = live.desk.getState()
  expect(window.from).toBe(1400)
  expect(window.ids).toEqual(idsOf(230, 1400))
  expect(live.desk.row('c1500')).toEqual(floor.truth.get('c1500'))
  expect(live.desk.row('c0000')).toBeUndefined()
  expect([...sentRows().keys()].sort()).toEqual(idsOf(230, 1400))
})

test('scrolling through the whole floor and back keeps no more rows than are in sight', async () => {
  const { live, pass, sentRows } = await openFloor(1500)
  for (const from of [0, 300, 600, 900, 1200, 1470, 700, 0]) {
    live.desk.ask({ from, to: from + 30 })
    await pass(50)
    const { ids } = live.desk.getState().window
    expect([...sentRows().keys()].sort()).toEqual([...ids].sort())
    for (const id of ids) expect(live.desk.row(id)?.id).toBe(id)
  }
})

test('the first row and the last rows can be asked for beyond the end of the board', async () => {
  const { live, pass } = await openFloor(250)
  live.desk.ask({ from: 9000, to: 9030 })
  await pass(50)
  expect(live.desk.getState().window.ids).toEqual(idsOf(100, 150))
})

test('a watched call has its row and its place wherever it stands', async () => {
  const { live, pass, happen } = await openFloor(1000)
  live.desk.ask({ watch: ['c0800'] })
  await pass(50)
  expect(live.desk.getState().window.places).toEqual({ c0800: 800 })
  expect(live.desk.row('c0800')?.id).toBe('c0800')
  happen(makeFrame('call.updated', { call: makeCall({ id: 'c0800', tags: ['vip'] }) }))
  await pass(50)
  expect(live.desk.row('c0800')?.tags).toEqual(['vip'])
  live.desk.ask({ watch: [] })
  await pass(50)
  expect(live.desk.row('c0800')).toBeUndefined()
})

test('a wish that says nothing new is not sent', async () => {
  const { live, toWorker, pass } = await openFloor(1)
  live.desk.ask({ from: 0, to: 60, held: false })
  live.desk.ask({ watch: [] })
  await pass(50)
  expect(toWorker.filter(({ kind }) => kind === 'wish')).toEqual([])
})

test('a busy page is told twice at most, and then of the newest state, not of all that was between', async () => {
  const { live, happen, pass, holdPage, updates, clock } = await openFloor(5)
  holdPage(true)
  const before = updates.length
  for (let turn = 1; turn <= 30; turn += 1) {
    happen(makeFrame('call.updated', { call: makeCall({ id: 'c0002', tags: [`${turn}`] }) }))
    await clock.advance(50)
  }
  expect(updates.length - before).toBe(2)
  holdPage(false)
  await pass(100)
  expect(updates.length - before).toBe(3)
  expect(live.desk.row('c0002')?.tags).toEqual(['30'])
})

test('a hidden page is kept up to date without a painted frame', async () => {
  const { clock, live, happen } = await openFloor(2)
  clock.setHidden(true)
  for (const tag of ['1', '2', '3']) {
    happen(makeFrame('call.updated', { call: makeCall({ id: 'c0001', tags: [tag] }) }))
    await clock.advance(20)
    expect(live.desk.row('c0001')?.tags).toEqual([tag])
  }
})

test('paused rows stand still in place and in value, and go on when they may', async () => {
  const { live, store, happen, pass, clock } = await openFloor(3)
  live.desk.ask({ paused: true })
  await pass(50)
  expect(live.desk.getState().frozenAt).toBe(clock.now() - 50)
  happen(
    makeFrame('call.updated', { call: makeCall({ id: 'c0001', tags: ['late'] }) }),
    makeFrame('call.left', { call_id: 'c0000' }),
    started('c9999'),
  )
  await pass(5000)
  expect(live.desk.getState().window.ids).toEqual(['c0000', 'c0001', 'c0002'])
  expect(live.desk.row('c0001')?.tags).toBeUndefined()
  expect(live.desk.row('c0000')?.id).toBe('c0000')
  // The figures of the strip are of now.
  expect(live.desk.getState().digest.sums.live).toBe(3)
  expect(live.desk.getState().board.total).toBe(3)
  live.desk.ask({ paused: false })
  await pass(2100)
  expect(live.desk.getState().frozenAt).toBeNull()
  expect([...live.desk.getState().window.ids].sort()).toEqual(['c0001', 'c0002', 'c9999'])
  expect(store.getState().calls.get('c0001')?.tags).toEqual(['late'])
})

test('while somebody reads, no row moves; what waits is counted and moves when it is asked to', async () => {
  const { live, happen, pass } = await openFloor(3)
  live.desk.ask({ held: true })
  const urgent = makeAttention({ score: 85, level: 'act' })
  happen(
    makeFrame('attention.changed', { call_id: 'c0002', attention: urgent }),
    makeFrame('call.left', { call_id: 'c0000' }),
  )
  await pass(6000)
  expect(live.desk.getState().window.ids).toEqual(['c0000', 'c0001', 'c0002'])
  expect(live.desk.getState().board.waiting).toBe(2)
  expect(live.desk.row('c0000')).toBeUndefined()
  expect(live.desk.row('c0002')?.attention?.level).toBe('act')
  live.desk.applyOrder()
  await pass(50)
  expect(live.desk.getState().window.ids).toEqual(['c0002', 'c0001'])
  expect(live.desk.getState().board.waiting).toBe(0)
})

// Back after a break: what the page is told while a snapshot comes in parts, and in which order.
import { expect, test } from 'vitest'
import type { Update } from '#src/worker/messages.ts'
import { makeAttention, makeFrame, makeLine } from '#tests/support/factories.ts'
import { openFloor } from '#tests/src/worker/worker-rig.ts'

test('while a snapshot comes in parts nothing is ordered or counted, unless it takes long', async () => {
  const { live, floor, updates, pass } = await openFloor(10)
  await pass(1600)
  floor.happen(
    makeFrame('attention.changed', {
      call_id: 'c0004',
      attention: makeAttention({ score: 85, level: 'act' }),
    }),
  )
  floor.lose()
  floor.holdParts(true)
  const before = updates.length
  live.resync()
  await pass(900)
  expect(live.desk.row('c0004')?.attention?.level).toBe('act')
  expect(updates.slice(before).filter(({ desk }) => desk)).toEqual([])
  await pass(3000)
  expect(live.desk.getState().window.ids[0]).toBe('c0004')
  floor.holdParts(false)
  await pass(300)
  for (const id of live.desk.getState().window.ids) expect(live.desk.row(id)).toEqual(floor.truth.get(id))
})

test('after a break the rows on screen are told before the snapshot is here, the others with it', async () => {
  const { live, floor, pass } = await openFloor(400)
  const said = (id: string, at: number) =>
    makeFrame('interaction.added', { call_id: id, interaction: makeLine({ id: at, text: 'Anybody here?' }) })
  live.desk.ask({ from: 0, to: 20 })
  await pass(50)
  floor.happen(said('c0004', 900))
  floor.happen(said('c0300', 901))
  floor.lose()
  floor.holdParts('all')
  live.resync()
  await pass(50)
  const lineOf = (id: string) => live.desk.row(id)?.last_line?.text
  expect(lineOf('c0004')).toBe('Anybody here?')
  live.desk.ask({ from: 290, to: 310 })
  await pass(50)
  expect(lineOf('c0300')).not.toBe('Anybody here?')
  floor.holdParts(false)
  await pass(100)
  expect(lineOf('c0300')).toBe('Anybody here?')
  for (const id of live.desk.getState().window.ids) expect(live.desk.row(id)).toEqual(floor.truth.get(id))
})

test('after a break that only a snapshot heals, rows are told as they are now, of changes alone', async () => {
  const { live, floor, wire, pass } = await openFloor(10)
  const said = makeLine({ id: 900, call_id: 'c0004', text: 'Anybody here?' })
  floor.refuseResumes(true)
  wire.last().end()
  floor.happen(makeFrame('interaction.added', { call_id: 'c0004', interaction: said }))
  await pass(2000)
  expect(live.desk.row('c0004')?.last_line?.text).toBe('Anybody here?')
  expect(floor.changes).toBe(floor.truth.size + live.desk.getState().window.ids.length)
  for (const id of live.desk.getState().window.ids) expect(live.desk.row(id)).toEqual(floor.truth.get(id))
})

test('that the line is back is told with the first rows of what was missed, or soon without', async () => {
  const { clock, floor, wire, updates, postedAt, pass } = await openFloor(10)
  const said = makeLine({ id: 900, call_id: 'c0004', text: 'Anybody here?' })
  const back = () => updates.filter(({ connection }) => connection?.status === 'catching-up')
  wire.last().end()
  floor.happen(makeFrame('interaction.added', { call_id: 'c0004', interaction: said }))
  floor.refuseResumes(true)
  floor.holdParts('all')
  await pass(1500)
  expect(back()).toMatchObject([{ rows: [{ id: 'c0004' }] }])

  // A server that lets the page in and says nothing.
  let openedAt = 0
  wire.onConnect = (socket) => {
    openedAt = clock.now()
    socket.open()
  }
  wire.last().end()
  await pass(2000)
  const [, alone] = back()
  expect(alone?.rows).toEqual([])
  expect((postedAt[updates.indexOf(alone as Update)] ?? 0) - openedAt).toBe(250)
})

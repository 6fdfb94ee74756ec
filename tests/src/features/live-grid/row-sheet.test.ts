// Rows that are painted by hand: which exist, what they show, and that nothing stays behind.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeIntervention } from '#tests/support/factories.ts'
import {
  callOf,
  expectRight,
  idOf,
  placedAs,
  rowHeight,
  setUp,
  settings,
} from '#tests/src/features/live-grid/sheet-rig.ts'

/** Rows that fit into the 480 px of a scroller here, with those painted around them. */
const mostRows = 480 / rowHeight + 2 * 8 + 4

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  document.body.replaceChildren()
})

test('of a long board only the rows in sight exist, and each says its call', () => {
  const rig = setUp(1000)
  expect(rig.ids()).toContain('c0')
  expect(rig.ids()).toContain('c12')
  expect(rig.shown().length).toBeLessThanOrEqual(mostRows)
  expectRight(rig)
})

test('a row that scrolled away is lent to another call and shows nothing of the one before', () => {
  const rig = setUp(1000)
  rig.rows.set(
    'c3',
    callOf(3, { last_line: { id: 1, speaker: 'ai', text: 'Only here', at: '2026-11-20T14:00:00.000Z' } }),
  )
  rig.answer()
  expect(rig.host.textContent).toContain('Only here')
  const before = new Set(rig.shown())
  for (const top of [20_000, 8000, 39_000, 4000]) {
    rig.scrollTo(top)
    expectRight(rig)
    expect(rig.ids()).toContain(idOf(top / rowHeight))
    expect(rig.shown().length).toBeLessThanOrEqual(mostRows)
  }
  expect(rig.shown().some((row) => before.has(row))).toBe(true)
  const visible = rig
    .shown()
    .map((row) => row.textContent)
    .join(' ')
  expect(visible).not.toContain('Only here')
  expect(rig.host.children.length).toBeLessThanOrEqual(mostRows + 40)
})

test('where the view comes to rest exactly the rows in sight are asked for', () => {
  const rig = setUp(5000)
  rig.scrollTo(4 * rowHeight)
  rig.scrollTo(5 * rowHeight)
  vi.advanceTimersByTime(100)
  expect(rig.asks.at(-1)).toEqual({ from: 5, to: 5 + 480 / rowHeight + 1 })
  const before = rig.asks.length
  vi.advanceTimersByTime(5000)
  expect(rig.asks.length).toBe(before)
})

test('rows are asked for when the view has moved far, not with every line', () => {
  const rig = setUp(5000)
  rig.asks.length = 0
  for (let top = 0; top < 4000; top += 40) rig.scrollTo(top)
  expect(rig.asks.length).toBeGreaterThan(1)
  expect(rig.asks.length).toBeLessThanOrEqual(20)
})

test('a row whose call is not here yet is empty and nobody’s, and shows its call when it comes', () => {
  const rig = setUp(1000)
  rig.hold(true)
  rig.scrollTo(20_000)
  for (const row of rig.shown().filter(({ dataset }) => dataset.callId === undefined))
    expect(row.className).toBe('grid-row grid-row-coming')
  expect(rig.ids().filter((id) => id !== undefined)).toEqual([])
  expect(rig.shown().length).toBeGreaterThan(10)
  rig.hold(false)
  expect(rig.ids()).toContain('c500')
  expect(rig.shown().every(({ className }) => !className.includes('coming'))).toBe(true)
  expectRight(rig)
})

test('a call that left says so in its place, and is itself again should it come back', () => {
  const rig = setUp(5)
  const call = rig.rows.get('c2')
  rig.rows.delete('c2')
  rig.answer()
  expect(rig.row('c2')?.className).toContain('grid-row-gone')
  expect(rig.row('c2')?.querySelector('.grid-gone')?.textContent).toBe('This call has left the board.')
  if (call) rig.rows.set('c2', call)
  rig.answer()
  expect(rig.row('c2')?.className).toContain('grid-row-calm')
  expectRight(rig)
})

test('a value that changed is written, and nothing else is touched', () => {
  const rig = setUp(5)
  const seen: string[] = []
  const watcher = new MutationObserver(() => {})
  watcher.observe(rig.host, { subtree: true, characterData: true, childList: true, attributes: true })
  rig.rows.set('c3', callOf(3, { qa_score: 0.77 }))
  rig.store.inbox.onConnection({ ...rig.store.getState().connection, status: 'live' })
  for (const { type, target } of watcher.takeRecords()) seen.push(`${type} ${target.textContent}`)
  watcher.disconnect()
  expect(rig.row('c3')?.querySelector('[data-col="qa"]')?.textContent).toBe('77')
  expect(seen.filter((one) => one.startsWith('characterData'))).toEqual(['characterData 77'])
  expect(seen.some((one) => one.startsWith('childList'))).toBe(false)
})

test('the newest act is on the row through every state, and goes a while after it is done', () => {
  const rig = setUp(3)
  const chip = () => rig.row('c1')?.querySelector<HTMLElement>('.grid-act')
  expect(chip()?.hidden).toBe(true)
  rig.store.setPending({ commandId: 'k', callId: 'c1', action: 'pause', askedAt: 0, state: 'sending' })
  expect([chip()?.hidden, chip()?.textContent]).toEqual([false, 'Pause sending'])
  rig.store.removePending('k')
  const receipt = (state: 'delivered' | 'applied' | 'unknown', updated_at: string) => {
    const { command_id, action, by, at } = makeIntervention({ command_id: 'k' })
    rig.rows.set('c1', callOf(1, { last_act: { command_id, action, state, by, at, updated_at } }))
    rig.answer()
    rig.clock.paint()
  }
  receipt('delivered', '2026-11-20T14:00:01.000Z')
  expect(chip()?.textContent).toBe('Message delivered')
  receipt('unknown', '2026-11-20T14:00:02.000Z')
  expect(chip()?.textContent).toBe('Message unanswered')
  receipt('applied', '2026-11-20T14:00:03.000Z')
  expect(chip()?.textContent).toBe('Message applied')
  expect(chip()?.title).toContain('Mara')
  rig.clock.tick(30_000)
  expect(chip()?.hidden).toBe(true)
})

test('durations go on by the second, and stand still while the rows do', () => {
  const rig = setUp(2)
  const duration = () => rig.row('c1')?.querySelector('[data-col="duration"]')?.textContent
  rig.clock.tick(61_000)
  expect(duration()).toBe('01:01')
  rig.answer({ frozenAt: rig.clock.now() })
  rig.clock.tick(30_000)
  expect(duration()).toBe('01:01')
  rig.answer({ frozenAt: null })
  rig.clock.tick(1000)
  expect(duration()).toBe('01:32')
})

test('a row that comes into sight shows the time of now, however long it was painted before', () => {
  const rig = setUp(100)
  const duration = () => rig.row('c15')?.querySelector('[data-col="duration"]')?.textContent
  expect(duration()).toBe('00:00')
  rig.clock.tick(61_000)
  rig.scrollTo(4 * rowHeight)
  expect(duration()).toBe('01:01')
  rig.clock.tick(1000)
  expect(duration()).toBe('01:02')
})

test('a clock that was set back sets the rows back', () => {
  const rig = setUp(2)
  const duration = () => rig.row('c1')?.querySelector('[data-col="duration"]')?.textContent
  rig.clock.tick(61_000)
  const { connection } = rig.store.getState()
  rig.store.inbox.onConnection({ ...connection, clockOffsetMs: -31_000 })
  rig.clock.tick(1000)
  expect(duration()).toBe('00:31')
})

test('around a view that stands few rows are kept, around one that moves more', () => {
  const rig = setUp(1000)
  const inSight = 480 / rowHeight + 1
  rig.scrollTo(8000)
  expect(rig.shown().length).toBeGreaterThanOrEqual(inSight + 2 * 8)
  vi.advanceTimersByTime(400)
  // The keyboard's row is the first of the board, far away.
  expect(rig.shown().length).toBeLessThanOrEqual(inSight + 2 * 3 + 1)
  expectRight(rig)
})

test('other columns are other cells, in every row', () => {
  const rig = setUp(30)
  rig.sheet.configure({ ...settings, placed: placedAs(['qa', 'from']) })
  for (const row of rig.shown())
    expect([...row.querySelectorAll<HTMLElement>('[data-col]')].map(({ dataset }) => dataset.col)).toEqual([
      'pick',
      'qa',
      'from',
    ])
  expectRight(rig)
})

test('a sheet that is done leaves nothing behind: no row, no timer, no listener', () => {
  const rig = setUp(100)
  rig.scrollTo(1000)
  rig.sheet.destroy()
  expect(rig.host.children.length).toBe(0)
  expect(rig.listeners.size).toBe(0)
  expect(rig.clock.pending()).toBe(rig.pendingBefore)
  expect(vi.getTimerCount()).toBe(0)
  rig.asks.length = 0
  rig.scrollTo(3000)
  rig.store.inbox.onConnection({ ...rig.store.getState().connection, status: 'live' })
  expect([rig.asks.length, rig.host.children.length]).toEqual([0, 0])
})

test('rows are layers of their own while the board scrolls on, not for a step here and there', () => {
  const rig = setUp(1000)
  const moves = () => rig.host.hasAttribute('data-moving')
  for (const top of [400, 480, 560]) {
    rig.scrollTo(top)
    expect(moves()).toBe(false)
    vi.advanceTimersByTime(400)
  }
  const steps = [600, 640, 680].map((top) => {
    rig.scrollTo(top)
    return moves()
  })
  expect(steps).toEqual([false, false, true])
  vi.advanceTimersByTime(200)
  rig.scrollTo(800)
  vi.advanceTimersByTime(200)
  expect(moves()).toBe(true)
  vi.advanceTimersByTime(200)
  expect(moves()).toBe(false)
  for (const top of [900, 940, 980]) rig.scrollTo(top)
  expect(moves()).toBe(true)
  rig.sheet.destroy()
  expect(moves()).toBe(false)
})

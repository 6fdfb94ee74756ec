// Rows that are painted by hand: which exist, what they show, where the focus is, and that nothing stays behind.
import '#tests/support/browser-stubs.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Call } from '#contract/call.ts'
import { rowTop } from '#src/features/live-grid/board-geometry.ts'
import { type SheetSettings, createRowSheet } from '#src/features/live-grid/row-sheet.ts'
import { type Desk, type DeskState, type DeskWish, emptyDesk } from '#src/floor/desk.ts'
import type { ColumnId } from '#src/floor/view.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import { makeCall, makeIntervention } from '#tests/support/factories.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

const columns: ColumnId[] = ['from', 'last_line', 'duration', 'qa']
const rowHeight = 40
const settings: SheetSettings = { columns, rowHeight, activeId: null, openId: null, picked: new Set() }
/** Rows that fit into the 480 px of a scroller here, with those painted around them. */
const mostRows = 480 / rowHeight + 2 * 8 + 4

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  document.body.replaceChildren()
})

const idOf = (index: number): string => `c${index}`
const callOf = (index: number, over: Partial<Call> = {}): Call =>
  makeCall({ id: idOf(index), contact_name: `Caller ${index}`, qa_score: (index % 10) / 10, ...over })

/** A sheet of `count` rows over a desk that answers when the test lets it. */
function setUp(count: number, over: Partial<SheetSettings> = {}) {
  const clock = createFakeClock()
  const store = createLiveStore({ clock, scheduler: clock.scheduler, needSnapshot: () => {} })
  const rows = new Map<string, Call>(
    Array.from({ length: count }, (_, index) => [idOf(index), callOf(index)]),
  )
  let order = [...rows.keys()]
  let wish = { from: 0, to: 60, watch: [] as readonly string[] }
  const asks: Partial<DeskWish>[] = []
  const listeners = new Set<() => void>()
  let state: DeskState = emptyDesk
  let isAnswering = true

  function answer(part: Partial<DeskState> = {}): void {
    const from = Math.max(0, wish.from - 20)
    const places = Object.fromEntries(
      wish.watch.flatMap((id) => (order.includes(id) ? [[id, order.indexOf(id)]] : [])),
    )
    state = {
      ...state,
      board: { ...state.board, count: order.length, byBay: false },
      window: { from, ids: order.slice(from, wish.to + 20), firstId: order[0] ?? null, places, fresh: [] },
      ...part,
    }
    for (const listener of [...listeners]) listener()
  }
  const desk: Desk = {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    row: (callId) => rows.get(callId),
    ask(part) {
      asks.push(part)
      wish = { ...wish, ...part }
      if (isAnswering) answer()
    },
    applyOrder() {},
    list: async () => [],
    find: async () => ({ calls: [], agents: [] }),
  }
  const scroller = document.createElement('div')
  const host = document.createElement('div')
  scroller.append(host)
  document.body.append(scroller)
  answer()
  const pendingBefore = clock.pending()
  const sheet = createRowSheet({ host, scroller, desk, store })
  sheet.configure({ ...settings, ...over })
  const shown = (): HTMLElement[] =>
    [...host.children].filter((row): row is HTMLElement => row instanceof HTMLElement && !row.hidden)
  return {
    clock,
    store,
    rows,
    host,
    scroller,
    sheet,
    asks,
    listeners,
    pendingBefore,
    shown,
    answer,
    reorder(ids: string[]) {
      order = ids
      answer()
    },
    hold: (hold: boolean) => {
      isAnswering = !hold
      if (!hold) answer()
    },
    scrollTo(top: number) {
      scroller.scrollTop = top
      scroller.dispatchEvent(new Event('scroll'))
    },
    row: (id: string) => host.querySelector<HTMLElement>(`[data-call-id="${id}"]`),
    ids: () => shown().map((row) => row.dataset.callId),
  }
}

/** Every row in sight says its own call, and stands in its place. */
function expectRight({ shown, rows }: ReturnType<typeof setUp>, board = emptyDesk.board): void {
  const seen = new Set<string>()
  for (const row of shown()) {
    const call = rows.get(row.dataset.callId ?? '')
    const index = Number(row.getAttribute('aria-rowindex')) - 2
    expect(row.style.transform).toBe(`translateY(${rowTop(board, index, rowHeight)}px)`)
    expect(row.querySelector('[data-col="from"] b')?.textContent).toBe(call?.contact_name)
    expect(row.querySelector('[data-col="qa"]')?.textContent).toBe(
      String(Math.round((call?.qa_score ?? 0) * 100)),
    )
    expect(seen.has(row.dataset.callId ?? '')).toBe(false)
    seen.add(row.dataset.callId ?? '')
  }
}

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

test('the keyboard’s row is the active one, else the first in sight; there is always exactly one', () => {
  const rig = setUp(1000)
  const tabbable = () =>
    rig
      .shown()
      .filter(({ tabIndex }) => tabIndex === 0)
      .map(({ dataset }) => dataset.callId)
  expect(tabbable()).toEqual(['c0'])
  rig.scrollTo(20_000)
  expect(tabbable()).toEqual(['c500'])
  rig.sheet.configure({ ...settings, activeId: 'c502' })
  expect(tabbable()).toEqual(['c502'])
  rig.scrollTo(0)
  expect(tabbable()).toEqual(['c502'])
  rig.sheet.configure({ ...settings, activeId: 'left long ago' })
  expect(tabbable()).toEqual(['c0'])
})

test('the open call’s row is the current one', () => {
  const rig = setUp(5, { openId: 'c2' })
  expect(
    rig
      .shown()
      .filter((row) => row.getAttribute('aria-current') === 'true')
      .map(({ dataset }) => dataset.callId),
  ).toEqual(['c2'])
})

test('picked calls are picked wherever they stand, and after a new order', () => {
  const rig = setUp(5, { picked: new Set(['c1', 'c3']) })
  const picked = () =>
    rig
      .shown()
      .filter((row) => row.getAttribute('aria-selected') === 'true')
      .map(({ dataset }) => dataset.callId)
  expect(picked()).toEqual(['c1', 'c3'])
  rig.reorder(['c3', 'c0', 'c2', 'c1', 'c4'])
  expect(new Set(picked())).toEqual(new Set(['c1', 'c3']))
})

test('a step of the keyboard scrolls its row into view and focuses it, as soon as it is there', () => {
  const rig = setUp(1000)
  rig.hold(true)
  rig.sheet.focusRow(400)
  expect(rig.scroller.scrollTop).toBeGreaterThan(400 * rowHeight - 480)
  expect(document.activeElement).toBe(document.body)
  rig.hold(false)
  expect(document.activeElement).toBe(rig.row('c400'))
  rig.sheet.focusRow(2)
  expect(document.activeElement).toBe(rig.row('c2'))
  expect(rig.scroller.scrollTop).toBeLessThanOrEqual(2 * rowHeight)
})

test('the focus never ends up on another call: it stays with the active row, or goes', () => {
  const rig = setUp(1000)
  rig.sheet.focusRow(3)
  rig.scrollTo(20_000)
  // Nobody told that the row is active: its element was given away.
  expect(document.activeElement).toBe(document.body)
  rig.scrollTo(0)
  rig.sheet.configure({ ...settings, activeId: 'c3' })
  rig.sheet.focusRow(3)
  rig.scrollTo(20_000)
  expect(document.activeElement).toBe(rig.row('c3'))
  rig.reorder([...rig.rows.keys()].toReversed())
  expect(document.activeElement).toBe(rig.row('c3'))
  expect(rig.row('c3')?.getAttribute('aria-rowindex')).toBe('998')
  rig.reorder([...rig.rows.keys()].filter((id) => id !== 'c3'))
  expect(document.activeElement).toBe(document.body)
})

test.each([0, 4, 9, 11])(
  'rows are read in their order once they stand still, with the focus on row %i',
  (focused) => {
    const rig = setUp(12)
    rig.sheet.focusRow(focused)
    const mine = document.activeElement
    const order = ['c7', 'c2', 'c11', 'c0', 'c5', 'c9', 'c1', 'c3', 'c10', 'c4', 'c8', 'c6']
    rig.reorder(order)
    vi.advanceTimersByTime(400)
    expect(rig.ids()).toEqual(order)
    expect(document.activeElement).toBe(mine)
  },
)

test('rows scrolled in are read in their order too, beside the spare ones', () => {
  const rig = setUp(1000)
  for (const top of [4000, 800, 12_000, 11_900]) rig.scrollTo(top)
  vi.advanceTimersByTime(400)
  const places = rig.shown().map((row) => Number(row.getAttribute('aria-rowindex')))
  expect(places).toEqual([...places].sort((a, b) => a - b))
})

test('other columns are other cells, in every row', () => {
  const rig = setUp(30)
  rig.sheet.configure({ ...settings, columns: ['qa', 'from'] })
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

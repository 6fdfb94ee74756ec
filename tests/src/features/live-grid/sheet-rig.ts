// A sheet of rows over a desk that a test holds in its hand.
import '#tests/support/browser-stubs.ts'
import { expect } from 'vitest'

import type { Call } from '#contract/call.ts'
import { rowTop } from '#src/features/live-grid/board-geometry.ts'
import { placeColumns } from '#src/features/live-grid/columns.ts'
import { type SheetSettings, createRowSheet } from '#src/features/live-grid/row-sheet.ts'
import { type Desk, type DeskState, type DeskWish, emptyDesk } from '#src/floor/desk.ts'
import type { ColumnId } from '#src/floor/view.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import { makeCall } from '#tests/support/factories.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

const columns: ColumnId[] = ['from', 'last_line', 'duration', 'qa']

/** These columns on a board that is wide enough for them. */
export const placedAs = (ids: ColumnId[]) => placeColumns({ columns: ids, pinned: [] }, 1280)

export const rowHeight = 40
export const settings: SheetSettings = {
  placed: placedAs(columns),
  rowHeight,
  activeId: null,
  openId: null,
  picked: new Set(),
}

export const idOf = (index: number): string => `c${index}`
export const callOf = (index: number, over: Partial<Call> = {}): Call =>
  makeCall({ id: idOf(index), contact_name: `Caller ${index}`, qa_score: (index % 10) / 10, ...over })

/** A sheet of `count` rows over a desk that answers when the test lets it. */
export function setUp(count: number, over: Partial<SheetSettings> = {}) {
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
  const group = document.createElement('div')
  group.append(host)
  scroller.append(group)
  document.body.append(scroller)
  answer()
  const pendingBefore = clock.pending()
  const sheet = createRowSheet({ host, group, scroller, desk, store })
  sheet.configure({ ...settings, ...over })
  const shown = (): HTMLElement[] =>
    [...host.children].filter((row): row is HTMLElement => row instanceof HTMLElement && !row.hidden)
  return {
    clock,
    store,
    rows,
    host,
    group,
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
    /** Calls in the order in which assistive technology is told to read them. */
    told: () =>
      (group.getAttribute('aria-owns') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.dataset.callId ?? id),
    ids: () => shown().map((row) => row.dataset.callId),
  }
}

/** Every row in sight says its own call, and stands in its place. */
export function expectRight({ shown, rows }: ReturnType<typeof setUp>, board = emptyDesk.board): void {
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

// The rows on screen, painted by hand: a few dozen elements that follow scrolling, order and values without React.
import { bayPad, rowsInSight, visibleRows } from '#src/features/live-grid/sheet-view.ts'
import { ariaRowIndex, headHeight, rowTop } from '#src/features/live-grid/board-geometry.ts'
import { putInOrder } from '#src/features/live-grid/put-in-order.ts'
import { newsOf } from '#src/features/live-grid/row-news.ts'
import { type RowSlot, createRowSlot } from '#src/features/live-grid/row-slot.ts'
import type { Desk } from '#src/floor/desk.ts'
import type { ColumnId } from '#src/floor/view.ts'
import type { Cancel } from '#src/lib/clock.ts'
import type { LiveStore } from '#src/live/live-store.ts'

export interface SheetSettings {
  columns: readonly ColumnId[]
  /** Px. */
  rowHeight: number
  /** The keyboard's place; null: the first row. */
  activeId: string | null
  openId: string | null
  /** Calls picked to act on together. */
  picked: ReadonlySet<string>
  /** Px from the left at which columns stay when the board scrolls sideways. */
  lefts?: ReadonlyMap<ColumnId, number>
}

export interface RowSheet {
  configure(settings: SheetSettings): void
  /** Scrolls the row into view and gives it the focus as soon as it is there. */
  focusRow(index: number): void
  destroy(): void
}

interface SheetOptions {
  /** Where the rows are put. */
  host: HTMLElement
  scroller: HTMLElement
  desk: Desk
  store: LiveStore
}

/**
 * While the view moves, rows are asked for anew when it is this far from what was asked: each asking costs both threads a
 * message, and what comes into sight meanwhile was told within the last second.
 */
const askStep = 24
/** When it has stood still this long, ms, exactly the rows in sight are asked for: only they are told at once. */
const restMs = 100
/** Elements kept for the next time the board grows. */
const spareRows = 40
/**
 * Order of the elements for assistive technology is restored this long after rows took other places, ms, and not before the
 * view has stood still as long: putting them in order while it moves costs a long frame.
 */
const settleMs = 300

/** Rows inside `host` until `destroy()`; nothing is painted before the first `configure`. */
export function createRowSheet({ host, scroller, desk, store }: SheetOptions): RowSheet {
  let settings: SheetSettings | null = null
  let slots = new Map<string, RowSlot>()
  let spare: RowSlot[] = []
  let asked = { from: -1, to: -1 }
  let wantsFocus: number | null = null
  let settleTimer: ReturnType<typeof setTimeout> | null = null
  let restTimer: ReturnType<typeof setTimeout> | null = null
  let laidOut = ''

  const now = (): number => desk.getState().frozenAt ?? store.serverNow()

  const paint = (slot: RowSlot): void => {
    const id = slot.place?.callId
    if (id) slot.paint(desk.row(id), newsOf(store, id), now())
  }

  /** The rows of the visible stretch, and the active one wherever it stands. */
  function wanted(): Map<number, string | null> {
    const { board, window } = desk.getState()
    const rows = new Map<number, string | null>()
    const { from, to } = visibleRows(board, scroller, settings?.rowHeight ?? 1)
    for (let index = from; index < to; index += 1) rows.set(index, window.ids[index - window.from] ?? null)
    const activeId = settings?.activeId ?? window.firstId
    const place = activeId === null ? undefined : window.places[activeId]
    if (activeId !== null && place !== undefined) rows.set(place, activeId)
    return rows
  }

  /** The call the Tab key reaches: the active one, else the first in sight, so that there always is one. */
  function keyboardId(rows: ReadonlyMap<number, string | null>): string | null {
    const { board, window } = desk.getState()
    const activeId = settings?.activeId ?? window.firstId
    const shown = [...rows]
    if (shown.some(([, callId]) => callId !== null && callId === activeId)) return activeId
    const { from } = rowsInSight(board, scroller, settings?.rowHeight ?? 1)
    const known = shown.filter(([, callId]) => callId !== null)
    return (known.find(([index]) => index >= from) ?? known[0])?.[1] ?? null
  }

  function layOut(): void {
    if (!settings) return
    const { columns, lefts, rowHeight, openId, picked } = settings
    const { board, window } = desk.getState()
    const rows = wanted()
    const keyId = keyboardId(rows)
    const fresh = new Set(window.fresh)
    const next = new Map<string, RowSlot>()
    const missing: { key: string; index: number; callId: string | null }[] = []
    for (const [index, callId] of rows) {
      const key = callId ?? `#${index}`
      const slot = slots.get(key)
      if (slot) next.set(key, slot)
      missing.push({ key, index, callId })
    }
    for (const [key, slot] of slots) {
      if (next.has(key)) continue
      // The focus belongs to the call, not to the element that showed it.
      if (slot.element === document.activeElement) slot.element.blur()
      spare.push(slot)
    }
    for (const { key, index, callId } of missing) {
      const slot = next.get(key) ?? spare.pop() ?? createRowSlot(columns, lefts)
      if (!slot.element.parentNode) host.append(slot.element)
      slot.stand({
        callId,
        index,
        top: rowTop(board, index, rowHeight),
        height: rowHeight,
        ariaIndex: ariaRowIndex(board, index),
        isActive: callId !== null && callId === keyId,
        isOpen: callId !== null && callId === openId,
        isPicked: callId !== null && picked.has(callId),
        isFresh: callId !== null && fresh.has(callId),
      })
      next.set(key, slot)
      paint(slot)
    }
    slots = next
    for (const slot of spare.splice(spareRows)) slot.element.remove()
    for (const slot of spare) if (slot.place) slot.rest()
    giveFocus()
    settleTimer ??= setTimeout(settle, settleMs)
  }

  function giveFocus(): void {
    if (wantsFocus === null) return
    for (const slot of slots.values())
      if (slot.place?.index === wantsFocus && slot.place.callId !== null) {
        wantsFocus = null
        slot.element.focus({ preventScroll: true })
        return
      }
  }

  /** Puts the elements into the order of the rows; what has the focus is not moved, for it would lose it. */
  function settle(): void {
    settleTimer = null
    const inOrder = [...slots.values()].sort((a, b) => (a.place?.index ?? 0) - (b.place?.index ?? 0))
    putInOrder(
      host,
      inOrder.map(({ element }) => element),
    )
  }

  /** Asks for other rows when the view has moved, then lays out what is known. */
  function follow(): void {
    if (!settings) return
    const { board, window } = desk.getState()
    const { from, to } = visibleRows(board, scroller, settings.rowHeight)
    const sight = rowsInSight(board, scroller, settings.rowHeight)
    const isOther = sight.from !== asked.from || sight.to !== asked.to
    const isFar = Math.abs(sight.from - asked.from) >= askStep || Math.abs(sight.to - asked.to) >= askStep
    const isBlind = from < window.from || to > window.from + window.ids.length
    if (isFar || (isBlind && isOther)) askFor(sight)
    else if (isOther) restTimer ??= setTimeout(askAtRest, restMs)
    const mark = `${from} ${to}`
    if (mark === laidOut) return
    laidOut = mark
    layOut()
  }

  function askFor(sight: { from: number; to: number }): void {
    if (restTimer) clearTimeout(restTimer)
    restTimer = null
    asked = sight
    desk.ask(sight)
  }

  function askAtRest(): void {
    restTimer = null
    if (settings) askFor(rowsInSight(desk.getState().board, scroller, settings.rowHeight))
  }

  function onDesk(): void {
    laidOut = ''
    follow()
  }

  const paintAll = (): void => {
    for (const slot of slots.values()) paint(slot)
  }

  const stops: Cancel[] = [
    desk.subscribe(onDesk),
    store.subscribe(paintAll),
    store.watchTime(1000, () => {
      if (desk.getState().frozenAt === null) for (const slot of slots.values()) slot.tick(store.serverNow())
    }),
  ]
  const onScroll = (): void => {
    if (settleTimer) {
      clearTimeout(settleTimer)
      settleTimer = setTimeout(settle, settleMs)
    }
    follow()
  }
  scroller.addEventListener('scroll', onScroll, { passive: true })
  const resized = new ResizeObserver(follow)
  resized.observe(scroller)

  return {
    configure(next) {
      if (settings && (next.columns !== settings.columns || next.lefts !== settings.lefts)) {
        for (const slot of [...slots.values(), ...spare]) slot.element.remove()
        slots = new Map()
        spare = []
      }
      settings = next
      desk.ask({ watch: [next.activeId, next.openId].filter((id) => id !== null) })
      onDesk()
    },
    focusRow(index) {
      if (!settings) return
      const { board } = desk.getState()
      const top = rowTop(board, index, settings.rowHeight)
      const upper = top - bayPad(board)
      const lower = top + settings.rowHeight + headHeight - scroller.clientHeight
      if (scroller.scrollTop > upper) scroller.scrollTop = upper
      else if (scroller.scrollTop < lower) scroller.scrollTop = lower
      wantsFocus = index
      onDesk()
    },
    destroy() {
      for (const stop of stops) stop()
      scroller.removeEventListener('scroll', onScroll)
      resized.disconnect()
      if (settleTimer) clearTimeout(settleTimer)
      if (restTimer) clearTimeout(restTimer)
      host.replaceChildren()
    },
  }
}

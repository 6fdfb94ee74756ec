// The rows on screen, painted by hand: a few dozen elements that follow scrolling, order and values without React.
import { askForRows } from '#src/features/live-grid/ask-for-rows.ts'
import { bayPad, rowsInSight, visibleRows } from '#src/features/live-grid/sheet-view.ts'
import { ariaRowIndex, headHeight, rowTop } from '#src/features/live-grid/board-geometry.ts'
import { newsOf } from '#src/features/live-grid/row-news.ts'
import { type RowSlot, createRowSlot, tickMs } from '#src/features/live-grid/row-slot.ts'
import { toldOrder } from '#src/features/live-grid/told-order.ts'
import { watchMotion } from '#src/features/live-grid/view-motion.ts'
import type { Desk, DeskState } from '#src/floor/desk.ts'
import type { PlacedColumns } from '#src/features/live-grid/columns.ts'
import type { Cancel } from '#src/lib/clock.ts'
import type { LiveStore } from '#src/live/live-store.ts'
import { attributeWriter } from '#src/ui/write.ts'

export interface SheetSettings {
  /** The same object as long as columns and places are the same. */
  placed: Pick<PlacedColumns, 'ids' | 'lefts' | 'places'>
  /** Px. */
  rowHeight: number
  /** The keyboard's place; null: the first row. */
  activeId: string | null
  openId: string | null
  /** Calls picked to act on together. */
  picked: ReadonlySet<string>
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
  /** The row group around them and the heads of the bays: it tells their order. */
  group: HTMLElement
  scroller: HTMLElement
  desk: Desk
  store: LiveStore
}

/** Numbers the elements of rows, by whose ids their order is told. */
let serial = 0

/** Elements kept for the next time the board grows. */
const spareRows = 40
/** The view counts as moving until it has stood still this long, ms. Only then is the order told to assistive technology. */
const stillMs = 300

/** Rows inside `host` until `destroy()`; nothing is painted before the first `configure`. */
export function createRowSheet({ host, group, scroller, desk, store }: SheetOptions): RowSheet {
  let settings: SheetSettings | null = null
  let slots = new Map<string, RowSlot>()
  let spare: RowSlot[] = []
  let wantsFocus: number | null = null
  let laidOut = ''
  let seen: DeskState | null = null
  let tickedAt = 0
  const tellOrder = attributeWriter(group, 'aria-owns')
  const writeMoving = attributeWriter(host, 'data-moving')

  const now = (): number => desk.getState().frozenAt ?? store.serverNow()

  const paint = (slot: RowSlot): void => {
    const id = slot.place?.callId
    if (id) slot.paint(desk.row(id), newsOf(store, id), now())
  }

  /** The rows of the visible stretch, and the active one wherever it stands. */
  function wanted(): Map<number, string | null> {
    const { board, window } = desk.getState()
    const rows = new Map<number, string | null>()
    const { from, to } = visibleRows(board, scroller, settings?.rowHeight ?? 1, motion.isMoving())
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
    const { placed, rowHeight, openId, picked } = settings
    const { board, window } = desk.getState()
    // Read before anything is written: afterwards the browser would have to lay out twice.
    const sight = rowsInSight(board, scroller, rowHeight)
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
      const slot = next.get(key) ?? spare.pop() ?? createRowSlot(placed.ids, placed)
      if (!slot.element.parentNode) {
        slot.element.id = `grid-row-${serial++}`
        host.append(slot.element)
      }
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
    tick(sight)
    giveFocus()
    if (!motion.isMoving())
      tellOrder(
        toldOrder(
          board,
          [...slots.values()].map(({ element: { id }, place }) => ({ id, index: place?.index ?? 0 })),
        ),
      )
  }

  /** The clocks of the rows in sight; those around them are set when they come into it. */
  function tick({ from, to }: { from: number; to: number }): void {
    if (desk.getState().frozenAt !== null) return
    for (const slot of slots.values())
      if (slot.place && slot.place.index >= from && slot.place.index < to) slot.tick(tickedAt)
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

  /** Asks for other rows when the view has moved, then lays out what is known. */
  function follow(): void {
    if (!settings) return
    const { board, window } = desk.getState()
    const { from, to } = visibleRows(board, scroller, settings.rowHeight, motion.isMoving())
    const isBlind = from < window.from || to > window.from + window.ids.length
    asking.look(rowsInSight(board, scroller, settings.rowHeight), isBlind)
    const mark = `${from} ${to}`
    if (mark === laidOut) return
    laidOut = mark
    layOut()
  }

  function lookAgain(): void {
    laidOut = ''
    follow()
  }

  /** Figures alone move no row. */
  function onDesk(): void {
    const state = desk.getState()
    const isSame =
      state.board === seen?.board && state.window === seen.window && state.frozenAt === seen.frozenAt
    seen = state
    if (!isSame) lookAgain()
  }

  const paintAll = (): void => {
    for (const slot of slots.values()) paint(slot)
  }

  const stops: Cancel[] = [
    desk.subscribe(onDesk),
    store.subscribe(paintAll),
    store.watchTime(tickMs, () => {
      tickedAt = store.serverNow()
      tick(rowsInSight(desk.getState().board, scroller, settings?.rowHeight ?? 1))
    }),
  ]
  const asking = askForRows(desk, () =>
    settings ? rowsInSight(desk.getState().board, scroller, settings.rowHeight) : null,
  )
  const motion = watchMotion(scroller, {
    stillMs,
    onLasting: () => writeMoving(''),
    onStep: follow,
    onStill() {
      writeMoving(null)
      lookAgain()
    },
  })
  const resized = new ResizeObserver(follow)
  resized.observe(scroller)

  return {
    configure(next) {
      if (settings && next.placed !== settings.placed) {
        for (const slot of [...slots.values(), ...spare]) slot.element.remove()
        slots = new Map()
        spare = []
      }
      settings = next
      desk.ask({ watch: [next.activeId, next.openId].filter((id) => id !== null) })
      lookAgain()
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
      lookAgain()
    },
    destroy() {
      for (const stop of stops) stop()
      motion.stop()
      resized.disconnect()
      asking.stop()
      tellOrder(null)
      writeMoving(null)
      host.replaceChildren()
    },
  }
}

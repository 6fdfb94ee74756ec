// One row on screen: built once, then lent to one call after the other while the board scrolls.
import { levelOf } from '#contract/attention-order.ts'
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { ColumnId } from '#src/floor/view.ts'
import { cells, clockColumns } from '#src/features/live-grid/cells.ts'
import type { PaintCell, RowFacts } from '#src/features/live-grid/paint-cell.ts'
import { type CellPlace, type PlacedColumns, columnLayout } from '#src/features/live-grid/columns.ts'
import { drawCheck } from '#src/features/live-grid/draw.ts'
import { type RowNews, sameNews } from '#src/features/live-grid/row-news.ts'
import { attributeWriter, put } from '#src/ui/write.ts'

/** Clocks in rows go on this often, ms. */
export const tickMs = 1000

/** What the row is, besides its call. */
export interface RowPlace {
  /** Null while the call that stands here is not known yet. */
  callId: string | null
  /** Row of the board, from 0. */
  index: number
  /** Px of the canvas. */
  top: number
  height: number
  ariaIndex: number
  /** The keyboard's place. */
  isActive: boolean
  isOpen: boolean
  /** Somebody picked it, to act on several at once. */
  isPicked: boolean
  isFresh: boolean
}

export interface RowSlot {
  readonly element: HTMLElement
  readonly place: RowPlace | null
  /** Puts the row to its place. */
  stand(place: RowPlace): void
  /** Writes the call; undefined: it has left the board. */
  paint(call: Call | undefined, news: RowNews, now: number): void
  /** Writes what goes on with the clock; a row that was painted within `tickMs` after `now` has it already. */
  tick(now: number): void
  /** Out of sight until it stands somewhere again. */
  rest(): void
}

const rowState = (call: Call | undefined): string =>
  !call ? 'gone' : isLive(call.status) ? levelOf(call) : 'ended'

type Places = Pick<PlacedColumns, 'lefts' | 'places'>

const nowhere: Places = { lefts: new Map(), places: new Map() }

function standAt({ style }: HTMLElement, place: CellPlace | undefined): void {
  if (!place) return
  style.marginLeft = place.left
  style.width = place.width
}

/** A row with the cells of these columns, where the board has placed them. */
export function createRowSlot(columns: readonly ColumnId[], { lefts, places }: Places = nowhere): RowSlot {
  const element = document.createElement('div')
  element.setAttribute('role', 'row')
  const paints: PaintCell[] = []
  const clockPaints: PaintCell[] = []
  const pick = put(element, 'span', lefts.size > 0 ? 'grid-pick grid-pinned' : 'grid-pick')
  pick.setAttribute('role', 'gridcell')
  pick.setAttribute('aria-colindex', '1')
  pick.dataset.col = 'pick'
  standAt(pick, places.get('pick'))
  drawCheck(pick)
  for (const [index, id] of columns.entries()) {
    const cell = put(element, 'span', columnLayout[id].end ? 'grid-end' : undefined)
    cell.setAttribute('role', 'gridcell')
    cell.setAttribute('aria-colindex', String(index + 2))
    cell.dataset.col = id
    standAt(cell, places.get(id))
    const left = lefts.get(id)
    if (left !== undefined) {
      cell.classList.add('grid-pinned')
      cell.style.left = `${left}px`
    }
    const paint = cells[id](cell)
    paints.push(paint)
    if (clockColumns.has(id)) clockPaints.push(paint)
  }
  const gone = put(element, 'span', 'grid-gone t3')
  gone.setAttribute('role', 'gridcell')
  gone.setAttribute('aria-colspan', String(columns.length + 1))
  gone.textContent = 'This call has left the board.'

  const attribute = (name: string) => attributeWriter(element, name)
  const [writeClass, writeId, writeRow, writePicked, writeCurrent, writeTab, writeHidden] = [
    attribute('class'),
    attribute('data-call-id'),
    attribute('aria-rowindex'),
    attribute('aria-selected'),
    attribute('aria-current'),
    attribute('tabindex'),
    attribute('hidden'),
  ]
  let place: RowPlace | null = null
  let facts: RowFacts | null = null
  let state = 'coming'
  let top = -1
  let height = -1

  const dress = (): void => writeClass(`grid-row grid-row-${state}${place?.isFresh ? ' grid-row-fresh' : ''}`)

  return {
    element,
    get place() {
      return place
    },
    stand(next) {
      if (next.callId !== place?.callId) facts = null
      place = next
      writeHidden(null)
      writeId(next.callId)
      writeRow(String(next.ariaIndex))
      writePicked(String(next.isPicked))
      writeCurrent(next.isOpen ? 'true' : null)
      writeTab(next.isActive ? '0' : '-1')
      if (next.top !== top) {
        top = next.top
        element.style.transform = `translateY(${top}px)`
      }
      if (next.height !== height) {
        height = next.height
        element.style.height = `${height}px`
      }
      if (next.callId === null) state = 'coming'
      dress()
    },
    paint(call, news, now) {
      if (facts && call === facts.call && sameNews(news, facts.news)) return
      state = rowState(call)
      dress()
      // Nothing is remembered of a call that has left: should it come back, it is painted anew.
      facts = call ? { call, news, now } : null
      if (!facts) return
      for (const paint of paints) paint(facts)
    },
    tick(now) {
      if (!facts || (facts.now >= now && facts.now < now + tickMs)) return
      facts = { ...facts, now }
      for (const paint of clockPaints) paint(facts)
    },
    rest() {
      place = null
      facts = null
      writeId(null)
      writeHidden('')
    },
  }
}

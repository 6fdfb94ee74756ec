// The list itself: heads that sort, virtual rows that stay where they are, one row in the tab order.
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { CallsQuery } from '#contract/call-link.ts'
import { CallRow } from '#src/features/calls-list/call-row.tsx'
import { CallHeads } from '#src/features/calls-list/call-heads.tsx'
import { type CallColumnId, callColumns, leastWidth } from '#src/features/calls-list/columns.ts'
import type { CallsAnswer } from '#src/features/calls-list/use-calls-list.ts'
import { useWidth } from '#src/ui/use-width.ts'
import { useAction } from '#src/ui/actions.tsx'
import { useKeptOnPage } from '#src/ui/kept.ts'

interface CallsTableProps {
  answer: CallsAnswer
  query: CallsQuery
  zone: string
  columns: (width: number) => readonly CallColumnId[]
  compact: boolean
  /** The rows are those of another question, or nobody knows how they are now. */
  isOld: boolean
  /** The line is cut: values of live calls are those of before. */
  isStale: boolean
  onSort: (by: NonNullable<CallsQuery['sort_by']>) => void
  onOpen: (callId: string, lineId?: number) => void
}

/** Px of a hit, and of the padding under the last one. */
const [hitPx, hitEndPx] = [24, 6]
const phonePx = 560

/** Rows of one page. */
export function CallsTable(props: CallsTableProps) {
  const { answer, query, zone, compact, isOld, isStale, onSort, onOpen } = props
  const { calls, hits, pagination, readAt } = answer
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const isPhone = width > 0 && width < phonePx
  const columns = props.columns(width)
  const rowPx = isPhone ? 66 : compact ? 32 : 40
  const [current, setCurrent] = useKeptOnPage<string | null>('calls list current', null)
  const at = calls.findIndex(({ id }) => id === current)
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: calls.length,
    getScrollElement: () => scroller.current,
    estimateSize(index) {
      const count = hits.get(calls[index]?.id ?? '')?.length ?? 0
      return rowPx + (count > 0 ? count * hitPx + hitEndPx : 0)
    },
    getItemKey: (index) => calls[index]?.id ?? index,
    overscan: 8,
    initialRect: { width: 1224, height: 800 },
    // The row with the focus stays, wherever somebody scrolls to: focus must not fall to the top of the page.
    rangeExtractor({ startIndex, endIndex, overscan, count }) {
      const [from, to] = [Math.max(0, startIndex - overscan), Math.min(count - 1, endIndex + overscan)]
      const indexes = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
      return at >= 0 && (at < from || at > to) ? [...indexes, at].sort((a, b) => a - b) : indexes
    },
  })
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowPx, hits])

  const focusRow = useCallback((callId: string) => {
    scroller.current
      ?.querySelector<HTMLElement>(`[data-call-id="${CSS.escape(callId)}"]`)
      ?.focus({ preventScroll: true })
  }, [])
  // Two keys may come before the next paint: the second means the row the first one went to.
  const here = useRef(current)
  here.current = current
  const wanted = useRef<string | null>(null)
  useEffect(() => {
    if (wanted.current === null) return
    focusRow(wanted.current)
    wanted.current = null
  })
  const step = (by: number) => {
    const from = calls.findIndex(({ id }) => id === here.current)
    const next = calls[Math.min(calls.length - 1, Math.max(0, from < 0 ? 0 : from + by))]
    if (!next) return
    virtualizer.scrollToIndex(calls.indexOf(next), { align: 'auto' })
    if (here.current === next.id) focusRow(next.id)
    here.current = next.id
    wanted.current = next.id
    setCurrent(next.id)
  }
  useAction('row.next', () => step(1))
  useAction('row.previous', () => step(-1))
  useAction(
    'row.open',
    () => {
      if (here.current !== null) onOpen(here.current)
    },
    at >= 0 || 'Go to a call first.',
  )
  // Another page is read from its top; who comes back from a call finds the row again.
  const shown = useRef<string | null>(null)
  const last = useRef({ at, virtualizer })
  last.current = { at, virtualizer }
  useLayoutEffect(() => {
    const isReturn = shown.current === null && last.current.at >= 0
    shown.current = answer.key
    if (!isReturn) {
      scroller.current?.scrollTo({ top: 0 })
      return
    }
    last.current.virtualizer.scrollToIndex(last.current.at, { align: 'center' })
    wanted.current = here.current
  }, [answer.key])

  const reachable = at >= 0 ? current : (calls[0]?.id ?? null)
  const style = {
    '--calls-tracks': columns.map((id) => callColumns[id].track).join(' '),
    '--calls-least': `${leastWidth(columns)}px`,
    '--calls-row': `${rowPx}px`,
  } as CSSProperties
  const before = (pagination.page - 1) * pagination.limit
  return (
    <div
      ref={scroller}
      className={`calls-scroller${isPhone ? ' calls-phone' : ''}${compact ? ' calls-compact' : ''}`}
      data-grid-scroller
      data-old={isOld || undefined}
      data-stale={isStale || undefined}
      style={style}
    >
      <div
        role="grid"
        aria-label="Calls"
        aria-rowcount={pagination.total_exact === false ? -1 : pagination.total + 1}
        aria-busy={isOld || undefined}
        className="calls-grid"
      >
        <CallHeads columns={columns} query={query} onSort={onSort} />
        <div role="rowgroup" className="calls-rows" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start, key }) => {
            const call = calls[index]
            return (
              call && (
                <CallRow
                  key={key}
                  call={call}
                  hits={hits.get(call.id) ?? noHits}
                  columns={columns}
                  zone={zone}
                  now={readAt}
                  rowIndex={before + index + 2}
                  top={start}
                  isCurrent={call.id === reachable}
                  onOpen={onOpen}
                  onFocus={setCurrent}
                />
              )
            )
          })}
        </div>
      </div>
    </div>
  )
}

const noHits: never[] = []

// What of the floor to show: free text, chips with live counts, and the rarer filters behind one button.
import { useRef } from 'react'
import { useDigest } from '#src/live/use-live.ts'
import { formatCount } from '#src/lib/format.ts'
import { type GridFilter, type GridView, emptyFilter, isEmptyFilter } from '#src/floor/view.ts'
import { useAction, useKeys, useRunAction } from '#src/ui/actions.tsx'
import { FilterText } from '#src/ui/filter-text.tsx'
import { later } from '#src/ui/later.tsx'
import { Panel } from '#src/ui/panel.tsx'
import { StateMark } from '#src/ui/state-mark.tsx'
import './filter-bar.css'

const MoreFilters = later(
  () => import('#src/features/live-grid/more-filters.tsx').then((module) => module.MoreFilters),
  'The filters',
)
const ColumnChoice = later(
  () => import('#src/features/live-grid/column-choice.tsx').then((module) => module.ColumnChoice),
  'The columns',
)

const loading = <p className="t3">Loading…</p>

interface FilterBarProps {
  view: GridView
  onChange: (view: GridView) => void
  /** A menu of the bar is open or closed, so that rows may hold still. */
  onMenu: (open: boolean) => void
}

/** The bar over the board. */
export function FilterBar({ view, onChange, onMenu }: FilterBarProps) {
  const { filter } = view
  const input = useRef<HTMLInputElement>(null)
  const counts = useDigest(({ chips }) => chips)
  const change = (part: Partial<GridFilter>) => onChange({ ...view, filter: { ...filter, ...part } })
  const { cap, shortcuts } = useKeys()
  const run = useRunAction()
  useAction('filter.focus', () => input.current?.focus())

  const chip = (label: React.ReactNode, number: number, pressed: boolean, part: Partial<GridFilter>) => (
    <button type="button" className="chip" aria-pressed={pressed} onClick={() => change(part)}>
      {label} <b>{formatCount(number)}</b>
    </button>
  )
  const direction = filter.direction
  const rare = rareFilters(filter)
  return (
    <div className="filters" role="search" aria-label="Filter calls">
      <FilterText
        ref={input}
        value={filter.text}
        onChange={(event) => change({ text: event.target.value })}
        placeholder="Filter"
        aria-label="Filter calls"
        aria-keyshortcuts={shortcuts('filter.focus')}
        cap={cap('filter.focus')}
      />
      <div className="filter-chips">
        {chip('All', counts.all, isEmptyFilter(filter), emptyFilter)}
        {chip('Inbound', counts.inbound, direction === 'inbound', {
          direction: direction === 'inbound' ? null : 'inbound',
        })}
        {chip('Outbound', counts.outbound, direction === 'outbound', {
          direction: direction === 'outbound' ? null : 'outbound',
        })}
        <span className="filter-rule" />
        {chip(
          <>
            <StateMark meaning="human" /> Human on
          </>,
          counts.humanOn,
          filter.humanOn,
          { humanOn: !filter.humanOn },
        )}
        {chip('Escalating', counts.waiting, filter.waiting, { waiting: !filter.waiting })}
        {chip(
          <>
            Mood <span className="mood-n2">▼</span>
            <span className="sr-only">negative</span>
          </>,
          counts.negative,
          filter.mood === 'negative',
          { mood: filter.mood === 'negative' ? null : 'negative' },
        )}
        {chip('Over 10 min', counts.long, filter.long, { long: !filter.long })}
      </div>
      <Panel label={rare > 0 ? `Filters (${rare})` : '+ Filter'} pressed={rare > 0} onMenu={onMenu}>
        <MoreFilters filter={filter} onChange={change} fallback={loading} />
      </Panel>
      {!isEmptyFilter(filter) && (
        <button type="button" className="link" onClick={() => run('filter.clear')}>
          Clear filters
        </button>
      )}
      <Panel label="Columns" pressed={view.columns !== null} onMenu={onMenu}>
        <ColumnChoice view={view} onChange={onChange} fallback={loading} />
      </Panel>
    </div>
  )
}

/** How many filters are set that have no chip of their own. */
function rareFilters({ status, businessId, mood, qa }: GridFilter): number {
  const otherMood = mood !== null && mood !== 'negative'
  return [status.length > 0, businessId, otherMood, qa].filter(Boolean).length
}

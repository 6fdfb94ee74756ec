// What of all calls to show: what was said, whose number, which days; the rarer filters and the columns behind a button each.
import { type ReactNode, useRef } from 'react'
import { type CallsQuery, callPeriods } from '#contract/call-link.ts'
import type { CallColumnId } from '#src/features/calls-list/columns.ts'
import { type FilterNames, filterChips, periodWords } from '#src/features/calls-list/filter-words.ts'
import { SearchField } from '#src/features/calls-list/search-field.tsx'
import { useAction, useKeys } from '#src/ui/actions.tsx'
import { later } from '#src/ui/later.tsx'
import { Panel } from '#src/ui/panel.tsx'

const CallFilters = later(
  () => import('#src/features/calls-list/call-filters.tsx').then((module) => module.CallFilters),
  'The filters',
)
const PeriodFields = later(
  () => import('#src/features/calls-list/period-fields.tsx').then((module) => module.PeriodFields),
  'The dates',
)
const CallColumns = later(
  () => import('#src/features/calls-list/call-columns.tsx').then((module) => module.CallColumns),
  'The columns',
)
const loading = <p className="t3">Loading…</p>
const ignore = () => {}

interface CallsBarProps {
  query: CallsQuery
  zone: string
  names: FilterNames
  /** Null: those that fit. */
  columns: readonly CallColumnId[] | null
  /** Why what is sought cannot be looked for. */
  textFault: string | undefined
  onChange: (query: CallsQuery) => void
  onColumns: (columns: readonly CallColumnId[] | null) => void
  tools?: ReactNode
}

/** Members that have their own place in the bar. */
const inBar = new Set<keyof CallsQuery>(['text', 'search', 'period', 'from_date', 'to_date'])

/** The bar over the list. */
export function CallsBar(props: CallsBarProps) {
  const { query, zone, names, columns, textFault, onChange, onColumns, tools } = props
  const words = useRef<HTMLInputElement>(null)
  const { cap, shortcuts } = useKeys()
  useAction('filter.focus', () => {
    words.current?.focus()
    words.current?.select()
  })
  const rare = filterChips(query, names, (text) => text).filter(
    ({ members }) => !members.some((member) => inBar.has(member)),
  ).length
  const isCustom = query.from_date !== undefined || query.to_date !== undefined
  const choose = (period: CallsQuery['period']) =>
    onChange({
      ...query,
      from_date: undefined,
      to_date: undefined,
      period: query.period === period ? undefined : period,
    })
  return (
    <div className="calls-bar" role="search" aria-label="Filter calls">
      <SearchField
        label="Words that were said"
        placeholder="Words said"
        value={query.text ?? ''}
        fault={textFault}
        cap={cap('filter.focus')}
        shortcuts={shortcuts('filter.focus')}
        inputRef={words}
        onChange={(text) => onChange({ ...query, text: text === '' ? undefined : text })}
      />
      <SearchField
        label="Telephone number or call id"
        placeholder="Number or id"
        value={query.search ?? ''}
        onChange={(search) => onChange({ ...query, search: search === '' ? undefined : search })}
      />
      <div className="calls-periods" role="group" aria-label="Days">
        {callPeriods.map((period) => (
          <button
            key={period}
            type="button"
            className="chip"
            aria-pressed={query.period === period}
            onClick={() => choose(period)}
          >
            {periodWords[period]}
          </button>
        ))}
      </div>
      <Panel label="Dates…" pressed={isCustom} onMenu={ignore}>
        <PeriodFields query={query} zone={zone} onChange={onChange} fallback={loading} />
      </Panel>
      <Panel label={rare > 0 ? `Filters (${rare})` : '+ Filter'} pressed={rare > 0} onMenu={ignore}>
        <CallFilters query={query} names={names} onChange={onChange} fallback={loading} />
      </Panel>
      <Panel label="Columns" pressed={columns !== null} onMenu={ignore}>
        <CallColumns columns={columns} onChange={onColumns} fallback={loading} />
      </Panel>
      {tools}
    </div>
  )
}

// All calls as a list: bar, filters in words, rows, and the line under them. What is shown is given; every wish is told.
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import type { CallsQuery, DroppedParam } from '#contract/call-link.ts'
import { CallsBar } from '#src/features/calls-list/calls-bar.tsx'
import { CallsFoot } from '#src/features/calls-list/calls-foot.tsx'
import { CallsNotice } from '#src/features/calls-list/calls-notice.tsx'
import { CallsStrip, type ZoneChoice } from '#src/features/calls-list/calls-strip.tsx'
import { CallsTable } from '#src/features/calls-list/calls-table.tsx'
import { type CallColumnId, fittingColumns } from '#src/features/calls-list/columns.ts'
import { cleared, filterChips } from '#src/features/calls-list/filter-words.ts'
import { type ListPlace, useCallsList } from '#src/features/calls-list/use-calls-list.ts'
import { type ShownCalls, shownCalls } from '#src/features/calls-list/shown-calls.ts'
import { useFilterNames } from '#src/features/calls-list/use-filter-names.ts'
import { useLiveRows } from '#src/features/calls-list/use-live-rows.ts'
import { useNewCalls } from '#src/features/calls-list/use-new-calls.ts'
import type { Api } from '#src/lib/api.ts'
import { rememberWalk } from '#src/lib/call-walk.ts'
import { useConnection, useLiveStore } from '#src/live/use-live.ts'
import { useAction, useActionContext, useUndo } from '#src/ui/actions.tsx'
import { fieldFaults, problemWords } from '#src/ui/problem-words.ts'
import './calls-list.css'

interface CallsListProps {
  api: Api
  query: CallsQuery
  place: ListPlace
  /** Null: those that fit. */
  columns: readonly CallColumnId[] | null
  zone: string
  zones: readonly ZoneChoice[]
  dropped: readonly DroppedParam[]
  compact: boolean
  /** The query of the page's address, for the way back from a call. */
  search: string
  onQuery: (query: CallsQuery) => void
  onPlace: (place: ListPlace) => void
  onColumns: (columns: readonly CallColumnId[] | null) => void
  onForget: () => void
  onOpen: (callId: string, lineId?: number) => void
  /** What else can be done with all that is shown, at the end of the bar. */
  tools?: ((shown: () => ShownCalls) => ReactNode) | undefined
}

/** The list of calls. */
export function CallsList(props: CallsListProps) {
  const { api, query, place, columns, zone, zones, dropped, compact, search } = props
  const { onQuery, onPlace, onColumns, onForget, onOpen, tools } = props
  const store = useLiveStore()
  const list = useCallsList(api, { query, place, zone })
  const { answer, isCurrent, problem, busy, reload, renewValues } = list
  const names = useFilterNames(api, answer?.calls ?? none)
  const news = useNewCalls(api, query, zone, isCurrent ? answer : null)
  useLiveRows(answer?.calls ?? none, renewValues)
  const offerUndo = useUndo()
  const { status } = useConnection()
  const isFiltered = filterChips(query, noNames, (text) => text).length > 0
  const pages = answer?.pagination

  useActionContext(() => ({ rows: answer?.calls.length ?? 0, isFiltered }))
  useAction('filter.clear', () => {
    onQuery(cleared(query))
    offerUndo({ text: 'Cleared the filters', undo: () => onQuery(query) })
  })
  useAction(
    'page.next',
    () => {
      if (!answer || !isCurrent) return
      // What starts from now on is of another reading: turning pages neither repeats a call nor leaves one out.
      const until = place.until ?? new Date(answer.at).toISOString()
      onPlace({ ...place, page: answer.pagination.page + 1, after: answer.pagination.next, until })
    },
    (isCurrent && pages?.has_next) || 'This is the last page.',
  )
  useAction(
    'page.previous',
    () => onPlace({ ...place, page: place.page - 1, after: undefined }),
    place.page > 1 || 'This is the first page.',
  )
  useAction('list.renew', () => {
    const isFirst = place.page === 1 && place.after === undefined && place.until === undefined
    if (isFirst) reload()
    else onPlace({ page: 1, limit: place.limit })
  })
  const shownColumns = useCallback((width: number) => columns ?? fittingColumns(width), [columns])
  const open = useCallback(
    (callId: string, lineId?: number) => {
      rememberWalk(answer?.calls.map(({ id }) => id) ?? [], search)
      onOpen(callId, lineId)
    },
    [answer, search, onOpen],
  )
  const handleSort = useCallback(
    (by: NonNullable<CallsQuery['sort_by']>) => {
      const { sort_by = 'started_at', sort_order = 'desc' } = query
      const order = sort_by === by && sort_order === 'desc' ? 'asc' : 'desc'
      const isUsual = by === 'started_at' && order === 'desc'
      onQuery({
        ...query,
        sort_by: isUsual ? undefined : by,
        sort_order: isUsual || order === 'desc' ? undefined : order,
      })
    },
    [query, onQuery],
  )
  const faults = useMemo(() => (problem ? fieldFaults(problem) : {}), [problem])
  const textFault = problem?.status === 400 ? faults['text'] : undefined
  const isOld = !isCurrent && answer !== null
  // A page of a list in another order, or of another release, cannot be gone to: the first one can.
  const [lost, setLost] = useState<DroppedParam[]>([])
  const isLost = problem?.status === 400 && faults['after'] !== undefined
  useEffect(() => {
    if (!isLost) return
    setLost([{ name: 'page', value: String(place.page) }])
    onPlace({ page: 1, limit: place.limit })
  }, [isLost, place, onPlace])
  return (
    <div className="calls-list">
      <CallsBar
        query={query}
        zone={zone}
        names={names}
        columns={columns}
        textFault={textFault}
        onChange={onQuery}
        onColumns={onColumns}
        tools={tools?.(() =>
          shownCalls({
            query,
            zone,
            names,
            columns,
            answer: isCurrent ? answer : null,
            now: store.serverNow(),
          }),
        )}
      />
      <CallsStrip
        query={query}
        names={names}
        zone={zone}
        zones={zones}
        dropped={[...dropped, ...lost]}
        onChange={onQuery}
        onForget={() => {
          setLost([])
          onForget()
        }}
      />
      {answer && problem && problem.code !== 'FORBIDDEN' && !isLost && (
        <p className="calls-problem tx-act" role="alert">
          {textFault ?? `Not up to date: ${problemWords(problem)}`}
          {textFault === undefined && (
            <button type="button" className="link" onClick={reload}>
              Try again
            </button>
          )}
        </p>
      )}
      <div className={busy && isOld ? 'calls-wait calls-waiting' : 'calls-wait'} aria-hidden="true" />
      {answer && answer.calls.length > 0 && problem?.code !== 'FORBIDDEN' ? (
        <CallsTable
          answer={answer}
          query={query}
          zone={zone}
          columns={shownColumns}
          compact={compact}
          isOld={isOld}
          isStale={status !== 'live'}
          onSort={handleSort}
          onOpen={open}
        />
      ) : (
        <div className="calls-empty">
          <CallsNotice
            answer={answer}
            problem={isLost ? null : problem}
            fault={textFault}
            isFiltered={isFiltered}
            onRetry={reload}
          />
        </div>
      )}
      <CallsFoot
        answer={answer}
        news={news}
        isOld={isOld && !problem}
        zone={zone}
        limit={place.limit}
        onLimit={(limit) => onPlace({ page: 1, limit })}
      />
    </div>
  )
}

const none: never[] = []
const noNames = { businesses: none, agents: none }

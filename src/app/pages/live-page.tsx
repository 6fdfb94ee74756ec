// The live page: figures, filters, board, and the call that is open beside it. It arranges features and holds no rules.
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import type { Session } from '#contract/auth.ts'
import { can } from '#contract/permissions.ts'
import { FloorStrip } from '#src/features/floor-strip/floor-strip.tsx'
import { Announcer } from '#src/features/live-grid/announcer.tsx'
import { BoardNotice } from '#src/features/live-grid/board-notice.tsx'
import { FilterBar } from '#src/features/live-grid/filter-bar.tsx'
import { LiveGrid } from '#src/features/live-grid/live-grid.tsx'
import { OutsideStrip } from '#src/features/live-grid/outside-strip.tsx'
import { useActCalls } from '#src/features/live-grid/use-act-calls.ts'
import { usePicked } from '#src/features/live-grid/use-picked.ts'
import { useWatchlist } from '#src/features/live-grid/use-watchlist.ts'
import { ViewsButton } from '#src/features/views/views-button.tsx'
import { emptyFilter, isEmptyFilter, parseView, writeView } from '#src/floor/view.ts'
import { useAfterBoard } from '#src/live/after-board.ts'
import { useDesk, useLiveStore, useOpenCallSubscription } from '#src/live/use-live.ts'
import { useApi } from '#src/app/config-context.ts'
import { freezeStore } from '#src/app/freeze-store.ts'
import { useBoardView } from '#src/app/pages/use-board-view.ts'
import { focusRowOf, focusedRow, useFocusFollowsCall } from '#src/app/pages/focused-row.ts'
import { RowMenuSlot } from '#src/app/pages/row-menu-slot.tsx'
import { viewParams, viewQuery, withoutLine } from '#src/app/pages/view-address.ts'
import { PageHeader } from '#src/app/shell.tsx'
import { useAction, useActionContext, useKeys, useReach, useRunAction, useUndo } from '#src/ui/actions.tsx'
import { addressOf, go, useNamed, useQuery } from '#src/ui/address.ts'
import { Button } from '#src/ui/button.tsx'
import { later } from '#src/ui/later.tsx'
import './live-page.css'

const CallPane = later(
  () => import('#src/app/pages/call-pane.tsx').then((module) => module.CallPane),
  'The call',
)
const InitiateDialog = later(
  () => import('#src/features/initiate/initiate-dialog.tsx').then((module) => module.InitiateDialog),
  'The form',
)
const BulkSlot = later(
  () => import('#src/app/pages/bulk-slot.tsx').then((module) => module.BulkSlot),
  'The bar for several calls',
)
const paneComing = (failed: ReactNode) => (
  <aside className="pane" aria-busy={failed === null} aria-label="Open call">
    {failed}
  </aside>
)

/** The pane's code is fetched this long after the board is there, or when a call is opened. */
const paneAfterMs = 1500

interface LivePageProps {
  user: Session
  compact: boolean
}

/** `/live` and `/live/:callId`. */
export function LivePage({ user, compact }: LivePageProps) {
  const callId = useNamed('/live')
  const [query, changeQuery] = useQuery()
  const api = useApi()
  const { view, changeView, search } = useBoardView()
  const [menuOpen, setMenuOpen] = useState(false)
  const boardRef = useRef<HTMLDivElement>(null)
  const [dialing, setDialing] = useState(false)
  const store = useLiveStore()
  const desk = useDesk()
  const offerUndo = useUndo()
  const run = useRunAction()
  const { cap, shortcuts } = useKeys()
  const [frozen, setFrozen] = useState<ReturnType<typeof freezeStore> | null>(null)

  const clearFilter = () => {
    const { filter } = view
    changeView({ ...view, filter: emptyFilter })
    offerUndo({
      text: 'Cleared the filters',
      undo: () =>
        changeQuery((before) => writeView(before, { ...parseView(before), filter }), { replace: true }),
    })
  }
  const rest = withoutLine(search)
  const open = useCallback((id: string) => go(addressOf(`/live/${encodeURIComponent(id)}`, rest)), [rest])
  const close = useCallback(() => {
    if (callId === null) return
    go(addressOf('/live', rest))
    requestAnimationFrame(() => focusRowOf(callId))
  }, [rest, callId])
  const picking = usePicked()
  const watchlist = useWatchlist()
  const watch = (callIds: readonly string[]) => {
    const isOn = callIds.every((id) => watchlist.ids.includes(id))
    const calls = callIds.length === 1 ? '1 call' : `${callIds.length} calls`
    const undo = watchlist.toggle(callIds)
    offerUndo({ text: isOn ? `${calls} off your watch list` : `${calls} on your watch list`, undo })
  }
  const acts = useActCalls()
  const openNextAct = () => {
    const next = acts[(callId === null ? -1 : acts.indexOf(callId)) + 1] ?? acts[0]
    if (next) open(next)
  }
  // Here and not in the pane: the call begins to stream while the pane's code is still on its way.
  useOpenCallSubscription(callId)
  // Nobody waits for the pane yet, and nobody shall when the first call is opened.
  useAfterBoard(paneAfterMs, () => void CallPane.preload())
  const mayDial = can(user.role, 'calls.initiate')
  useAction('view.pause', () => setFrozen(frozen ? null : freezeStore(store)))
  useAction('call.close', close, callId !== null)
  useAction('call.next-act', openNextAct, acts.length > 0)
  useAction('call.initiate', () => setDialing(true), mayDial)
  useAction('filter.clear', clearFilter)
  useReach(open)
  useFocusFollowsCall(callId)
  useActionContext(() => {
    const { board } = desk.getState()
    const onRow = focusedRow() ?? callId
    return {
      call: (onRow === null ? undefined : store.call(onRow)) ?? null,
      rows: board.count,
      waiting: board.waiting,
      actNow: acts.length,
      isFiltered: !isEmptyFilter(view.filter),
    }
  })

  // A call that was opened meanwhile is not in what stands still.
  useEffect(() => setFrozen(null), [callId])

  const paused = frozen !== null
  return (
    <div className={`live${callId === null ? '' : ' live-with-call'}`}>
      <div ref={boardRef} className="live-board">
        <PageHeader title="Live">
          <ViewsButton
            area="live"
            api={api}
            query={viewQuery(search)}
            viewId={query.get('view')}
            mayShare={can(user.role, 'views.share')}
            onApply={(shown, viewId) => changeQuery(viewParams(shown, viewId))}
            onMenu={setMenuOpen}
          />
          {mayDial && (
            <Button
              kind="quiet"
              className="live-dial"
              cap={cap('call.initiate')}
              aria-keyshortcuts={shortcuts('call.initiate')}
              onClick={() => run('call.initiate')}
            >
              New call
            </Button>
          )}
        </PageHeader>
        <FloorStrip />
        <FilterBar view={view} onChange={changeView} onMenu={setMenuOpen} />
        <OutsideStrip filter={view.filter} onOpen={open} />
        <LiveGrid
          view={view}
          compact={compact}
          paused={paused}
          menuOpen={menuOpen}
          openId={callId}
          onOpen={open}
          onView={changeView}
          picking={picking}
          watchlist={watchlist.ids}
          onWatch={watch}
          bar={
            picking.ids.size > 0 && (
              <BulkSlot user={user} picking={picking} watchlist={watchlist.ids} onWatch={watch} />
            )
          }
          fallback={({ hidden }) => <BoardNotice hidden={hidden} onClear={clearFilter} />}
        />
      </div>
      {callId !== null && (
        <CallPane
          callId={callId}
          user={user}
          frozen={frozen}
          actPlace={acts.indexOf(callId)}
          actCount={acts.length}
          onNext={openNextAct}
          onClose={close}
          fallback={paneComing}
        />
      )}
      <RowMenuSlot board={boardRef} onMenu={setMenuOpen} />
      <Announcer />
      {dialing && <InitiateDialog onClose={() => setDialing(false)} onStarted={open} />}
    </div>
  )
}

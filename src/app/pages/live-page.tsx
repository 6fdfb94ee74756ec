// The live page: figures, filters, board, and the call that is open beside it. It arranges features and holds no rules.
import { Suspense, lazy, useCallback, useEffect, useMemo, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import type { Session } from '#contract/auth.ts'
import { can } from '#contract/permissions.ts'
import { persistently } from '#src/lib/persistently.ts'
import { FloorStrip } from '#src/features/floor-strip/floor-strip.tsx'
import { Announcer } from '#src/features/live-grid/announcer.tsx'
import { BoardNotice } from '#src/features/live-grid/board-notice.tsx'
import { FilterBar } from '#src/features/live-grid/filter-bar.tsx'
import { LiveGrid } from '#src/features/live-grid/live-grid.tsx'
import { OutsideStrip } from '#src/features/live-grid/outside-strip.tsx'
import { useActCalls } from '#src/features/live-grid/use-act-calls.ts'
import { type GridView, emptyFilter, parseView, writeView } from '#src/floor/view.ts'
import { useLiveStore, useLoaded, useOpenCallSubscription } from '#src/live/use-live.ts'
import { freezeStore } from '#src/app/freeze-store.ts'
import { PageHeader } from '#src/app/shell.tsx'
import { useAction, useRunAction } from '#src/ui/actions.tsx'
import { capOf } from '#src/ui/action-list.ts'
import { Button } from '#src/ui/button.tsx'
import './live-page.css'

const loadPane = persistently(() => import('#src/app/pages/call-pane.tsx'))
const CallPane = lazy(() => loadPane().then((module) => ({ default: module.CallPane })))
const loadDialog = persistently(() => import('#src/features/initiate/initiate-dialog.tsx'))
const InitiateDialog = lazy(() => loadDialog().then((module) => ({ default: module.InitiateDialog })))

/** The pane's code is fetched this long after the board is there, or when a call is opened. */
const paneAfterMs = 1500

interface LivePageProps {
  user: Session
  compact: boolean
}

/** `/live` and `/live/:callId`. */
export function LivePage({ user, compact }: LivePageProps) {
  const { callId = null } = useParams()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const search = params.toString()
  const view = useMemo(() => parseView(new URLSearchParams(search)), [search])
  const [menuOpen, setMenuOpen] = useState(false)
  const [dialing, setDialing] = useState(false)
  const store = useLiveStore()
  const run = useRunAction()
  const [frozen, setFrozen] = useState<ReturnType<typeof freezeStore> | null>(null)

  const changeView = useCallback(
    (next: GridView) => setParams((before) => writeView(before, next), { replace: true }),
    [setParams],
  )
  const open = useCallback(
    (id: string) => {
      setFrozen(null)
      void navigate({ pathname: `/live/${encodeURIComponent(id)}`, search })
    },
    [navigate, search],
  )
  const close = useCallback(() => {
    if (callId === null) return
    void navigate({ pathname: '/live', search })
    requestAnimationFrame(() =>
      document
        .querySelector<HTMLElement>(`[data-call-id="${CSS.escape(callId)}"]`)
        ?.focus({ preventScroll: true }),
    )
  }, [navigate, search, callId])
  const acts = useActCalls()
  const openNextAct = () => {
    const next = acts[(callId === null ? -1 : acts.indexOf(callId)) + 1] ?? acts[0]
    if (next) open(next)
  }
  // Here and not in the pane: the call begins to stream while the pane's code is still on its way.
  useOpenCallSubscription(callId)
  const loaded = useLoaded()
  useEffect(() => {
    // After the board: nobody waits for the pane yet, and nobody shall when the first call is opened.
    if (!loaded) return
    const timer = setTimeout(() => void loadPane(), paneAfterMs)
    return () => clearTimeout(timer)
  }, [loaded])
  const mayDial = can(user.role, 'calls.initiate')
  useAction('view.pause', () => setFrozen(frozen ? null : freezeStore(store)))
  useAction('call.close', close, callId !== null)
  useAction('call.next-act', openNextAct, acts.length > 0)
  useAction('call.initiate', () => setDialing(true), mayDial)

  const paused = frozen !== null
  return (
    <div className={`live${callId === null ? '' : ' live-with-call'}`}>
      <div className="live-board">
        <PageHeader title="Live">
          {mayDial && (
            <Button
              kind="quiet"
              className="live-dial"
              cap={capOf('call.initiate')}
              aria-keyshortcuts="c"
              onClick={() => run('call.initiate')}
            >
              New call
            </Button>
          )}
        </PageHeader>
        <FloorStrip />
        <FilterBar view={view} onChange={changeView} onMenu={setMenuOpen} />
        <OutsideStrip onOpen={open} />
        <LiveGrid
          view={view}
          compact={compact}
          paused={paused}
          menuOpen={menuOpen}
          openId={callId}
          onOpen={open}
          onSort={(sort) => changeView({ ...view, sort })}
          fallback={({ hidden }) => (
            <BoardNotice hidden={hidden} onClear={() => changeView({ ...view, filter: emptyFilter })} />
          )}
        />
      </div>
      {callId !== null && (
        <Suspense fallback={<aside className="pane" aria-busy="true" aria-label="Open call" />}>
          <CallPane
            callId={callId}
            user={user}
            frozen={frozen}
            actPlace={acts.indexOf(callId)}
            actCount={acts.length}
            onNext={openNextAct}
            onClose={close}
          />
        </Suspense>
      )}
      <Announcer />
      {dialing && (
        <Suspense>
          <InitiateDialog onClose={() => setDialing(false)} onStarted={open} />
        </Suspense>
      )}
    </div>
  )
}

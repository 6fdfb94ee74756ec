// The frame of every page: the rail with the areas, the header with the connection and the clock.
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { Session } from '#contract/auth.ts'
import { can } from '#contract/permissions.ts'
import { AlertsContext, type AlertsDesk, useAlertsDesk } from '#src/features/alerts/alerts-context.ts'
import { PinSlot } from '#src/features/alerts/pin-slot.tsx'
import { ConnectionMark } from '#src/features/connection/connection-mark.tsx'
import { formatCount } from '#src/lib/format.ts'
import { useAfterBoard } from '#src/live/after-board.ts'
import { useClaimNews, useConnection, useDigest, useServerNow } from '#src/live/use-live.ts'
import { useZoneNames } from '#src/app/clock-zone.ts'
import { useApi, useConfig } from '#src/app/config-context.ts'
import { AreaList } from '#src/app/area-list.tsx'
import { PersonMenu } from '#src/app/person-menu.tsx'
import { useAction, useActionContext, useKeys, useRunAction } from '#src/ui/actions.tsx'
import { addressOf, go, useNamed } from '#src/ui/address.ts'
import { later } from '#src/ui/later.tsx'
import { clockText, zoneText } from '#src/ui/clock-text.ts'
import { KeptOwner, forgetKept } from '#src/ui/kept-owner.ts'
import { Key } from '#src/ui/key.tsx'
import { StateMark } from '#src/ui/state-mark.tsx'
import './shell.css'

const ClaimNotices = later(() =>
  import('#src/features/claim/claim-notices.tsx').then((module) => module.ClaimNotices),
)
const ExportsMark = later(() =>
  import('#src/features/exports/exports-mark.tsx').then((module) => module.ExportsMark),
)
// Right after the frame, but not with it.
const ActionSurface = later(() =>
  import('#src/app/action-surface.tsx').then((module) => module.ActionSurface),
)

interface ShellProps {
  user: Session
  compact: boolean
  onDensity: () => void
  onSignOut: () => void
  /** Somebody is about to go to the area at this path. */
  onRest?: (path: string) => void
  children: ReactNode
}

const ignore = () => {}

/** Rail and page. The page brings its own header by `PageHeader`. */
export function Shell(props: ShellProps) {
  const { user, compact, onDensity, onSignOut, onRest = ignore, children } = props
  const run = useRunAction()
  const { cap, shortcuts } = useKeys()
  useAction('density.toggle', onDensity)
  useActionContext(() => ({ role: user.role }))
  const openId = useNamed('/live')
  const keptOwner = `${user.tenant_id} ${user.user_id}`
  useEffect(() => forgetKept(keptOwner), [keptOwner])
  const hasClaimNews = useClaimNews().size > 0
  const api = useApi()
  const alerts = useMemo<AlertsDesk>(
    () => ({
      user,
      api,
      openCall(callId, lineId) {
        // The board keeps its filter; another page has none to keep.
        const search = new URLSearchParams(location.pathname.startsWith('/live') ? location.search : '')
        search.delete('line')
        if (lineId !== undefined) search.set('line', String(lineId))
        go(addressOf(`/live/${encodeURIComponent(callId)}`, search))
      },
    }),
    [user, api],
  )
  return (
    <AlertsContext.Provider value={alerts}>
      <KeptOwner.Provider value={keptOwner}>
        <div className="app">
          <nav className="rail" aria-label="Areas">
            <div className="brand">
              <svg viewBox="0 0 20 20" aria-hidden="true">
                <rect x="1" y="2.5" width="18" height="4" rx="1" fill="var(--accent)" />
                <rect x="1" y="8.5" width="12" height="3" rx="1" fill="var(--text-2)" />
                <rect x="1" y="13.5" width="15" height="3" rx="1" fill="var(--text-3)" opacity=".6" />
              </svg>
              <span className="rail-words">Callboard</span>
            </div>
            {user.tenant_name && <div className="company rail-words clip">{user.tenant_name}</div>}
            <AreaList {...{ user, compact, onDensity, onSignOut, onRest }} />
            <div className="rail-foot">
              <button
                type="button"
                className="rail-keys link-quiet"
                onClick={() => run('palette.open')}
                aria-keyshortcuts={shortcuts('palette.open')}
                aria-label="Find and do anything"
              >
                <Key>{cap('palette.open')}</Key> <span className="rail-words">find</span>
              </button>
              <button
                type="button"
                className="rail-keys link-quiet"
                onClick={() => run('keys.show')}
                aria-keyshortcuts={shortcuts('keys.show')}
                aria-label="Show all keys"
              >
                <Key>{cap('keys.show') ?? '?'}</Key> <span className="rail-words">keys</span>
              </button>
              <PersonMenu user={user} compact={compact} onDensity={onDensity} onSignOut={onSignOut} />
            </div>
          </nav>
          <main className="page">
            {children}
            {hasClaimNews && <ClaimNotices meId={user.user_id} openId={openId} onOpen={alerts.openCall} />}
          </main>
          <ActionSurface user={user} />
        </div>
      </KeptOwner.Provider>
    </AlertsContext.Provider>
  )
}

/** Title, what alarms, clock and connection; the same on every page. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  const act = useDigest(({ sums }) => sums.act)
  return (
    <header className="top">
      <h1>{title}</h1>
      {children}
      <PinSlot />
      <div className="top-right">
        {act > 0 && (
          <span className="top-act">
            <StateMark meaning="act" /> <b>{formatCount(act)}</b> act now
          </span>
        )}
        <ExportsSlot />
        <WallClock />
        <ConnectionMark />
      </div>
    </header>
  )
}

/** The mark of exports is fetched this long after the board is there, ms; where none comes, after the second. */
const exportsAfterMs = 1000
const exportsWithoutBoardMs = 5000
/** Headers of later pages have it at once. */
let isBoardThere = false

/** Files that are being made or wait to be fetched, for those who may make some. */
function ExportsSlot() {
  const { user, api } = useAlertsDesk()
  const { api: origin } = useConfig()
  const [isWanted, setWanted] = useState(isBoardThere)
  const show = () => {
    isBoardThere = true
    setWanted(true)
  }
  useAfterBoard(exportsAfterMs, show, exportsWithoutBoardMs)
  return isWanted && can(user.role, 'exports.make') ? <ExportsMark api={api} origin={origin} /> : null
}

/** The server's time in the zone of this page, and whose zone it is; outside every live region. */
function WallClock() {
  const now = useServerNow(1000)
  const { lastFrameAt } = useConnection()
  const { page, desk } = useZoneNames()
  const whose = lastFrameAt === null ? "This machine's clock" : "The server's clock"
  return (
    <span
      className="top-clock"
      aria-live="off"
      title={
        page === null ? `${whose}, ${desk}` : `${whose}, ${page} like this page; your own zone is ${desk}`
      }
    >
      {clockText(now)} <span className="t3">{zoneText(now)}</span>
      {page !== null && <span className="top-zone t3"> · {page}</span>}
    </span>
  )
}

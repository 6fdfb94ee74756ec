// The frame of every page: the rail with the areas, the header with the connection and the clock.
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { NavLink, useMatch, useNavigate } from 'react-router'
import type { Session } from '#contract/auth.ts'
import { can } from '#contract/permissions.ts'
import { AlertDock } from '#src/features/alerts/alert-dock.tsx'
import { AlertsContext, type AlertsDesk, useAlertsDesk } from '#src/features/alerts/alerts-context.ts'
import { PinSlot } from '#src/features/alerts/pin-slot.tsx'
import { ConnectionMark } from '#src/features/connection/connection-mark.tsx'
import { formatCount } from '#src/lib/format.ts'
import { useClaimNews, useConnection, useDigest, useServerNow } from '#src/live/use-live.ts'
import { useApi, useConfig } from '#src/app/config-context.ts'
import { areas } from '#src/app/areas.tsx'
import { PersonMenu } from '#src/app/person-menu.tsx'
import { useAction, useActionContext, useKeys, useRunAction } from '#src/ui/actions.tsx'
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
  children: ReactNode
}

/** Rail and page. The page brings its own header by `PageHeader`. */
export function Shell({ user, compact, onDensity, onSignOut, children }: ShellProps) {
  const run = useRunAction()
  const { cap, shortcuts } = useKeys()
  useAction('density.toggle', onDensity)
  useActionContext(() => ({ role: user.role }))
  const navigate = useNavigate()
  const openId = useMatch('/live/:callId')?.params.callId ?? null
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
        void navigate({ pathname: `/live/${encodeURIComponent(callId)}`, search: search.toString() })
      },
    }),
    [user, api, navigate],
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
            <ul className="areas">
              {areas
                .filter(({ capability }) => can(user.role, capability))
                .map(({ path, name, icon }) => (
                  <li key={path}>
                    <NavLink to={path} title={name}>
                      <svg viewBox="0 0 16 16" aria-hidden="true">
                        {icon}
                      </svg>
                      <span className="area-name">{name}</span>
                      {path === '/live' && <LiveCount />}
                    </NavLink>
                  </li>
                ))}
              <li>
                <AlertDock />
              </li>
            </ul>
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

function LiveCount() {
  return <span className="area-count rail-words">{formatCount(useDigest(({ sums }) => sums.live))}</span>
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

/** The mark of exports is fetched this long after the first header is there, ms: the board comes first. */
const exportsAfterMs = 1000
/** Headers of later pages have it at once. */
let isBoardThere = false

/** Files that are being made or wait to be fetched, for those who may make some. */
function ExportsSlot() {
  const { user, api } = useAlertsDesk()
  const { api: origin } = useConfig()
  const [isWanted, setWanted] = useState(isBoardThere)
  useEffect(() => {
    const timer = setTimeout(() => {
      isBoardThere = true
      setWanted(true)
    }, exportsAfterMs)
    return () => clearTimeout(timer)
  }, [])
  return isWanted && can(user.role, 'exports.make') ? <ExportsMark api={api} origin={origin} /> : null
}

/** The server's time in the zone of this desk; outside every live region. */
function WallClock() {
  const now = useServerNow(1000)
  const { lastFrameAt } = useConnection()
  return (
    <span
      className="top-clock"
      aria-live="off"
      title={lastFrameAt === null ? "This machine's clock" : "The server's clock"}
    >
      {clockText(now)} <span className="t3">{zoneText(now)}</span>
    </span>
  )
}

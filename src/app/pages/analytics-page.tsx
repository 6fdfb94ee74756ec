// The pages of analytics: which one the address names, and what it is asked.
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { Link, Redirect } from 'wouter'
import type { Session } from '#contract/auth.ts'
import { can } from '#contract/permissions.ts'
import { Analytics } from '#src/features/analytics/analytics.tsx'
import {
  type AnalyticsView,
  parseAnalytics,
  writeAnalytics,
} from '#src/features/analytics/analytics-query.ts'
import { pages } from '#src/features/analytics/pages.ts'
import type { AnalyticsOffer } from '#src/features/exports/analytics-dialog.tsx'
import { AnalyticsExport } from '#src/features/exports/analytics-export.tsx'
import { browserFrames, systemClock } from '#src/lib/clock.ts'
import { machineZone, usePageZone } from '#src/app/clock-zone.ts'
import { companyZone } from '#src/app/company-zone.ts'
import { useApi } from '#src/app/config-context.ts'
import { zonePreference } from '#src/app/preferences.ts'
import { PageHeader } from '#src/app/shell.tsx'
import { useAction } from '#src/ui/actions.tsx'
import { addressOf, go, useNamed, usePath, useQuery } from '#src/ui/address.ts'
import { Notice } from '#src/ui/notice.tsx'
import { usePreference } from '#src/ui/use-preference.ts'

/** The report that holds a page; volume and calls are of one. */
const reportOf: Readonly<Record<string, AnalyticsOffer['report']>> = {
  overview: 'overview',
  volume: 'calls',
  qa: 'qa',
  sentiment: 'sentiment',
  escalations: 'escalations',
  calls: 'calls',
}

const feed = { clock: systemClock, page: browserFrames }

/** `/analytics` and `/analytics/:page`; the question stays in the address from page to page. */
export function AnalyticsPage({ user }: { user: Session }) {
  const api = useApi()
  const path = usePath()
  const id = useNamed('/analytics') ?? 'overview'
  const [params, changeQuery] = useQuery()
  const [ownZone] = usePreference(zonePreference)
  const homeZone = ownZone ?? companyZone(user) ?? machineZone()
  const search = params.toString()
  const view = useMemo(() => parseAnalytics(new URLSearchParams(search)), [search])
  const zone = view.zone ?? homeZone
  usePageZone(zone)
  const query = writeAnalytics(view).toString()
  const from = addressOf(path, search)
  const mine = pages.filter(({ capability }) => can(user.role, capability))
  const at = mine.findIndex((page) => page.id === id)
  const page = mine[at]
  const changeView = useCallback(
    (next: AnalyticsView) => changeQuery(writeAnalytics(next), { replace: true }),
    [changeQuery],
  )
  const step = (by: number) => {
    const next = mine[(at + by + mine.length) % mine.length]
    if (next) go(addressOf(next.path, query))
  }
  useAction('charts.next', () => step(1), mine.length > 1)
  useAction('charts.previous', () => step(-1), mine.length > 1)
  const strip = useRef<HTMLElement>(null)
  // On a phone the names scroll sideways: the one that is open is in sight.
  useEffect(() => {
    strip.current?.querySelector('[aria-current]')?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }, [id])
  const tabs = mine.length > 0 && (
    <nav className="an-tabs" aria-label="Pages of analytics" ref={strip}>
      {mine.map((one) => (
        <Link
          key={one.id}
          href={addressOf(one.path, query)}
          aria-current={one.path === path ? 'page' : undefined}
        >
          {one.name}
        </Link>
      ))}
    </nav>
  )
  if (!page) {
    const denied = pages.find((one) => one.id === id)
    const first = mine[0]
    // The way into the area leads to the first page that one may read; a link to another one says why it shows nothing.
    if (first && (!denied || denied === pages[0]))
      return <Redirect to={addressOf(first.path, query)} replace />
    return (
      <div className="analytics">
        <PageHeader title="Analytics" />
        {tabs && <div className="an-bar">{tabs}</div>}
        <Notice title="You don't have permission" urgent>
          <p>
            {denied?.capability === 'analytics.read' && first
              ? `Managers, owners and viewers read “${denied.name}”.`
              : 'Managers, owners, dispatchers and viewers read analytics.'}
          </p>
        </Notice>
      </div>
    )
  }
  return (
    <div className="analytics">
      <PageHeader title="Analytics" />
      <Analytics
        api={api}
        page={page}
        view={view}
        onView={changeView}
        zone={zone}
        homeZone={homeZone}
        onGo={(address) => go(address, { state: { from } })}
        feed={feed}
        tools={
          can(user.role, 'exports.make')
            ? (shown) => (
                <AnalyticsExport
                  api={api}
                  offer={() => ({ ...shown(), name: page.name, report: reportOf[page.id] ?? 'full' })}
                />
              )
            : undefined
        }
        tabs={tabs}
      />
    </div>
  )
}

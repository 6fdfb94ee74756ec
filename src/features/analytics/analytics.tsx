// A page of analytics: what is asked, how old the answer is, figures, charts, tables.
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { isTable } from '#contract/charts/chart.ts'
import { clockIn, rangeText, zoneShort } from '#contract/charts/place-text.ts'
import { spanText } from '#contract/charts/sheet-parts.ts'
import { type Comparison, type Interval, dayMs } from '#contract/zone-calendar.ts'
import { type AnalyticsView, fittingIntervals } from '#src/features/analytics/analytics-query.ts'
import { GoContext } from '#src/features/analytics/behind-link.tsx'
import { ChartPanel } from '#src/features/analytics/chart-panel.tsx'
import { FeedLine } from '#src/features/analytics/feed-line.tsx'
import { FigurePanel } from '#src/features/analytics/figure-panel.tsx'
import { Filters } from '#src/features/analytics/filters.tsx'
import type { PageRecord } from '#src/features/analytics/pages.ts'
import type { FeedOptions } from '#src/features/analytics/sheet-feed.ts'
import { Tiles } from '#src/features/analytics/tiles.tsx'
import { useChartInk } from '#src/features/analytics/use-chart-ink.ts'
import { usePageFeed } from '#src/features/analytics/use-page-feed.ts'
import type { Api } from '#src/lib/api.ts'
import { businessChoices } from '#src/lib/business-choices.ts'
import { useDigest, useLiveStore } from '#src/live/use-live.ts'
import { useAction, useKeys } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { problemWords } from '#src/ui/problem-words.ts'
import './analytics.css'

export interface AnalyticsProps {
  api: Api
  page: PageRecord
  view: AnalyticsView
  onView: (view: AnalyticsView) => void
  /** The zone in use, and the one that holds when none is chosen for the page. */
  zone: string
  homeZone: string
  onGo: (address: string) => void
  /** Links to the other pages. */
  tabs: ReactNode
  feed: FeedOptions
  /** What else can be done with the page's figures, beside the other acts. */
  tools?: ((shown: () => ShownFigures) => ReactNode) | undefined
}

/** What the page shows, as analytics is asked for it, and in words. */
export interface ShownFigures {
  question: {
    from_date?: string
    to_date?: string
    zone: string
    interval?: Interval
    business_id?: string
    direction?: 'inbound' | 'outbound'
    compare?: Comparison
  }
  words: readonly string[]
}

/** Everything below the head of `/analytics/*`. */
export function Analytics(props: AnalyticsProps) {
  const { api, page, view, onView, zone, homeZone, onGo, tabs, feed, tools } = props
  const { state, isOther, fault, asked, refresh } = usePageFeed(api, page, view, zone, feed)
  const now = useLiveStore().serverNow()
  const ink = useChartInk()
  const { cap, shortcuts } = useKeys()
  const [tables, setTables] = useState(false)
  const [said, setSaid] = useState('')
  const businesses = useDigest((digest) => digest.businesses)
  const { problem, againAt, isSlow } = state
  const shown = state.sheet?.id === page.id ? state.sheet : null
  const change = useCallback((part: Partial<AnalyticsView>) => onView({ ...view, ...part }), [onView, view])
  const copy = useCallback(async (text: string, done: string) => {
    try {
      await navigator.clipboard.writeText(text)
      setSaid(done)
    } catch {
      setSaid('The browser did not allow copying.')
    }
  }, [])
  useAction('charts.refresh', refresh)
  useAction('charts.tables', () => setTables(!tables))
  // Businesses that have no call at this moment are known from the figures.
  const known = useMemo(
    () => businessChoices([...(shown?.businesses ?? []), ...businesses], view.businessId),
    [shown, businesses, view.businessId],
  )
  const scroller = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0
  }, [page.id])
  const range = shown?.range
  const asOf = range ? Date.parse(range.as_of) : null
  const isStale = shown !== null && (problem !== null || isOther)

  const shownFigures = (): ShownFigures => {
    const { businessId, direction, compare } = view
    const name = known.find(({ value }) => value === businessId)?.label ?? businessId
    return {
      question: {
        ...(asked
          ? {
              from_date: new Date(asked.from).toISOString(),
              to_date: new Date(asked.to).toISOString(),
              interval: asked.interval,
            }
          : {}),
        zone,
        ...(businessId === null ? {} : { business_id: businessId }),
        ...(direction === null ? {} : { direction }),
        ...(compare === null ? {} : { compare }),
      },
      words: [
        ...(asked ? [rangeText(zone, asked.from, asked.to)] : []),
        ...(name === null ? [] : [name]),
        ...(direction === null ? [] : [direction]),
      ],
    }
  }

  return (
    <GoContext.Provider value={onGo}>
      <div className="an-bar">
        {tabs}
        <Filters
          view={view}
          onChange={change}
          zone={zone}
          homeZone={homeZone}
          now={now}
          interval={asked?.interval ?? null}
          fitting={asked ? fittingIntervals((asked.to - asked.from) / dayMs) : []}
          businesses={known}
          compares={page.compares}
        />
      </div>
      <div className="an-progress" data-busy={(isSlow && shown !== null) || undefined} />
      <p className="an-age">
        {range && (
          <span>
            <b>{rangeText(range.zone, Date.parse(range.from), Date.parse(range.to))}</b>
            {shown?.earlier &&
              ` beside ${rangeText(range.zone, Date.parse(shown.earlier.from), Date.parse(shown.earlier.to))}`}
          </span>
        )}
        <span className="an-zone t3">
          {zone} ({zoneShort(zone, now)})
          {asOf !== null && (
            <span data-as-of={asOf} className={isStale ? 'tx-attention' : undefined}>
              {' '}
              · as of {clockIn(zone, asOf)}
              {isStale && ', older'}
            </span>
          )}
        </span>
        <button
          type="button"
          className="an-act"
          aria-pressed={tables}
          aria-keyshortcuts={shortcuts('charts.tables')}
          onClick={() => setTables(!tables)}
        >
          Tables{cap('charts.tables') && <kbd>{cap('charts.tables')}</kbd>}
        </button>
        <button
          type="button"
          className="an-act"
          aria-keyshortcuts={shortcuts('charts.refresh')}
          onClick={refresh}
        >
          Refresh{cap('charts.refresh') && <kbd>{cap('charts.refresh')}</kbd>}
        </button>
        {/* Of a question that is none there are no figures. */}
        {fault === null && tools?.(shownFigures)}
      </p>
      <p className="sr-only" role="status">
        {said}
      </p>
      {fault === null && problem && (shown || problem.status === 429) && (
        <FeedLine problem={problem} againAt={againAt} zone={zone} onAgain={refresh} />
      )}
      <div className="an-scroll" ref={scroller} tabIndex={-1}>
        {fault !== null && (
          <Notice title={fault} urgent>
            <Button onClick={() => change({ period: '7d', from: null, to: null })}>Show 7 days</Button>
          </Notice>
        )}
        {fault === null && !shown && problem && problem.status !== 429 && (
          <Notice
            title={problem.status === 403 ? "You don't have permission" : 'The figures could not be read'}
            urgent
          >
            <p>
              {problem.status === 403
                ? 'Managers, owners and viewers read analytics.'
                : problemWords(problem)}
            </p>
            {againAt !== null && <p className="t3">Next try at {clockIn(zone, againAt)}.</p>}
            {problem.status !== 403 && <Button onClick={refresh}>Try again</Button>}
          </Notice>
        )}
        {fault === null && !shown && !problem && <Notice title={isSlow ? 'Reading the figures…' : ' '} />}
        {fault === null && shown && shown.sheet.calls === 0 && (
          <Notice title={shown.sheet.none ?? 'No calls in this period.'}>
            <p>{rangeText(shown.range.zone, Date.parse(shown.range.from), Date.parse(shown.range.to))}</p>
            {(view.businessId !== null || view.direction !== null) && (
              <Button onClick={() => change({ businessId: null, direction: null })}>
                All businesses and directions
              </Button>
            )}
            {view.period !== '90d' && (
              <Button onClick={() => change({ period: '90d', from: null, to: null })}>Show 90 days</Button>
            )}
          </Notice>
        )}
        {fault === null && shown && shown.sheet.calls > 0 && (
          <>
            <Tiles
              tiles={shown.sheet.tiles}
              beside={shown.earlier ? spanText(shown.range.zone, shown.earlier) : null}
            />
            <div className="an-grid">
              {shown.sheet.charts.map((part) =>
                isTable(part) ? (
                  <FigurePanel key={part.id} table={part} onCopy={(text, done) => void copy(text, done)} />
                ) : (
                  <ChartPanel
                    key={part.id}
                    chart={part}
                    ink={ink}
                    tables={tables}
                    onCopy={(text, done) => void copy(text, done)}
                  />
                ),
              )}
            </div>
          </>
        )}
      </div>
    </GoContext.Provider>
  )
}

// The figures of the page that is shown: asked through one feed, so that going back shows what is known at once.
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { type AnalyticsView, type Asked, askedOf } from '#src/features/analytics/analytics-query.ts'
import type { Page, PageRecord } from '#src/features/analytics/pages.ts'
import {
  type FeedOptions,
  type FeedState,
  type SheetFeed,
  createSheetFeed,
} from '#src/features/analytics/sheet-feed.ts'
import type { Api } from '#src/lib/api.ts'
import { fail } from '#src/lib/result.ts'
import { useLiveStore } from '#src/live/use-live.ts'

interface PageFeed {
  state: FeedState<Page>
  /** True while the numbers shown answer what was asked before. */
  isOther: boolean
  /** What is wrong with what was chosen, in words. */
  fault: string | null
  asked: Asked | null
  refresh: () => void
}

/** Asks for `page` as `view` says. */
export function usePageFeed(
  api: Api,
  page: PageRecord,
  view: AnalyticsView,
  zone: string,
  options: FeedOptions,
): PageFeed {
  const store = useLiveStore()
  const [feed] = useState<SheetFeed<Page>>(() => createSheetFeed<Page>(options))
  const state = useSyncExternalStore(feed.subscribe, feed.getState, feed.getState)
  useEffect(() => () => feed.stop(), [feed])
  // The range is taken when it is asked for: "today until now" moves on with every answer.
  const asked = useMemo(() => askedOf(view, zone, store.serverNow()), [view, zone, store])
  const key = JSON.stringify([page.id, view, zone])
  useEffect(() => {
    if (typeof asked === 'string') return feed.show(null)
    feed.show({
      key,
      isLive: asked.isLive,
      async ask(signal) {
        const range = askedOf(view, zone, store.serverNow())
        if (typeof range === 'string') return fail({ status: 400, code: 'VALIDATION_ERROR', message: range })
        return page.load(
          api,
          {
            from: new Date(range.from).toISOString(),
            to: new Date(range.to).toISOString(),
            zone,
            interval: range.interval,
            ...(view.businessId === null ? {} : { business_id: view.businessId }),
            ...(view.direction === null ? {} : { direction: view.direction }),
            ...(view.compare === null ? {} : { compare: view.compare }),
          },
          signal,
        )
      },
    })
  }, [feed, key, asked, api, page, view, zone, store])
  const isFault = typeof asked === 'string'
  return {
    state,
    isOther: state.key !== key,
    fault: isFault ? asked : null,
    asked: isFault ? null : asked,
    refresh: feed.refresh,
  }
}

// One page of the list: read when what is asked changes, kept while somebody reads a call, its values renewed in place.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Call } from '#contract/call.ts'
import type { CallHit, CallsPagination } from '#contract/call-endpoints.ts'
import type { CallsQuery } from '#contract/call-link.ts'
import type { ApiProblem } from '#contract/errors.ts'
import { type TimeRange, askedQuery, earlier, timeRange } from '#src/features/calls-list/asked-query.ts'
import type { Api } from '#src/lib/api.ts'
import { useConnection, useLiveStore } from '#src/live/use-live.ts'
import { useKeptOnPage } from '#src/ui/kept.ts'

/** Where in the list somebody is. */
export interface ListPlace {
  /** From 1. */
  page: number
  limit: number
  /** The mark behind which the page begins. */
  after?: string | undefined
  /** Calls that started later are not of this reading of the list, ISO 8601. */
  until?: string | undefined
}

export interface CallsAnswer {
  /** What was asked, as one text. */
  key: string
  calls: readonly Call[]
  pagination: CallsPagination
  hits: ReadonlyMap<string, readonly CallHit[]>
  notSearched: number
  /** The reading of the list is of this instant, epoch ms of the server: what started later is not in it. */
  at: number
  /** When the values were read last, epoch ms of the server. */
  readAt: number
  range: TimeRange
}

export interface CallsList {
  /** The newest answer, maybe to an earlier question; null before the first. */
  answer: CallsAnswer | null
  /** The answer is to what is asked now. */
  isCurrent: boolean
  problem: ApiProblem | null
  busy: boolean
  /** Reads everything anew, new calls too. */
  reload: () => void
  /** Reads the values of the same calls. */
  renewValues: () => void
}

interface Asked {
  query: CallsQuery
  place: ListPlace
  zone: string
}

/** The page at `place` of the calls that `query` asks for; days are those of `zone`. */
export function useCallsList(api: Api, { query, place, zone }: Asked): CallsList {
  const store = useLiveStore()
  const key = useMemo(() => JSON.stringify([query, place, zone]), [query, place, zone])
  const [answer, setAnswer] = useKeptOnPage<CallsAnswer | null>('calls list', null)
  const [problem, setProblem] = useState<{ key: string; problem: ApiProblem } | null>(null)
  const [wish, setWish] = useState({ count: 0, inPlace: true })
  const [busy, setBusy] = useState(false)
  const held = useRef(answer)
  held.current = answer

  useEffect(() => {
    const before = held.current?.key === key && wish.inPlace ? held.current : null
    const now = store.serverNow()
    const range = timeRange(query, zone, now)
    const until = earlier(place.until, before ? new Date(before.at).toISOString() : undefined)
    const cancel = new AbortController()
    setBusy(true)
    const question = {
      ...askedQuery(query, zone, { from: range.from, to: earlier(range.to, until) }),
      page: place.page,
      limit: place.limit,
      after: place.after,
    }
    void api.request('GET /api/v1/calls', { query: question, signal: cancel.signal }).then((result) => {
      if (cancel.signal.aborted) return
      setBusy(false)
      setProblem(result.ok ? null : { key, problem: result.problem })
      if (!result.ok) return
      const { calls, pagination, hits = [], not_searched = 0 } = result.value
      setAnswer({
        key,
        calls,
        pagination,
        hits: byCall(hits),
        notSearched: not_searched,
        at: until === undefined ? now : Math.min(now, Date.parse(until)),
        readAt: now,
        range,
      })
    })
    return () => {
      cancel.abort()
      setBusy(false)
    }
    // `key` stands for what is asked: equal questions are one.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [api, store, key, wish, setAnswer])

  const reload = useCallback(() => setWish(({ count }) => ({ count: count + 1, inPlace: false })), [])
  const renewValues = useCallback(() => setWish(({ count }) => ({ count: count + 1, inPlace: true })), [])
  // What was missed while the line was cut is not told afterwards.
  const { status } = useConnection()
  const wasLive = useRef(status === 'live')
  useEffect(() => {
    if (status === 'live' && !wasLive.current) renewValues()
    wasLive.current = status === 'live'
  }, [status, renewValues])
  return {
    answer,
    isCurrent: answer?.key === key,
    problem: problem?.key === key ? problem.problem : null,
    busy,
    reload,
    renewValues,
  }
}

function byCall(hits: readonly CallHit[]): ReadonlyMap<string, readonly CallHit[]> {
  const found = new Map<string, CallHit[]>()
  for (const hit of hits) found.set(hit.call_id, [...(found.get(hit.call_id) ?? []), hit])
  return found
}

// How many calls of the filter have started since the list was read: asked while the floor moves, and never shown by itself.
import { useEffect, useRef, useState } from 'react'
import type { CallsQuery } from '#contract/call-link.ts'
import { askedQuery } from '#src/features/calls-list/asked-query.ts'
import type { CallsAnswer } from '#src/features/calls-list/use-calls-list.ts'
import type { Api } from '#src/lib/api.ts'
import { useConnection, useDesk, useServerNow } from '#src/live/use-live.ts'

/** The floor is asked after at most this often, ms. */
const everyMs = 5000

export interface NewCalls {
  count: number
  /** False: there are more than `count`. */
  exact: boolean
}

const none: NewCalls = { count: 0, exact: true }

/** New calls behind the reading of `answer`; none where its time has an end that is over. */
export function useNewCalls(api: Api, query: CallsQuery, zone: string, answer: CallsAnswer | null): NewCalls {
  const desk = useDesk()
  const beat = useServerNow(everyMs)
  const { status } = useConnection()
  const [found, setFound] = useState<{ at: number; key: string; news: NewCalls } | null>(null)
  const seen = useRef<unknown>(null)
  const at = answer?.at ?? null
  const key = answer?.key ?? ''
  useEffect(() => {
    if (!answer || at === null || status !== 'live' || document.visibilityState === 'hidden') return
    const { from, to } = answer.range
    if ((to !== undefined && Date.parse(to) <= at) || beat <= at) return
    // Nothing came and nothing left since the last look.
    const { digest } = desk.getState()
    const look = [digest.sums, at, key]
    if (
      Array.isArray(seen.current) &&
      look.every((item, index) => Object.is(item, (seen.current as unknown[])[index]))
    )
      return
    seen.current = look
    const since = new Date(Math.max(at + 1, from === undefined ? 0 : Date.parse(from))).toISOString()
    let isWanted = true
    const question = { ...askedQuery(query, zone, { from: since, to }), limit: 1, page: 1 }
    void api.request('GET /api/v1/calls', { query: question }).then((result) => {
      if (!isWanted || !result.ok) return
      const { total, total_exact } = result.value.pagination
      setFound({ at, key, news: { count: total, exact: total_exact !== false } })
    })
    return () => {
      isWanted = false
    }
    // Once a beat; the rest is what it is at that moment.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [beat, at, key, status])
  return found && found.at === at && found.key === key ? found.news : none
}

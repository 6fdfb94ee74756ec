// The list of escalations, kept true by the live line: read when it opens, after a break, and when somebody new comes.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { EscalationItem } from '#contract/escalation-endpoints.ts'
import type { ApiProblem } from '#contract/errors.ts'
import type { Escalation } from '#contract/transcript.ts'
import type { Api, RequestOptions } from '#src/lib/api.ts'
import { systemClock } from '#src/lib/clock.ts'
import { type Result, ok } from '#src/lib/result.ts'
import { useConnection, useEscalationNews } from '#src/live/use-live.ts'
import { withNews } from '#src/features/escalations/queue-items.ts'

interface Queue {
  items: readonly EscalationItem[] | null
  /** How many there are; more than `items` where not all were read. */
  total: number
  problem: ApiProblem | null
  /** It is being read. */
  busy: boolean
  reload: () => void
  /** Reads `queuePiece` more. */
  more: () => void
}

/** So many are read at once; those who wait come first. */
export const queuePiece = 100
/** What comes together is asked for together, ms. */
const gatherMs = 250
const noNews: ReadonlyMap<string, Escalation> = new Map()

/** `mine` leaves it to the server who the signed-in person is among the agents. */
export function useQueue(api: Api, mine: boolean): Queue {
  const news = useEscalationNews()
  const { status } = useConnection()
  const [list, setList] = useState<{
    items: readonly EscalationItem[]
    known: typeof news
    mine: boolean
    total: number
  } | null>(null)
  const [pieces, setPieces] = useState(1)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [asks, setAsks] = useState(0)
  const latest = useRef(news)
  latest.current = news
  const reload = useCallback(() => setAsks((count) => count + 1), [])
  useEffect(() => {
    let isWanted = true
    const known = latest.current
    const midnight = new Date(systemClock.now())
    midnight.setHours(0, 0, 0, 0)
    const query = {
      limit: queuePiece,
      settled_since: midnight.toISOString(),
      ...(mine ? { mine: 'true' as const } : {}),
    }
    setBusy(true)
    void readPieces(api, query, pieces).then((answer) => {
      if (!isWanted) return
      setBusy(false)
      setProblem(answer.ok ? null : answer.problem)
      if (answer.ok) setList({ ...answer.value, known, mine })
    })
    return () => {
      isWanted = false
    }
  }, [api, mine, asks, pieces])
  const isHere = list !== null && list.mine === mine
  const { items, isIncomplete } = withNews(
    isHere ? list.items : [],
    isHere ? news : noNews,
    isHere ? list.known : noNews,
  )
  // Somebody who is not on the list yet: only the server knows the caller's name, and whose it is.
  useEffect(
    () => (isIncomplete ? systemClock.after(gatherMs, reload) : undefined),
    [isIncomplete, news, reload],
  )
  const wasLive = useRef(status === 'live')
  useEffect(() => {
    if (status === 'live' && !wasLive.current) reload()
    wasLive.current = status === 'live'
  }, [status, reload])
  const more = useCallback(() => setPieces((count) => count + 1), [])
  return { items: isHere ? items : null, total: isHere ? list.total : 0, problem, busy, reload, more }
}

/** The first `pieces` of the list; one that moved from piece to piece meanwhile is in it once. */
async function readPieces(
  api: Api,
  query: NonNullable<RequestOptions<'GET /api/v1/escalations'>['query']>,
  pieces: number,
): Promise<Result<{ items: readonly EscalationItem[]; total: number }, ApiProblem>> {
  const found = new Map<number, EscalationItem>()
  for (let page = 1; ; page += 1) {
    const answer = await api.request('GET /api/v1/escalations', { query: { ...query, page } })
    if (!answer.ok) return answer
    const { escalations, pagination } = answer.value
    for (const item of escalations) found.set(item.id, item)
    if (page === pieces || !pagination.has_next)
      return ok({ items: [...found.values()], total: pagination.total })
  }
}

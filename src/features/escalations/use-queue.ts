// The list of escalations, kept true by the live line: read when it opens, after a break, and when somebody new comes.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { EscalationItem } from '#contract/escalation-endpoints.ts'
import type { ApiProblem } from '#contract/errors.ts'
import type { Escalation } from '#contract/transcript.ts'
import type { Api } from '#src/lib/api.ts'
import { systemClock } from '#src/lib/clock.ts'
import { useConnection, useEscalationNews } from '#src/live/use-live.ts'
import { withNews } from '#src/features/escalations/queue-items.ts'

interface Queue {
  items: readonly EscalationItem[] | null
  problem: ApiProblem | null
  reload: () => void
}

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
  } | null>(null)
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
      limit: 100,
      settled_since: midnight.toISOString(),
      ...(mine ? { mine: 'true' as const } : {}),
    }
    void api.request('GET /api/v1/escalations', { query }).then((answer) => {
      if (!isWanted) return
      setProblem(answer.ok ? null : answer.problem)
      if (answer.ok) setList({ items: answer.value.escalations, known, mine })
    })
    return () => {
      isWanted = false
    }
  }, [api, mine, asks])
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
  return { items: isHere ? items : null, problem, reload }
}

// Names of businesses and agents that calls can be filtered by; those of the rows until the list of all is here.
import { useEffect, useMemo, useState } from 'react'
import type { Call } from '#contract/call.ts'
import type { FilterNames } from '#src/features/calls-list/filter-words.ts'
import type { Api } from '#src/lib/api.ts'

/** Asked for once; a server that does not know them leaves what the rows say. */
export function useFilterNames(api: Api, calls: readonly Call[]): FilterNames {
  const [known, setKnown] = useState<FilterNames | null>(null)
  useEffect(() => {
    let isWanted = true
    void api.request('GET /api/v1/call-filters').then((answer) => {
      if (isWanted && answer.ok) setKnown(answer.value)
    })
    return () => {
      isWanted = false
    }
  }, [api])
  return useMemo(() => {
    if (known) return known
    const businesses = new Map<string, string>()
    const agents = new Map<string, string>()
    for (const { business_id, business_name, assigned_agent: agent } of calls) {
      if (business_id) businesses.set(business_id, business_name ?? business_id)
      if (agent) agents.set(agent.id, agent.name)
    }
    const listed = (names: Map<string, string>) => [...names].map(([id, name]) => ({ id, name }))
    return { businesses: listed(businesses), agents: listed(agents) }
  }, [known, calls])
}

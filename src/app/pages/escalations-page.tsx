// The page of the escalations queue; Enter leads to the call on the live board.
import type { Session } from '#contract/auth.ts'
import { EscalationQueue } from '#src/features/escalations/escalation-queue.tsx'
import { useApi } from '#src/app/config-context.ts'
import { PageHeader } from '#src/app/shell.tsx'
import { go, useQuery } from '#src/ui/address.ts'
import './escalations-page.css'

/** `?mine=1` in the address: only those one is asked for or has. */
export function EscalationsPage({ user }: { user: Session }) {
  const api = useApi()
  const [query, changeQuery] = useQuery()
  return (
    <div className="escalations">
      <PageHeader title="Escalations" />
      <EscalationQueue
        user={user}
        api={api}
        mine={query.get('mine') === '1'}
        onMine={(mine) => changeQuery(mine ? { mine: '1' } : {}, { replace: true })}
        onOpen={(callId) => go(`/live/${encodeURIComponent(callId)}`)}
      />
    </div>
  )
}

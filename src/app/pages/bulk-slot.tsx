// Puts the acts on several calls under the board, with what the signed-in person may do; loaded with the first selection.
import { useCallback } from 'react'
import type { Session } from '#contract/auth.ts'
import { can } from '#contract/permissions.ts'
import { BulkBar } from '#src/features/bulk/bulk-bar.tsx'
import type { Picking } from '#src/features/live-grid/use-picked.ts'
import { useApi } from '#src/app/config-context.ts'
import { ok } from '#src/lib/result.ts'

interface BulkSlotProps {
  user: Session
  picking: Picking
  watchlist: readonly string[]
  onWatch: (callIds: readonly string[]) => void
}

/** The bar of the picked calls. */
export function BulkSlot({ user, picking, watchlist, onWatch }: BulkSlotProps) {
  const api = useApi()
  const loadAgents = useCallback(async () => {
    const answer = await api.request('GET /api/v1/agents', {
      query: { is_available: 'true', is_active: 'true' },
    })
    return answer.ok ? ok(answer.value.agents) : answer
  }, [api])
  return (
    <BulkBar
      ids={picking.ids}
      watchlist={watchlist}
      mayNote={can(user.role, 'calls.note')}
      mayAssign={can(user.role, 'calls.escalate')}
      loadAgents={loadAgents}
      onWatch={onWatch}
      onAll={picking.all}
      onOnly={picking.only}
      onClear={picking.clear}
    />
  )
}

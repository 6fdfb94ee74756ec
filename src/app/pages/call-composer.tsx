// The box to step in under the script of a call's own page; of a call that is over only the note is left, folded to its line.
import { useCallback, useState } from 'react'
import type { Role } from '#contract/permissions.ts'
import { Composer } from '#src/features/intervene/composer.tsx'
import { ok } from '#src/lib/result.ts'
import { useApi } from '#src/app/config-context.ts'

/** The composer of one call. */
export function CallComposer({ callId, role, isLive }: { callId: string; role: Role; isLive: boolean }) {
  const api = useApi()
  const [isUnfolded, setUnfolded] = useState(false)
  const loadAgents = useCallback(async () => {
    const answer = await api.request('GET /api/v1/agents', {
      query: { is_available: 'true', is_active: 'true' },
    })
    return answer.ok ? ok(answer.value.agents) : answer
  }, [api])
  return (
    <Composer
      callId={callId}
      role={role}
      loadAgents={loadAgents}
      folded={!isLive && !isUnfolded}
      onUnfold={() => setUnfolded(true)}
    />
  )
}

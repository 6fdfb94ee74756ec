// The open call beside the board: head, script, composer.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Session } from '#contract/auth.ts'
import type { Call } from '#contract/call.ts'
import { CallHead } from '#src/features/call-detail/call-head.tsx'
import { Composer } from '#src/features/intervene/composer.tsx'
import { Transcript } from '#src/features/transcript/transcript.tsx'
import { ok } from '#src/lib/result.ts'
import type { OpenCall } from '#src/live/live-state.ts'
import type { LiveStore } from '#src/live/live-store.ts'
import {
  LiveProvider,
  useCall,
  useDesk,
  useLiveActions,
  useLiveStore,
  useOpenCall,
} from '#src/live/use-live.ts'
import { useApi } from '#src/app/config-context.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'

interface CallPaneProps {
  callId: string
  user: Session
  /** What stands still while the view is paused. */
  frozen: LiveStore | null
  actPlace: number
  actCount: number
  onNext: () => void
  onClose: () => void
}

const statusOf = (open: OpenCall | undefined) => open?.status ?? 'loading'
const nameOf = (call: Call) => call.contact_name ?? call.from_number

/** The pane; it stays open when its call ends. */
export function CallPane({ callId, user, frozen, actPlace, actCount, onNext, onClose }: CallPaneProps) {
  const status = useOpenCall(callId, statusOf)
  const name = useCall(callId, nameOf)
  const store = useLiveStore()
  const desk = useDesk()
  const actions = useLiveActions()
  const api = useApi()
  const [jump, setJump] = useState<{ lineNumber: number } | null>(null)
  const loadAgents = useCallback(async () => {
    const answer = await api.request('GET /api/v1/agents', {
      query: { is_available: 'true', is_active: 'true' },
    })
    return answer.ok ? ok(answer.value.agents) : answer
  }, [api])
  const pane = useRef<HTMLElement>(null)
  useEffect(() => setJump(null), [callId])

  return (
    <aside ref={pane} className="pane" aria-label={name ? `Open call: ${name}` : 'Open call'}>
      {status === 'not-found' ? (
        <Notice title="Call not found.">
          <p>It may have ended before your time, or it belongs to somebody else.</p>
          <Button onClick={onClose} cap="Esc">
            Back to the board
          </Button>
        </Notice>
      ) : (
        <>
          <CallHead
            callId={callId}
            actPlace={actPlace}
            actCount={actCount}
            onNext={onNext}
            onClose={onClose}
            onJump={(lineNumber) => setJump({ lineNumber })}
          />
          <LiveProvider store={frozen ?? store} desk={desk} actions={actions}>
            <Transcript key={callId} callId={callId} jump={jump} paused={frozen !== null} />
          </LiveProvider>
          <Composer callId={callId} role={user.role} loadAgents={loadAgents} />
        </>
      )}
    </aside>
  )
}

// The open call beside the board: head, script, composer.
import { useCallback, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { Session } from '#contract/auth.ts'
import type { Call } from '#contract/call.ts'
import { can } from '#contract/permissions.ts'
import { CallHead } from '#src/features/call-detail/call-head.tsx'
import { ClaimBar } from '#src/features/claim/claim-bar.tsx'
import { HoldBanners } from '#src/features/intervene/hold-banners.tsx'
import { Composer, type ComposerWish } from '#src/features/intervene/composer.tsx'
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
import { useLineOfAddress } from '#src/app/pages/use-line-of-address.ts'
import { usePaneRoom } from '#src/app/pages/use-pane-room.ts'
import { useAction, useKeys } from '#src/ui/actions.tsx'
import { addressOf, go, usePath, useQuery } from '#src/ui/address.ts'
import { Button } from '#src/ui/button.tsx'
import { Key } from '#src/ui/key.tsx'
import { later } from '#src/ui/later.tsx'
import { Notice } from '#src/ui/notice.tsx'

const AssistSlot = later(
  () => import('#src/app/pages/assist-slot.tsx').then((module) => module.AssistSlot),
  'What could help',
)
const TransferSlot = later(
  () => import('#src/app/pages/transfer-slot.tsx').then((module) => module.TransferSlot),
  'The transfer',
)

const noKeywords: readonly string[] = []

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
const isEscalatedOf = (open: OpenCall | undefined) => Boolean(open?.escalation)
const nameOf = (call: Call) => call.contact_name ?? call.from_number

/** The pane; it stays open when its call ends. */
export function CallPane({ callId, user, frozen, actPlace, actCount, onNext, onClose }: CallPaneProps) {
  const status = useOpenCall(callId, statusOf)
  const name = useCall(callId, nameOf)
  const isEscalated = useOpenCall(callId, isEscalatedOf)
  const store = useLiveStore()
  const desk = useDesk()
  const actions = useLiveActions()
  const room = usePaneRoom(callId)
  const api = useApi()
  const [jump, setJump] = useState<{ lineNumber: number } | null>(null)
  const loadAgents = useCallback(async () => {
    const answer = await api.request('GET /api/v1/agents', {
      query: { is_available: 'true', is_active: 'true' },
    })
    return answer.ok ? ok(answer.value.agents) : answer
  }, [api])
  const pane = useRef<HTMLElement>(null)
  const [keywords, setKeywords] = useState(noKeywords)
  const [wish, setWish] = useState<ComposerWish | null>(null)
  const [line, setLine] = useLineOfAddress(callId)
  const linkTo = useCallback(
    (lineId: number) => `${location.origin}/live/${encodeURIComponent(callId)}?line=${lineId}`,
    [callId],
  )
  const whole = `/calls/${encodeURIComponent(callId)}`
  const path = usePath()
  const [query] = useQuery()
  const from = { from: addressOf(path, query) }
  useAction('call.whole', () => go(whole, { state: from }), status !== 'not-found')
  const { cap, shortcuts } = useKeys()
  useEffect(() => {
    setJump(null)
    setKeywords(noKeywords)
    setWish(null)
  }, [callId])

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
            unfolded={room.unfolded('head')}
            onUnfold={(isWanted) => room.unfold('head', isWanted)}
            tools={
              <Link
                href={whole}
                state={from}
                className="btn btn-quiet call-whole"
                aria-keyshortcuts={shortcuts('call.whole')}
              >
                Whole call <Key>{cap('call.whole')}</Key>
              </Link>
            }
          />
          {isEscalated && (
            <TransferSlot
              key={`transfer ${callId}`}
              callId={callId}
              user={user}
              api={api}
              onJump={(lineNumber) => setJump({ lineNumber })}
              unfolded={room.unfolded('transfer')}
              onUnfold={(isWanted) => room.unfold('transfer', isWanted)}
            />
          )}
          <ClaimBar callId={callId} meId={user.user_id} role={user.role} />
          <HoldBanners callId={callId} role={user.role} />
          <LiveProvider store={frozen ?? store} desk={desk} actions={actions}>
            <Transcript
              key={callId}
              callId={callId}
              jump={jump}
              paused={frozen !== null}
              line={line}
              keywords={keywords}
              linkTo={linkTo}
            />
          </LiveProvider>
          {status === 'ready' && can(user.role, 'knowledge.read') && (
            <AssistSlot
              key={`assist ${callId}`}
              callId={callId}
              role={user.role}
              onKeywords={setKeywords}
              onWish={setWish}
              onLine={setLine}
              unfolded={room.unfolded('assist')}
              onUnfold={(isWanted) => room.unfold('assist', isWanted)}
            />
          )}
          <Composer
            callId={callId}
            role={user.role}
            loadAgents={loadAgents}
            wish={wish}
            folded={room.isBoxFolded}
            onUnfold={room.unfoldBox}
          />
        </>
      )}
    </aside>
  )
}

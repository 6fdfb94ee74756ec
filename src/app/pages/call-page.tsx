// The page of one call, live or ended: `/calls/:callId`, at a line with `?line=`. It arranges features and holds no rules.
import { useMediaQuery } from '@mantine/hooks'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Session } from '#contract/auth.ts'
import { readCallsQuery } from '#contract/call-link.ts'
import { isLive } from '#contract/call-rules.ts'
import { can } from '#contract/permissions.ts'
import type { QAScore } from '#contract/transcript.ts'
import { CallHead } from '#src/features/call-detail/call-head.tsx'
import { deedsOfEscalations, deedsOfTrail } from '#src/features/call-detail/lane-entries.ts'
import { MoodCurve } from '#src/features/call-detail/mood-curve.tsx'
import { PrintSheet } from '#src/features/call-detail/print-sheet.tsx'
import { ClaimBar } from '#src/features/claim/claim-bar.tsx'
import { HoldBanners } from '#src/features/intervene/hold-banners.tsx'
import { Transcript } from '#src/features/transcript/transcript.tsx'
import type { Sight } from '#src/features/transcript/use-sight.ts'
import { createSignal } from '#src/lib/signal.ts'
import type { OpenCall } from '#src/live/live-state.ts'
import { useLiveStore, useOpenCall, useOpenCallSubscription, useServerNow } from '#src/live/use-live.ts'
import { usePageZone } from '#src/app/clock-zone.ts'
import { companyZone } from '#src/app/company-zone.ts'
import { useApi } from '#src/app/config-context.ts'
import { CallComposer } from '#src/app/pages/call-composer.tsx'
import { CallSide, type Tab } from '#src/app/pages/call-side.tsx'
import { CallTabs } from '#src/app/pages/call-tabs.tsx'
import { CallTools } from '#src/app/pages/call-tools.tsx'
import { RecordingRow } from '#src/app/pages/recording-row.tsx'
import { useAllLines } from '#src/app/pages/use-all-lines.ts'
import { useCallRecords } from '#src/app/pages/use-call-records.ts'
import { useCallTitle } from '#src/app/pages/use-call-title.ts'
import { useLineOfAddress } from '#src/app/pages/use-line-of-address.ts'
import { useWayBack } from '#src/app/pages/use-way-back.ts'
import { PageHeader } from '#src/app/shell.tsx'
import { useActionContext } from '#src/ui/actions.tsx'
import { useNamed } from '#src/ui/address.ts'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import '#src/features/call-detail/cards.css'
import './call-page.css'

const whole = (open: OpenCall | undefined) => open
const atOnce = { getInitialValueInEffect: false }

const zoneOfList = (query: string, user: Session) =>
  readCallsQuery(new URLSearchParams(query)).query.zone ?? companyZone(user) ?? 'UTC'

/** The page. Another call begins anew. */
export function CallPage({ user }: { user: Session }) {
  const callId = useNamed('/calls') ?? ''
  const { list } = useWayBack(callId)
  // The moment that the list says of a call is the one its page says.
  usePageZone(list === null ? null : zoneOfList(list, user))
  return <CallRecord key={callId} callId={callId} user={user} />
}

function CallRecord({ callId, user }: { callId: string; user: Session }) {
  useOpenCallSubscription(callId)
  const open = useOpenCall(callId, whole)
  const store = useLiveStore()
  const { back, name } = useWayBack(callId)
  useActionContext(() => ({ call: store.call(callId) ?? null }))
  useCallTitle(open?.call ?? null)
  return (
    <div className="call-page">
      <PageHeader title="Call" />
      {open?.status === 'not-found' && (
        <Notice title="Call not found.">
          <p>It may be another person’s call, or one that is not kept any more.</p>
          <Button onClick={back}>{name}</Button>
        </Notice>
      )}
      {open?.status === 'ready' ? (
        <Record open={open} user={user} />
      ) : (
        open?.status !== 'not-found' && <Notice title="Loading the call…" />
      )}
    </div>
  )
}

function Record({ open, user }: { open: OpenCall; user: Session }) {
  const { callId, call, lines, total } = open
  const api = useApi()
  const isWide = useMediaQuery('(min-width: 1500px)', false, atOnce)
  const isNarrow = useMediaQuery('(max-width: 1099px)', false, atOnce)
  const [tab, setTab] = useState<Tab>(isNarrow ? 'transcript' : 'qa')
  const [line, setLine] = useLineOfAddress(callId)
  const [jump, setJump] = useState<{ lineNumber: number } | null>(null)
  const [ownScore, setOwnScore] = useState<QAScore | null>(null)
  const [playFrom, setPlayFrom] = useState<{ lineId: number } | null>(null)
  const [canPlay, setCanPlay] = useState(false)
  const [signals] = useState(() => ({
    inSight: createSignal<Sight | null>(null),
    position: createSignal<number | null>(null),
    spoken: createSignal<number | null>(null),
  }))
  const records = useCallRecords(api, callId, user.role, open)
  useAllLines(open)
  const now = useServerNow(5000)
  const startedAt = call ? Date.parse(call.started_at) : 0
  const isRunning = call !== null && isLive(call.status)
  const lastSaid = Date.parse(lines.at(-1)?.timestamp ?? '') || 0
  const endsAt = Math.max(
    isRunning ? now : Date.parse(call?.ended_at ?? '') || now,
    lastSaid,
    startedAt + 1000,
  )
  const { trail, escalations } = records
  const lane = useMemo(
    () => (trail.status === 'ready' ? deedsOfTrail(trail.events) : deedsOfEscalations(escalations)),
    [trail, escalations],
  )
  const marks = useMemo(
    () => lane.flatMap(({ meaning, ...deed }) => (meaning ? [{ ...deed, meaning }] : [])),
    [lane],
  )
  const goToLine = useCallback(
    (lineId: number) => {
      if (isNarrow) setTab('transcript')
      setLine(lineId)
    },
    [isNarrow, setLine],
  )
  const linkTo = useCallback(
    (lineId: number) => `${location.origin}/calls/${encodeURIComponent(callId)}?line=${lineId}`,
    [callId],
  )
  // An address that names a line is read at the line, whatever was shown.
  useEffect(() => {
    if (line && isNarrow) setTab('transcript')
  }, [line, isNarrow])
  const fresher = (open.qaScore?.updated_at ?? '') >= (ownScore?.updated_at ?? '') ? open.qaScore : ownScore
  const shown = isWide ? null : tab
  const showsScript = !isNarrow || tab === 'transcript'
  const jumpTo = (lineNumber: number) => {
    if (isNarrow) setTab('transcript')
    setJump({ lineNumber })
  }
  return (
    <>
      <div className={`call-main${showsScript ? '' : ' call-main-folded'}`}>
        <CallHead
          callId={callId}
          actPlace={-1}
          actCount={0}
          onNext={() => {}}
          onJump={jumpTo}
          tools={<CallTools callId={callId} user={user} />}
        />
        {isNarrow && <CallTabs tab={tab} withScript onTab={setTab} />}
        {showsScript && (
          <>
            <MoodCurve
              lines={lines}
              firstNumber={total - lines.length + 1}
              startedAt={startedAt}
              endsAt={endsAt}
              isLive={isRunning}
              marks={marks}
              inSight={signals.inSight}
              playing={signals.position}
              onLine={goToLine}
            />
            <RecordingRow
              callId={callId}
              role={user.role}
              isRecorded={isRunning ? false : records.isRecorded}
              isLive={isRunning}
              lines={lines}
              startedAt={startedAt}
              position={signals.position}
              spoken={signals.spoken}
              playFrom={playFrom}
              onReady={setCanPlay}
            />
            {isRunning && <ClaimBar callId={callId} meId={user.user_id} role={user.role} />}
            {isRunning && <HoldBanners callId={callId} role={user.role} />}
            <Transcript
              callId={callId}
              jump={jump}
              paused={false}
              line={line}
              linkTo={linkTo}
              lane={lane}
              onPlay={canPlay ? (lineId) => setPlayFrom({ lineId }) : undefined}
              spoken={signals.spoken}
              inSight={signals.inSight}
            />
          </>
        )}
        {(showsScript || tab === 'notes') && (
          <CallComposer callId={callId} role={user.role} isLive={isRunning} />
        )}
      </div>
      {!(isNarrow && tab === 'transcript') && (
        <div className="call-beside">
          {!isWide && !isNarrow && <CallTabs tab={tab} withScript={false} onTab={setTab} />}
          <CallSide
            open={open}
            score={fresher}
            records={records}
            user={user}
            api={api}
            tab={shown}
            onLine={goToLine}
            onJump={jumpTo}
            onScore={setOwnScore}
          />
        </div>
      )}
      <PrintSheet
        open={open}
        escalations={escalations}
        reader={can(user.role, 'calls.download') ? (user.name ?? user.email ?? user.user_id) : null}
      />
    </>
  )
}

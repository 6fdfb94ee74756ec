// What hangs on a call and does not come by its stream: all escalations, why its score is what it is, its trail.
import { useCallback, useEffect, useState } from 'react'
import type { QaFinding } from '#contract/qa-endpoints.ts'
import { type Role, can } from '#contract/permissions.ts'
import type { Escalation } from '#contract/transcript.ts'
import { type Trail, trailPiece } from '#src/features/call-detail/audit-card.tsx'
import type { Api } from '#src/lib/api.ts'
import { systemClock } from '#src/lib/clock.ts'
import type { OpenCall } from '#src/live/live-state.ts'
import { problemWords } from '#src/ui/problem-words.ts'

export interface CallRecords {
  /** Oldest first; the newest as the stream tells it. */
  escalations: readonly Escalation[]
  /** Undefined until it is known whether there is one. */
  isRecorded: boolean | undefined
  findings: readonly QaFinding[] | null
  explains: boolean
  trail: Trail
  /** The next part of the trail, or another try. */
  more: () => void
}

/** While a call goes on what is read of it may be this old, ms: every line changes its score. */
const restMs = 4000

/** Runs `read` now, and again a while after `version` changed. */
function useRead(version: string, read: () => void): void {
  const [first] = useState(version)
  useEffect(() => {
    if (version === first) {
      read()
      return
    }
    return systemClock.after(restMs, read)
  }, [version, first, read])
}

/** Reads and keeps them up to date with the open call. */
export function useCallRecords(
  api: Api,
  callId: string,
  role: Role,
  open: OpenCall | undefined,
): CallRecords {
  const [detail, setDetail] = useState<{ escalations: readonly Escalation[]; isRecorded: boolean } | null>(
    null,
  )
  const [why, setWhy] = useState<{ findings: readonly QaFinding[]; explains: boolean } | null>(null)
  const [trail, setTrail] = useState<Trail>({ status: can(role, 'audit.read') ? 'loading' : 'denied' })
  const [events, setEvents] = useState(trailPiece)
  const isThere = open?.status === 'ready'

  const readDetail = useCallback(async () => {
    const answer = isThere
      ? await api.request('GET /api/v1/calls/:call_id', { params: { call_id: callId } })
      : null
    if (answer?.ok)
      setDetail({
        escalations: answer.value.escalations ?? [],
        isRecorded: answer.value.recording_url !== undefined,
      })
  }, [api, callId, isThere])
  const readWhy = useCallback(async () => {
    const answer = isThere
      ? await api.request('GET /api/v1/calls/:call_id/qa', { params: { call_id: callId } })
      : null
    if (answer?.ok) setWhy(answer.value)
  }, [api, callId, isThere])
  const readTrail = useCallback(async () => {
    if (!isThere || !can(role, 'audit.read')) return
    const answer = await api.request('GET /api/v1/audit/calls/:call_id', {
      params: { call_id: callId },
      query: { limit: Math.min(1000, events) },
    })
    if (answer.ok) setTrail({ status: 'ready', ...answer.value })
    else
      setTrail((held) =>
        held.status === 'ready' ? held : { status: 'failed', words: problemWords(answer.problem) },
      )
  }, [api, callId, isThere, role, events])

  const status = open?.call?.status ?? ''
  useRead(`${isThere} ${status} ${open?.escalation?.id ?? ''}`, readDetail)
  useRead(`${isThere} ${open?.qaScore?.updated_at ?? ''}`, readWhy)
  useRead(`${isThere} ${events} ${trailVersion(open)}`, readTrail)
  const more = useCallback(() => {
    if (trail.status === 'ready') setEvents((held) => held + trailPiece)
    else void readTrail()
  }, [trail.status, readTrail])
  return {
    escalations: withNewest(detail?.escalations ?? [], open?.escalation ?? null),
    isRecorded: detail?.isRecorded,
    findings: why?.findings ?? null,
    explains: why?.explains ?? true,
    trail,
    more,
  }
}

/** Another text when something was done on the call. */
function trailVersion(open: OpenCall | undefined): string {
  if (!open) return ''
  const { call, interventions, notes, escalation, qaScore } = open
  return [
    call?.status,
    call?.claimed_by?.id,
    call?.alerts?.map(({ id, state }) => id + state).join(' '),
    interventions.map(({ state }) => state).join(' '),
    notes.length,
    escalation?.status,
    escalation?.transfer?.since,
    qaScore?.review?.at,
  ].join('|')
}

function withNewest(known: readonly Escalation[], newest: Escalation | null): readonly Escalation[] {
  if (!newest) return known
  return [...known.filter(({ id }) => id !== newest.id), newest].sort((a, b) => a.id - b.id)
}

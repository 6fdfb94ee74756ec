// What helps on a call, fetched again when the caller said something new or another reason shows, and never more often.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Assist } from '#contract/assist.ts'
import type { Call } from '#contract/call.ts'
import type { ApiProblem } from '#contract/errors.ts'
import type { Result } from '#src/lib/result.ts'
import { useCall, useOpenCall } from '#src/live/use-live.ts'
import type { OpenCall } from '#src/live/live-state.ts'

export type LoadAssist = (callId: string) => Promise<Result<Assist, ApiProblem>>

/** At most one request in this time, ms: lines come faster than anybody reads articles. */
const pauseMs = 6000

const lastCustomerLine = (open: OpenCall | undefined): number =>
  open?.lines.findLast(({ speaker }) => speaker === 'customer')?.id ?? 0
const reasonsOf = (call: Call): string =>
  [
    call.status,
    call.escalation_status,
    ...(call.attention?.reasons ?? []).map(({ code, text }) => code + text),
  ].join()

export interface AssistState {
  /** The latest answer; kept while the next one is fetched. */
  assist: Assist | null
  /** The latest request failed. */
  problem: ApiProblem | null
  retry: () => void
}

/** Follows the call. `load` must stay the same function. */
export function useAssist(callId: string, load: LoadAssist): AssistState {
  const line = useOpenCall(callId, lastCustomerLine)
  const reasons = useCall(callId, reasonsOf)
  const [assist, setAssist] = useState<Assist | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [beat, setBeat] = useState(0)
  const askedAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    let isCurrent = true
    const wait = Math.max(0, askedAt.current + pauseMs - performance.now())
    const timer = setTimeout(async () => {
      askedAt.current = performance.now()
      const answer = await load(callId)
      if (!isCurrent) return
      setProblem(answer.ok ? null : answer.problem)
      if (answer.ok) setAssist(answer.value)
    }, wait)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [callId, load, line, reasons, beat])
  const retry = useCallback(() => {
    askedAt.current = Number.NEGATIVE_INFINITY
    setBeat((before) => before + 1)
  }, [])
  return { assist, problem, retry }
}

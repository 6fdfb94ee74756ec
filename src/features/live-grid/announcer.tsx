// What a screen reader is told of the floor: new act-now calls at once, everything else summed up every 15 s at most.
import { useEffect, useRef, useState } from 'react'
import type { Call } from '#contract/call.ts'
import { same } from '#src/lib/same.ts'
import { useFloor, useLoaded, useServerNow } from '#src/live/use-live.ts'
import { levelOf } from '#src/features/live-grid/attention-order.ts'
import { callerName } from '#src/features/live-grid/call-words.ts'

const summaryMs = 15_000

const actCalls = (calls: ReadonlyMap<string, Call>) =>
  [...calls.values()]
    .filter((call) => levelOf(call) === 'act')
    .map((call) => ({ id: call.id, words: `${callerName(call)}: ${call.attention?.reasons[0]?.text ?? ''}` }))

const sameIds = (a: { id: string }[], b: { id: string }[]) =>
  same(
    a.map(({ id }) => id),
    b.map(({ id }) => id),
  )

const summary = (calls: ReadonlyMap<string, Call>) => {
  const levels = { act: 0, watch: 0, calm: 0 }
  for (const call of calls.values()) levels[levelOf(call)] += 1
  return `${calls.size} calls, ${levels.act} act now, ${levels.watch} to watch`
}

/** Two live regions that are empty at load. */
export function Announcer() {
  const acts = useFloor(actCalls, sameIds)
  const loaded = useLoaded()
  const known = useRef<Set<string> | null>(null)
  const [urgent, setUrgent] = useState('')
  useEffect(() => {
    if (!loaded) return
    const before = known.current
    known.current = new Set(acts.map(({ id }) => id))
    const fresh = before ? acts.filter(({ id }) => !before.has(id)) : []
    if (fresh.length > 0) setUrgent(`Act now: ${fresh.map(({ words }) => words).join('. ')}`)
  }, [acts, loaded])
  return (
    <>
      <div className="sr-only" role="alert" data-announce="act-now">
        {urgent}
      </div>
      <Summary />
    </>
  )
}

function Summary() {
  const words = useFloor(summary)
  const beat = useServerNow(summaryMs)
  const first = useRef(beat)
  const [said, setSaid] = useState('')
  const latest = useRef(words)
  useEffect(() => {
    latest.current = words
  })
  useEffect(() => {
    if (beat !== first.current) setSaid(latest.current)
  }, [beat])
  return (
    <div className="sr-only" role="status" data-announce="summary">
      {said}
    </div>
  )
}

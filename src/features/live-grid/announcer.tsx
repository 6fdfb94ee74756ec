// What a screen reader is told of the floor: new act-now calls at once, everything else summed up every 15 s at most.
import { useEffect, useRef, useState } from 'react'
import { useDigest, useLoaded, useServerNow } from '#src/live/use-live.ts'

const summaryMs = 15_000

/** Two live regions that are empty at load. */
export function Announcer() {
  const acts = useDigest((digest) => digest.acts)
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
  const { all, act, watch } = useDigest(({ levels }) => levels)
  const words = `${all} calls, ${act} act now, ${watch} to watch`
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

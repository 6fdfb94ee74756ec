// The strip over the board: what the floor is doing now, each figure with what makes it readable.
import type { ReactNode } from 'react'
import { formatDuration } from '#src/lib/duration.ts'
import { formatCount, formatMood } from '#src/lib/format.ts'
import { useConnection, useDigest, useLoaded, useServerNow } from '#src/live/use-live.ts'
import { moodGlyph, moodStep, moodWord } from '#src/ui/mood-scale.ts'
import { StateMark } from '#src/ui/state-mark.tsx'
import './floor-strip.css'

/** A person should have been found by then, seconds. */
const waitTargetSeconds = 30

/** Live calls, who needs someone, who waits, people and pauses, and the mood of the floor. */
export function FloorStrip() {
  const sums = useDigest(({ sums }) => sums)
  const loaded = useLoaded()
  const { status } = useConnection()
  if (!loaded) return <div className="kpis" aria-busy="true" />
  const { live, inbound, act, watch, waiting, humanOn, paused, mood, moodCalls } = sums
  return (
    <dl className="kpis" aria-label="The floor now" data-stale={status === 'live' ? undefined : true}>
      <Tile label="Live calls" figure={formatCount(live)}>
        <span className="wide kpi-parts">
          <span>{formatCount(inbound)} in</span> <span>· {formatCount(live - inbound)} out</span>
        </span>
      </Tile>
      <Tile label="Need someone" figure={formatCount(act)}>
        <span className={act > 0 ? 'tx-act strong' : ''}>{act > 0 && <StateMark meaning="act" />} act</span>{' '}
        <span className={watch > 0 ? 'tx-attention strong' : ''}>
          {watch > 0 && <StateMark meaning="attention" />} {formatCount(watch)} watch
        </span>
      </Tile>
      <Tile label="Escalations waiting" figure={formatCount(waiting)}>
        <Waiting since={sums.waitingSince} />
      </Tile>
      <Tile label="Human on" figure={formatCount(humanOn)}>
        {humanOn > 0 && <StateMark meaning="human" />} of {formatCount(live)}
      </Tile>
      <Tile label="AI paused" figure={formatCount(paused)}>
        {paused > 0 && <StateMark meaning="paused" />} {paused > 0 ? 'callers wait' : 'none'}
      </Tile>
      <Tile label="Mood, floor" figure={mood === null ? '–' : formatMood(mood)}>
        {mood !== null && (
          <span className={`mood-${moodStep(mood)}`}>
            {moodGlyph(mood)} {moodWord(mood)}
          </span>
        )}
        <span className="wide"> {formatCount(moodCalls)} calls</span>
      </Tile>
    </dl>
  )
}

function Tile({ label, figure, children }: { label: string; figure: string; children: ReactNode }) {
  return (
    <div className="kpi">
      <dt className="label">{label}</dt>
      <dd>
        <b>{figure}</b> <span>{children}</span>
      </dd>
    </div>
  )
}

function Waiting({ since }: { since: number | null }) {
  const now = useServerNow(1000)
  if (since === null)
    return (
      <>
        <span className="tx-met">
          <StateMark meaning="met" />
        </span>{' '}
        nobody waits
      </>
    )
  const late = now - since > waitTargetSeconds * 1000
  return (
    <>
      <span className={late ? 'tx-attention strong' : ''}>
        {late && <StateMark meaning="attention" />} {formatDuration(now - since)}
      </span>{' '}
      / {formatDuration(waitTargetSeconds * 1000)}
    </>
  )
}

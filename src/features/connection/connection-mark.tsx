// The one mark on every page that says how the console stands to the server, and how old what it shows is.
import { describeDuration } from '#src/lib/duration.ts'
import type { Connection } from '#src/lib/connection.ts'
import { useConnection, useDataAge, useLiveActions, useServerNow } from '#src/live/use-live.ts'
import { clockText } from '#src/ui/clock-text.ts'
import { type Meaning, StateMark } from '#src/ui/state-mark.tsx'
import './connection-mark.css'

export type MarkState = 'live' | 'catching-up' | 'stale' | 'offline'

/** A gap is told for this long after the page has caught up. */
const gapToldMs = 20_000

/** The four states a supervisor tells apart. */
export function markState({ status }: Connection): MarkState {
  if (status === 'live' || status === 'stale') return status
  return status === 'catching-up' || status === 'connecting' ? 'catching-up' : 'offline'
}

const meanings: Record<MarkState, Meaning> = {
  live: 'live',
  'catching-up': 'stale',
  stale: 'attention',
  offline: 'attention',
}

/** Words, age of the data, and a retry while offline. */
export function ConnectionMark() {
  const connection = useConnection()
  const { retryNow } = useLiveActions()
  const state = markState(connection)
  return (
    <div className="connection">
      <Gap connection={connection} />
      <span className={`conn conn-${state}`} data-connection={state}>
        <StateMark meaning={meanings[state]} />
        {state === 'live' ? <LiveWords /> : <ConnectionWords connection={connection} state={state} />}
      </span>
      {state === 'offline' && connection.status !== 'refused' && (
        <button type="button" className="link" onClick={retryNow}>
          Retry now
        </button>
      )}
    </div>
  )
}

/** Together with the clocks of the rows: in between it would cost a frame of its own each time. */
function LiveWords() {
  const ms = useDataAge()
  const age = ms === null ? null : ms / 1000
  return (
    <>
      <b>live</b>
      <span className="conn-age">
        {age === null ? '' : `· ${age < 10 ? age.toFixed(1) : Math.round(age)} s`}
      </span>
    </>
  )
}

function ConnectionWords({ connection, state }: { connection: Connection; state: MarkState }) {
  const now = useServerNow(1000)
  const { since, lastFrameAt, nextTryAt, clockOffsetMs, status, reason } = connection
  if (status === 'connecting') return <b>connecting</b>
  if (state === 'catching-up') return <b>catching up</b>
  if (state === 'stale') return <b>stale since {clockText(lastFrameAt ?? since)}</b>
  if (status === 'refused') return <b>{reason ?? 'refused'}</b>
  const wait = nextTryAt === null ? null : Math.max(0, Math.floor((nextTryAt + clockOffsetMs - now) / 1000))
  return (
    <>
      <b>offline</b>
      {wait !== null && <span>· next try in {wait} s</span>}
    </>
  )
}

function Gap({ connection }: { connection: Connection }) {
  const now = useServerNow(1000)
  const { status, lastGapMs, lastGapAt } = connection
  if (status !== 'live' || lastGapMs === null || lastGapAt === null || now - lastGapAt > gapToldMs)
    return null
  return (
    <span className="conn-gap" role="status">
      <span className="conn-gap-more">You </span>missed{' '}
      {lastGapMs < 1000 ? 'less than a second' : describeDuration(lastGapMs)}
      <span className="conn-gap-more">, caught up</span>
    </span>
  )
}

// A small server of the live protocol for one stream of calls: log, snapshot, resume, held-back lines, and faults.
import { applyToCall, callIdOf } from '#contract/apply-event.ts'
import type { Call } from '#contract/call.ts'
import type { CallChange, EventFrame, SubscribeData } from '#contract/protocol.ts'
import type { FakeSocket } from '#tests/support/fake-transport.ts'

export interface FakeFloor {
  /** What a console that missed nothing shows. */
  truth: Map<string, Call>
  log: EventFrame[]
  snapshots: number
  resumes: number
  /** Calls of which a snapshot told changes only. */
  changes: number
  /** Takes over a connection. */
  attach(socket: FakeSocket): void
  /** A fact happens. Logged now, delivered later. */
  happen(frame: EventFrame): void
  /** Holds back lines, as a merging stream may, until `release`. */
  holdLines(hold: boolean): void
  /**
   * While held, of a snapshot only the first part is sent, or, with 'all', only the calls that were asked for first; the rest
   * comes when it is held no more.
   */
  holdParts(hold: boolean | 'all'): void
  /** Sends what is due as one batch. */
  deliver(): void
  /** Sends what is due into the void: the console sees a gap or a lost tail. */
  lose(): void
  /** Sends frames from before the last one again. */
  repeat(count: number): void
  heartbeat(): void
  /** The data were replaced: positions of before mean nothing. */
  newLog(): void
  /** While refused, whatever was missed is answered with a snapshot. */
  refuseResumes(refuse: boolean): void
}

/** A floor without calls. `clockNow` gives the server's time. */
export function createFakeFloor(clockNow: () => number): FakeFloor {
  let socket: FakeSocket | null = null
  let subscribed = false
  let sent = 0
  let lastSeq = 0
  let logName = 1
  let holding = false
  let refusesResumes = false
  let holdsParts: boolean | 'all' = false
  const heldParts: (() => void)[] = []
  const held: EventFrame[] = []
  const stamp = (): string => new Date(clockNow()).toISOString()

  const floor: FakeFloor = {
    truth: new Map(),
    log: [],
    snapshots: 0,
    resumes: 0,
    changes: 0,
    attach(next) {
      socket = next
      subscribed = false
      held.length = 0
      heldParts.length = 0
      next.onSend = (frame) => {
        if (frame.event === 'subscribe' && frame.data.type === 'all_calls') subscribe(frame.data)
      }
      next.open()
    },
    happen(frame) {
      const seq = floor.log.length + 1
      floor.log.push({ ...frame, seq })
      if (frame.event === 'call.left') {
        floor.truth.delete(frame.data.call_id)
        return
      }
      const isWhole = frame.event === 'call.started' || frame.event === 'call.updated'
      const id = isWhole ? frame.data.call.id : frame.data.call_id
      const known = floor.truth.get(id)
      if (known) floor.truth.set(id, applyToCall(known, frame))
      else if (isWhole) floor.truth.set(id, frame.data.call)
    },
    holdLines(hold) {
      holding = hold
    },
    holdParts(hold) {
      holdsParts = hold
      if (!hold) for (const say of heldParts.splice(0)) say()
    },
    deliver() {
      const frames = due()
      if (frames.length > 0) socket?.say({ event: 'batch', stream: 'calls', frames, safe: safe() })
    },
    lose() {
      // A held-back line that is lost alone leaves no trace in the chain; the next line of its call replaces it.
      if (!holding && held.length > 0) floor.deliver()
      else due()
    },
    repeat(count) {
      if (!subscribed || count === 0) return
      const frames = floor.log
        .slice(0, sent)
        .slice(-count - 1, -1)
        .map((frame) => ({ ...frame, prev: (frame.seq ?? 1) - 1, safe: safe() }))
      if (frames.length > 0) socket?.say({ event: 'batch', stream: 'calls', frames, safe: safe() })
    },
    heartbeat() {
      const streams = subscribed ? { calls: { seq: sent, safe: safe() } } : {}
      socket?.say({ event: 'heartbeat', at: stamp(), streams })
    },
    newLog() {
      logName += 1
      floor.log.length = 0
      sent = 0
    },
    refuseResumes(refuse) {
      refusesResumes = refuse
    },
  }

  const safe = (): number => (held.length > 0 ? Math.min(...held.map(({ seq }) => seq ?? 1)) - 1 : sent)

  function due(): EventFrame[] {
    if (!subscribed) return []
    const out: EventFrame[] = []
    if (!holding) for (const frame of held.splice(0)) out.push(chained(frame))
    for (const frame of floor.log.slice(sent)) {
      sent = frame.seq ?? sent
      if (holding && frame.event === 'interaction.added') held.push(frame)
      else out.push(chained(frame))
    }
    return out.map((frame) => ({ ...frame, safe: safe() }))
  }

  function chained(frame: EventFrame): EventFrame {
    const placed = { ...frame, prev: lastSeq }
    lastSeq = frame.seq ?? lastSeq
    return placed
  }

  /** What a client that holds the floor as of `since` lacks of a call; null when that is more than a few members. */
  function changeOf(call: Call, since: number): CallChange | null {
    const { id, attention, last_line, mood, mood_at, sentiment, sentiment_score } = call
    const missed = floor.log.filter((frame) => (frame.seq ?? 0) > since && callIdOf(frame) === id)
    const change: CallChange = { id, ...(attention ? { attention } : {}) }
    for (const { event } of missed)
      if (event === 'interaction.added') Object.assign(change, { last_line })
      else if (event === 'sentiment.changed')
        Object.assign(change, { mood, mood_at, sentiment, sentiment_score })
      else return null
    return change
  }

  function subscribe({ since = 0, log, first = [], holds = false, sub }: SubscribeData): void {
    const name = `log-${logName}`
    held.length = 0
    heldParts.length = 0
    subscribed = true
    const isPast = since > 0 && log === name && since <= floor.log.length
    const mayResume = isPast && !refusesResumes
    const seq = mayResume ? since : floor.log.length
    const mode = mayResume ? 'resumed' : 'snapshot'
    sent = seq
    lastSeq = seq
    socket?.say({
      event: 'subscribed',
      data: { stream: 'calls', seq, log: name, mode, ...(sub === undefined ? {} : { sub }) },
      at: stamp(),
    })
    if (mayResume) {
      floor.resumes += 1
      floor.deliver()
      return
    }
    floor.snapshots += 1
    const calls = [...floor.truth.values()]
    const half = Math.ceil(calls.length / 2)
    const wanted = calls.filter(({ id }) => first.includes(id))
    for (const part of wanted.length > 0 ? [0, 1, 2] : [1, 2]) {
      const some = [wanted, calls.slice(0, half), calls.slice(half)][part] as Call[]
      const told = some.map((call) => ({ call, change: isPast && holds ? changeOf(call, since) : null }))
      const changes = told.flatMap(({ change }) => change ?? [])
      floor.changes += changes.length
      const whole = told.flatMap(({ call, change }) => (change ? [] : call))
      const say = (): void => {
        const data = { stream: 'calls' as const, part, parts: 2, seq, calls: whole }
        socket?.say({
          event: 'snapshot',
          data: isPast && holds ? { ...data, changes } : data,
          at: stamp(),
        })
      }
      if (holdsParts && part > (holdsParts === 'all' ? 0 : 1)) heldParts.push(say)
      else say()
    }
  }

  return floor
}

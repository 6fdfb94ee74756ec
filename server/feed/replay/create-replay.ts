// The replay feed: recorded conversations played as live calls, so many at a time, until stopped or over.
import type { Clock } from '#server/domain/clock.ts'
import type { Fact } from '#server/domain/fact.ts'
import type { VoicePlatform } from '#server/domain/voice-platform.ts'
import { recordedPlatform } from '#server/feed/replay/recorded-platform.ts'
import type { ReplayFault } from '#server/feed/replay/recording.ts'
import { recordingSource } from '#server/feed/replay/recording-source.ts'
import { type ReplayBusiness, recordingSteps } from '#server/feed/replay/recording-steps.ts'
import { type ReplayCall, startReplayCall } from '#server/feed/replay/replay-call.ts'
import { createRandom } from '#server/feed/simulator/random.ts'
import { type Ingest, IngestUnavailable } from '#server/ingest/port.ts'
import type { Logger } from '#server/telemetry/logger.ts'

export interface ReplayOptions {
  clock: Clock
  ingest: Ingest
  companyId: string
  /** Calls are dealt out over these, unless a recording names its own. */
  businesses: readonly ReplayBusiness[]
  file: string
  /** Times as fast as life; 1 when absent. */
  speed?: number
  /** Begins again when the file is over; true when absent. */
  loop?: boolean
  /** Calls on the line at a time; 40 when absent. */
  maxConcurrent?: number
  log: Pick<Logger, 'info' | 'warn'>
}

export interface ReplayStats {
  active: number
  started: number
  ended: number
  /** Rows that could not be read. */
  faults: number
  /** Conversations in the file; null until it was read to its end. */
  recordings: number | null
  /** True when the file is over, does not loop, and the last call has ended. */
  finished: boolean
}

export interface Replay {
  /** Opens the file and starts calls. Rejects with `ReplayFileError` when there is nothing to play. */
  start(): Promise<void>
  /** Ends every playing call and resolves when that is committed, or cannot be. */
  stop(): Promise<void>
  stats(): ReplayStats
  /** Rows that were left out, by line of the file; at most 1,000. */
  readonly faults: readonly ReplayFault[]
  /** Commands for the calls of this replay. */
  readonly platform: VoicePlatform
}

/** The floor fills within this time at speed 1. */
const fillMs = 45_000
const mostBetweenStartsMs = 3000
/** Between the end of a call and the next one in its place. */
const pauseMs = { least: 500, most: 4000 }
/** Faults that are logged one by one; the number of all is logged too. */
const loggedFaults = 20

/** A replay; nothing happens until `start`. */
export function createReplay(options: ReplayOptions): Replay {
  const { clock, ingest, companyId, businesses, file, log } = options
  const { speed = 1, loop = true, maxConcurrent = 40 } = options
  if (!(speed > 0)) throw new RangeError('The speed of a replay must be above 0.')
  const playing = new Map<string, ReplayCall>()
  const random = createRandom('replay')
  let started = 0
  let ended = 0
  let stopping = false
  let finished = false
  let filling: Promise<void> = Promise.resolve()
  let wake = () => {}

  const source = recordingSource({
    file,
    loop,
    onFault({ line, message }) {
      if (source.faultCount() <= loggedFaults)
        log.warn({ line, reason: message }, 'Row of the recordings left out')
    },
  })

  async function submit(facts: readonly Fact[]): Promise<void> {
    try {
      await ingest.submit({ companyId, facts })
    } catch (err) {
      if (err instanceof IngestUnavailable && !stopping) throw err
      // Trying again would not help: the call goes on without these facts.
      log.warn({ err, facts: facts.length }, 'Facts of a recording were not taken')
    }
  }

  function wait(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : clock.setTimeout(resolve, ms)
      wake = () => {
        if (timer !== undefined) clock.clearTimeout(timer)
        resolve()
      }
    })
  }

  async function startNext(runId: string): Promise<boolean> {
    const recording = await source.next()
    if (recording === null || stopping) return false
    const index = started++
    const pauses = random.fork(String(index))
    const callId = `replay-${runId}-${index + 1}`
    const steps = recordingSteps(recording, {
      id: callId,
      index,
      businesses,
      random: () => pauses.next(),
    })
    const call = startReplayCall({ clock, callId, steps, speed, submit })
    playing.set(callId, call)
    void call.over.then(() => {
      playing.delete(callId)
      ended++
      wake()
    })
    return true
  }

  async function fill(runId: string): Promise<void> {
    const spacing = Math.min(mostBetweenStartsMs, fillMs / maxConcurrent) / speed
    let full = false
    while (!stopping) {
      if (playing.size >= maxConcurrent) {
        full = true
        await wait()
        continue
      }
      const pause = full ? random.between(pauseMs.least, pauseMs.most) : 0
      if (pause > 0) await wait(pause / speed)
      if (stopping || !(await startNext(runId))) break
      if (!full) await wait(spacing)
    }
    await Promise.all([...playing.values()].map((call) => call.over))
    finished = true
  }

  return {
    faults: source.faults,
    platform: recordedPlatform((callId, facts) => {
      return playing.get(callId)?.end(facts) ?? false
    }),
    async start() {
      await source.open()
      const recordings = source.size()
      log.info(
        { recordings, faults: source.faultCount(), speed, loop },
        'Replay of recorded conversations starts',
      )
      filling = fill(clock.now().toString(36)).catch((err: unknown) => {
        finished = true
        log.warn({ err }, 'The recordings cannot be read any further')
      })
    },
    async stop() {
      stopping = true
      const reason = 'The replay was stopped.'
      for (const call of playing.values())
        call.end([{ event: 'call.ended', data: { call_id: call.callId, status: 'completed', reason } }])
      wake()
      await filling
      await source.close()
    },
    stats: () => ({
      active: playing.size,
      started,
      ended,
      faults: source.faultCount(),
      recordings: source.size(),
      finished,
    }),
  }
}

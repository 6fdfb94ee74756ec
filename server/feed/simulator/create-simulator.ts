// The simulated call centre: calls come in like real ones, are talked through, and obey the supervisor.
import type { Clock } from '#server/domain/clock.ts'
import { createAgenda } from '#server/feed/simulator/agenda.ts'
import { busiest, dayCurve } from '#server/feed/simulator/day-curve.ts'
import type { SimulatorDirectory } from '#server/feed/simulator/directory.ts'
import type { Floor, LiveCall } from '#server/feed/simulator/live-call.ts'
import { type CallWish, makeCall, meanLengthMs } from '#server/feed/simulator/make-call.ts'
import { reportReceipt } from '#server/feed/simulator/call-facts.ts'
import { handBack } from '#server/feed/simulator/hand-back.ts'
import { type OutboxLog, createOutbox } from '#server/feed/simulator/outbox.ts'
import { beginCall, finishCall } from '#server/feed/simulator/play-call.ts'
import { createRandom } from '#server/feed/simulator/random.ts'
import { scenes } from '#server/feed/simulator/scene.ts'
import type { Simulator, SimulatorSettings } from '#server/feed/simulator/simulator.ts'
import { createDoor, rememberIn } from '#server/feed/simulator/take-command.ts'
import type { Ingest } from '#server/ingest/port.ts'

const tickMs = 100
// A machine that slept goes on where it was instead of living through the night at once.
const sleptMs = 10_000
// While this much waits for ingest, no new call comes up; those on the line talk on.
const fullOutbox = 100_000
const rememberedEnds = 20_000
// A floor of thousands is met with its last lines only: its whole past would take minutes to store.
const prefillLines = 40_000
const lineEveryMs = 5500
const drainMs = 5000
/** How often a person gives the call back to the AI instead of ending it. */
const handBackChance = 0.35

interface SimulatorParts {
  clock: Clock
  /** The same seed on the same clock gives the same day. */
  seed: string
  ingest: Ingest
  directory: SimulatorDirectory
  settings: SimulatorSettings
  log: OutboxLog
}

/** A simulated call centre of one company. Nothing happens before `start`. */
export function createSimulator({
  clock,
  seed,
  ingest,
  directory,
  settings,
  log,
}: SimulatorParts): Simulator {
  const { calls: level, speed, mostWaiting = fullOutbox } = settings
  const scene = scenes[settings.scene]
  const random = createRandom(seed)
  const agenda = createAgenda()
  const outbox = createOutbox({ companyId: directory.companyId, ingest, clock, log })
  const live = new Map<string, LiveCall>()
  const ended = new Map<string, true>()
  const meanLength = meanLengthMs(directory, scene, random.fork('length')) / speed
  const meanGapMs = meanLength / Math.max(level * scene.arrivals, 1e-9)
  const arrivals = random.fork('arrivals')
  let state: 'idle' | 'running' | 'stopped' = 'idle'
  let run = ''
  let drawn = 0
  let started = 0
  let endedCount = 0
  let at = 0
  let lastTick = 0
  let timer: unknown

  const floor: Floor = {
    agenda,
    scene,
    now: () => at,
    after: (ms) => at + ms / speed,
    report: (fact) => outbox.add(fact),
    mayHandBack: (call) => {
      const does = call.random.chance(handBackChance)
      if (does) handBack(floor, call)
      return does
    },
    leave: (call) => {
      live.delete(call.id)
      rememberIn(ended, call.id, true, rememberedEnds)
      endedCount++
    },
  }

  const begin = (call: LiveCall) => {
    live.set(call.id, call)
    started++
    beginCall(floor, call)
  }

  // Calls that supervisors dial are not counted here, so that they leave the day as it is.
  const nextCall = (wish: CallWish = {}) => {
    const n = drawn++
    return makeCall({
      id: `sim-${run}-${n.toString(36)}`,
      n,
      directory,
      scene,
      random: random.fork(`call${n}`),
      wish,
    })
  }

  // Arrivals of a day that is busier at times: drawn at the busiest rate, then thinned out by the curve.
  const awaitNext = () => {
    agenda.at(at + arrivals.exponential(meanGapMs / busiest), () => {
      if (state !== 'running') return
      const comes = arrivals.chance(dayCurve(at) / busiest)
      if (comes && outbox.waiting < mostWaiting) begin(nextCall())
      awaitNext()
    })
  }

  const runTo = (now: number) => {
    agenda.runUntil(now, (due) => {
      at = due
    })
    at = now
  }

  const tick = () => {
    const now = clock.now()
    if (now - lastTick > sleptMs) agenda.shift(now - lastTick - tickMs)
    lastTick = now
    runTo(now)
    outbox.flush()
    timer = clock.setTimeout(tick, tickMs)
  }

  const prefill = (now: number) => {
    const linesEach = prefillLines / Math.max(level, 1)
    const reportedFrom = now - (linesEach * lineEveryMs) / speed
    for (let index = 0; index < level; index++) {
      const call = nextCall({ isUnderWay: true, reportedFrom })
      const age = (call.plan.durationMs / speed) * call.random.between(0.02, 0.98)
      agenda.at(now - age, () => begin(call))
    }
  }

  const dial: Parameters<typeof createDoor>[0]['dial'] = (command) => {
    const business = directory.businesses.find(({ id }) => id === command.businessId)
    const wish: CallWish = {
      direction: 'outbound',
      business,
      customerNumber: command.toNumber,
      metadata: { ...command.metadata },
      extras: {
        ...(command.fromNumber ? { from_number: command.fromNumber } : {}),
        ...(command.templateId ? { template_id: command.templateId } : {}),
      },
    }
    const own = random.fork(`dial${command.id}`)
    const call = makeCall({ id: command.callId, directory, scene, random: own, wish })
    agenda.at(floor.after(0), () => {
      if (call.state === 'ended') return
      begin(call)
      reportReceipt(floor, call.id, { commandId: command.id, state: 'applied' })
    })
    live.set(call.id, call)
  }

  const door = createDoor({
    directory,
    floor,
    isRunning: () => state === 'running',
    find: (id) => live.get(id),
    hasEnded: (id) => ended.has(id),
    dial,
  })

  return {
    send: (command, signal) => {
      if (state === 'running') at = Math.max(at, clock.now())
      return door.send(command, signal)
    },
    start(leftovers = []) {
      if (state !== 'idle') throw new Error('the simulator was started before')
      state = 'running'
      at = lastTick = clock.now()
      run = at.toString(36)
      const reason = 'The platform was restarted.'
      for (const call_id of leftovers)
        outbox.add({
          event: 'call.ended',
          data: { call_id, status: 'completed', ended_at: new Date(at).toISOString(), reason },
        })
      prefill(at)
      awaitNext()
      tick()
    },
    async stop() {
      if (state !== 'running') return
      state = 'stopped'
      clock.clearTimeout(timer)
      at = Math.max(at, clock.now())
      for (const call of [...live.values()])
        finishCall(floor, call, { status: 'completed', reason: 'The floor was closed.' })
      // What cut lines withheld comes now.
      agenda.runUntil(Number.POSITIVE_INFINITY, () => {})
      outbox.flush()
      await outbox.drained(drainMs)
      outbox.stop()
    },
    stats: () => ({
      live: live.size,
      started,
      ended: endedCount,
      waiting: outbox.waiting,
      retries: outbox.retries,
      rejected: outbox.rejected,
      arrivalsPerMinute: 60_000 / meanGapMs,
      meanLengthSeconds: meanLength / 1000,
    }),
  }
}

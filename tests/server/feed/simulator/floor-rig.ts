// A simulated floor on a clock in the test's hand, with an ingest that writes down every fact and checks its shape.
import { TelephonyEvent } from '#contract/telephony.ts'
import type { Clock } from '#server/domain/clock.ts'
import { callIdOf } from '#server/domain/fact.ts'
import type { ControlAnswer, ControlCommand } from '#server/domain/voice-platform.ts'
import { createSimulator } from '#server/feed/simulator/create-simulator.ts'
import type { SimulatorDirectory } from '#server/feed/simulator/directory.ts'
import type { SceneName } from '#server/feed/simulator/scene.ts'
import { type FactBatch, type Ingest, IngestUnavailable } from '#server/ingest/port.ts'

/** 14:00 UTC on a Friday, 8 in the morning on the floor. */
export const opening = Date.parse('2026-11-20T14:00:00.000Z')

export const directory: SimulatorDirectory = {
  companyId: 'demo',
  businesses: [
    { id: 'b-roof', name: 'Summit Roofing', kind: 'roofing', number: '+12105550100', aiName: 'Ava' },
    { id: 'b-plumb', name: 'Bluebonnet Plumbing', kind: 'plumbing', number: '+12105550101', aiName: 'Max' },
    { id: 'b-heat', name: 'Hearth Heating', kind: 'heating', number: '+12105550102', aiName: 'Nora' },
    { id: 'b-auto', name: 'Mission Auto', kind: 'auto', number: '+12105550103', aiName: 'Leo' },
  ],
  agents: [{ id: 'a-1', name: 'Dana Whitfield', skills: ['roofing'] }],
  owners: { csrAgentId: 'a-csr', techUserId: 'u-tech', repUserId: 'u-rep' },
}

export function createManualClock(start = opening) {
  let now = start
  let count = 0
  const timers = new Map<number, { due: number; fn: () => void }>()
  const set = (fn: () => void, ms: number) => {
    timers.set(++count, { due: now + Math.max(0, ms), fn })
    return count
  }
  const next = () => [...timers].sort(([a, x], [b, y]) => x.due - y.due || a - b)[0]
  const settle = async () => {
    for (let turn = 0; turn < 8; turn++) await Promise.resolve()
  }
  const clock: Clock = {
    now: () => now,
    setTimeout: set,
    clearTimeout: (handle) => void timers.delete(handle as number),
    setInterval: () => {
      throw new Error('the simulator keeps one timer of its own')
    },
    clearInterval: () => {},
  }
  return {
    clock,
    settle,
    /** Passes `ms`; every timer runs at its instant and what it started settles. */
    async pass(ms: number) {
      const until = now + ms
      for (let first = next(); first && first[1].due <= until; first = next()) {
        timers.delete(first[0])
        now = Math.max(now, first[1].due)
        first[1].fn()
        await settle()
      }
      now = until
      await settle()
    },
    /** The machine sleeps: time passes and nothing runs. */
    sleep: (ms: number) => {
      now += ms
    },
    get timers() {
      return timers.size
    },
  }
}

interface RigOptions {
  calls?: number
  speed?: number
  scene?: SceneName
  seed?: string
  mostWaiting?: number
  /** Off where so many facts pass that checking each would take the test's time. */
  checks?: boolean
  people?: SimulatorDirectory
}

type Line = Extract<TelephonyEvent, { event: 'interaction.added' }>['data']['interaction']

export function openFloor(options: RigOptions = {}) {
  const { calls = 8, speed = 1, scene = 'calm', seed = 'a seed', checks = true, people = directory } = options
  const time = createManualClock()
  const facts: TelephonyEvent[] = []
  const byCall = new Map<string, TelephonyEvent[]>()
  const batches: FactBatch[] = []
  const outage = { on: false, attempts: 0, fault: undefined as Error | undefined }
  const ingest: Ingest = {
    async submit(batch) {
      outage.attempts++
      if (outage.fault) throw outage.fault
      if (outage.on) throw new IngestUnavailable('the disk is full')
      batches.push(batch)
      for (const reported of batch.facts) {
        const fact = checks ? TelephonyEvent.parse(reported) : (reported as TelephonyEvent)
        facts.push(fact)
        const id = callIdOf(fact)
        const known = byCall.get(id)
        if (known) known.push(fact)
        else byCall.set(id, [fact])
      }
      return { duplicate: false, entries: [] }
    },
  }
  const log = { warn: () => {}, error: () => {} }
  const settings = {
    calls,
    speed,
    scene,
    ...(options.mostWaiting ? { mostWaiting: options.mostWaiting } : {}),
  }
  const simulator = createSimulator({ clock: time.clock, seed, ingest, directory: people, settings, log })
  let commands = 0

  const ofCall = (callId: string) => byCall.get(callId) ?? []
  const linesOf = (callId: string): Line[] =>
    ofCall(callId).flatMap((fact) => (fact.event === 'interaction.added' ? [fact.data.interaction] : []))
  const startedIds = () => facts.flatMap((fact) => (fact.event === 'call.started' ? [fact.data.call.id] : []))
  const hasEnded = (callId: string) => ofCall(callId).some(({ event }) => event === 'call.ended')
  const receiptsOf = (commandId: string) =>
    facts.flatMap((fact) =>
      fact.event === 'intervention.updated' && fact.data.command_id === commandId ? [fact.data] : [],
    )

  return {
    time,
    facts,
    batches,
    outage,
    simulator,
    ofCall,
    linesOf,
    startedIds,
    hasEnded,
    receiptsOf,
    liveIds: () => startedIds().filter((id) => !hasEnded(id)),
    /** Passes time until the condition holds; fails when it never does. */
    async until(holds: () => boolean, what: string, withinMs = 600_000) {
      for (let passed = 0; passed < withinMs; passed += 500) {
        if (holds()) return
        await time.pass(500)
      }
      throw new Error(`never came true: ${what}`)
    },
    /** Sends a command under a new id, or under the one given. */
    async command(
      callId: string,
      what: DistributiveOmit<ControlCommand, 'id' | 'companyId' | 'callId' | 'by'>,
      id = `cmd-${++commands}`,
    ): Promise<{ id: string; answer: ControlAnswer }> {
      const by = { id: 'u-manager', name: 'Morgan Manager' }
      const command = { id, companyId: people.companyId, callId, by, ...what } as ControlCommand
      return { id, answer: await simulator.send(command, new AbortController().signal) }
    },
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
export type FloorRig = ReturnType<typeof openFloor>

/** A call on which the AI and the customer are talking, and will be for a while. */
export async function talkingCall(rig: FloorRig): Promise<string> {
  const isTalking = (id: string) =>
    rig.linesOf(id).length >= 3 && rig.linesOf(id).length <= 10 && !rig.hasEnded(id)
  const longEnough = (id: string) => rig.linesOf(id).some(({ speaker }) => speaker === 'customer')
  await rig.until(() => rig.startedIds().some((id) => isTalking(id) && longEnough(id)), 'somebody talks')
  return rig.startedIds().findLast((id) => isTalking(id) && longEnough(id)) as string
}

/** A small floor on which a call is talking. */
export async function openWithTalk(seed = 'commands') {
  const rig = openFloor({ calls: 6, seed })
  rig.simulator.start()
  return { rig, callId: await talkingCall(rig) }
}

/** What was reported of the call itself, oldest first. */
export const updatesOf = (rig: FloorRig, callId: string) =>
  rig.ofCall(callId).flatMap((fact) => (fact.event === 'call.updated' ? [fact.data.call] : []))

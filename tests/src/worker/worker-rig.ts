// Page and worker in one process: a line that clones like the browser's, a fake wire behind the worker, time in the hand.
import type { Preferences } from '#contract/preferences.ts'
import type { CallSnapshot, EventFrame } from '#contract/protocol.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import type { LiveStore } from '#src/live/live-store.ts'
import { type ConnectedLive, connectLive } from '#src/worker/connect-live.ts'
import type { FromWorker, Port, ToWorker, Update } from '#src/worker/messages.ts'
import { serveLive } from '#src/worker/serve-live.ts'
import { makeCall, makeFrame } from '#tests/support/factories.ts'
import { type FakeClock, createFakeClock } from '#tests/support/fake-clock.ts'
import { type FakeFloor, createFakeFloor } from '#tests/support/fake-floor.ts'
import {
  type FakeSocket,
  type FakeTokens,
  type FakeWire,
  createFakeTokens,
  createFakeWire,
} from '#tests/support/fake-transport.ts'

export interface WorkerRig {
  clock: FakeClock
  wire: FakeWire
  floor: FakeFloor
  tokens: FakeTokens
  store: LiveStore
  live: ConnectedLive
  /** What the worker has posted, oldest first. */
  updates: Update[]
  /** When each of them was posted, ms of the rig's clock. */
  postedAt: number[]
  /** What the page has posted, oldest first. */
  toWorker: ToWorker[]
  /** What was told of the person's choices; null: some may have been missed. */
  choices: (Preferences | null)[]
  /** Calls that can be opened, by id. */
  details: Map<string, CallSnapshot>
  /** While held, the page is busy: what the worker posts waits for it. */
  holdPage(hold: boolean): void
  /** A frame of the stream of an open call. */
  tellOpen(callId: string, frame: EventFrame): void
  /** Facts happen and are delivered. */
  happen(...frames: EventFrame[]): void
  /** Time passes; the page paints every 50 ms. */
  pass(ms: number): Promise<void>
  /** The page is known to have these rows, by what it was sent. */
  sentRows(): Map<string, unknown>
}

/** Every line of the two ends, cloned and delivered by microtask. */
function createLine(onPost: { page(message: ToWorker): void; worker(message: FromWorker): void }) {
  const listeners = { page: [] as ((m: FromWorker) => void)[], worker: [] as ((m: ToWorker) => void)[] }
  let held: FromWorker[] | null = null
  const give = (message: FromWorker): void => {
    for (const listener of listeners.page) listener(message)
  }
  const page: Port<FromWorker, ToWorker> = {
    post(message) {
      const copy = structuredClone(message)
      onPost.page(copy)
      queueMicrotask(() => {
        for (const listener of listeners.worker) listener(copy)
      })
    },
    listen: (listener) => void listeners.page.push(listener),
  }
  const worker: Port<ToWorker, FromWorker> = {
    post(message) {
      const copy = structuredClone(message)
      onPost.worker(copy)
      queueMicrotask(() => {
        if (held) held.push(copy)
        else give(copy)
      })
    },
    listen: (listener) => void listeners.worker.push(listener),
  }
  return {
    page,
    worker,
    hold(hold: boolean) {
      const waiting = held ?? []
      held = hold ? waiting : null
      if (!hold) for (const message of waiting) give(message)
    },
  }
}

/** A connected page; the server's clock runs `serverAheadMs` before the desk's. */
export function createWorkerRig({ serverAheadMs = 0 } = {}): WorkerRig {
  const clock = createFakeClock()
  const wire = createFakeWire()
  const floor = createFakeFloor(() => clock.now() + serverAheadMs)
  const tokens = createFakeTokens()
  const details = new Map<string, CallSnapshot>()
  const positions = new Map<string, number>()
  const updates: Update[] = []
  const postedAt: number[] = []
  const toWorker: ToWorker[] = []
  const line = createLine({
    page: (message) => toWorker.push(message),
    worker(message) {
      if (message.kind !== 'update') return
      updates.push(message)
      postedAt.push(clock.now())
    },
  })
  const stamp = (): string => new Date(clock.now() + serverAheadMs).toISOString()

  function answerOpen(socket: FakeSocket, callId: string, sub: string | undefined): void {
    const stream = `call:${callId}` as const
    const detail = details.get(callId)
    if (!detail) {
      const data = { code: 'not_found', message: 'No such call.', ref: sub ?? stream }
      socket.say({ event: 'error', data, at: stamp() })
      return
    }
    const seq = positions.get(callId) ?? 1
    positions.set(callId, seq)
    const data = {
      stream,
      seq,
      log: 'log-1',
      mode: 'snapshot' as const,
      ...(sub === undefined ? {} : { sub }),
    }
    socket.say({ event: 'subscribed', data, at: stamp() })
    socket.say({ event: 'snapshot', data: { stream, part: 1, parts: 1, seq, detail }, at: stamp() })
  }

  wire.onConnect = (socket) => {
    const door: FakeSocket = {
      ...socket,
      open() {
        socket.onSend = (frame) => {
          door.onSend?.(frame)
          if (frame.event === 'subscribe' && frame.data.type === 'call')
            answerOpen(socket, frame.data.call_id ?? '', frame.data.sub)
        }
        socket.open()
      },
    }
    floor.attach(door)
  }
  serveLive({
    port: line.worker,
    clock,
    soon: (run) => void clock.after(0, run),
    transports: { socketio: () => wire.transport, websocket: () => wire.transport },
    scoresItself: false,
  })
  const store = createLiveStore({
    clock,
    scheduler: clock.scheduler,
    needSnapshot: () => live.resync(),
    keepsFloor: false,
  })
  const choices: (Preferences | null)[] = []
  const live = connectLive({
    port: line.page,
    url: 'http://floor.test',
    transport: 'websocket',
    tokenIn: 'query',
    tokens,
    page: clock.page,
    clock,
    scheduler: clock.scheduler,
    store,
    onPreferences: (told) => void choices.push(told),
  })
  store.start()

  return {
    clock,
    wire,
    floor,
    tokens,
    store,
    live,
    updates,
    postedAt,
    toWorker,
    choices,
    details,
    holdPage: line.hold,
    tellOpen(callId, frame) {
      const prev = positions.get(callId) ?? 1
      positions.set(callId, prev + 1)
      wire.last().say({ ...frame, stream: `call:${callId}`, seq: prev + 1, prev, safe: prev + 1 })
    },
    happen(...frames) {
      for (const frame of frames) floor.happen({ ...frame, at: stamp() })
      floor.deliver()
    },
    async pass(ms) {
      for (let left = ms; left > 0; left -= 50) {
        await clock.advance(Math.min(left, 50))
        clock.paint()
      }
      await clock.advance(0)
    },
    sentRows() {
      const rows = new Map<string, unknown>()
      for (const update of updates) {
        for (const id of update.dropped) rows.delete(id)
        for (const call of update.rows) rows.set(call.id, call)
      }
      return rows
    },
  }
}

/** The start of a call, as a fact. */
export const started = (id: string, over: Partial<Parameters<typeof makeCall>[0]> = {}): EventFrame =>
  makeFrame('call.started', { call: makeCall({ ...over, id }) })

/** Many calls that start one second after the other, `c0000` first. */
export const manyStarted = (count: number): EventFrame[] =>
  Array.from({ length: count }, (_, index) =>
    started(`c${String(index).padStart(4, '0')}`, {
      started_at: new Date(Date.parse('2026-11-20T13:00:00.000Z') + index * 1000).toISOString(),
    }),
  )

/** An open call as its snapshot says it. */
export function makeDetail(id: string, over: Partial<CallSnapshot> = {}): CallSnapshot {
  return {
    call: makeCall({ id }),
    interactions: [],
    interactions_count: 0,
    interventions: [],
    notes: [],
    ...over,
  }
}

/** A rig whose floor holds `count` calls and is shown. */
export async function openFloor(count: number) {
  const rig = createWorkerRig()
  rig.happen(...manyStarted(count))
  await rig.pass(300)
  return rig
}

// The worker's side: holds the line to the server, keeps the floor and its order, and tells the page what it shows.
import type { EventFrame, Stream } from '#contract/protocol.ts'
import { createFloorDesk } from '#src/floor/floor-desk.ts'
import { withOwnAttention } from '#src/floor/own-attention.ts'
import { createGateway } from '#src/gateway/gateway.ts'
import type { SocketTransport } from '#src/gateway/socket-transport.ts'
import type { TokenPlace } from '#src/gateway/web-socket-transport.ts'
import type { TokenSource } from '#src/gateway/token-source.ts'
import type { Cancel, Clock, FrameScheduler } from '#src/lib/clock.ts'
import type { PageEvents } from '#src/lib/page-events.ts'
import { asksIn } from '#src/live/claim-news.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import type { FromWorker, Port, ToWorker } from '#src/worker/messages.ts'
import { createOutbox } from '#src/worker/outbox.ts'
import { sightFirst } from '#src/worker/sight-first.ts'

export interface ServeOptions {
  port: Port<ToWorker, FromWorker>
  clock: Clock
  /** Runs it once this task has said all it has to say; timers would cost a millisecond or more at every step. */
  soon(run: () => void): void
  transports: Record<'socketio' | 'websocket', (tokenIn: TokenPlace) => SocketTransport>
  /** False: calls that come without an attention stay without. */
  scoresItself?: boolean
}

/** Serves one page from its first word on. */
export function serveLive({ port, clock, soon, transports, scoresItself = true }: ServeOptions): void {
  const page = pageOf(port)
  // Nothing is painted here: what came together is applied together, at once.
  const scheduler: FrameScheduler = {
    requestFrame(run) {
      let isWanted = true
      soon(() => {
        if (isWanted) run()
      })
      return () => {
        isWanted = false
      }
    },
    isHidden: () => false,
    onVisibility: () => () => {},
  }
  const store = createLiveStore({
    clock,
    scheduler,
    needSnapshot: () => gateway?.resync(),
    changesInPlace: true,
  })
  const source = scoresItself ? withOwnAttention(store) : store
  const desk = createFloorDesk(source, clock, (run) => outbox.whenQuiet(run))
  const outbox = createOutbox({
    clock,
    soon,
    post: port.post,
    row: desk.row,
    heardAt: () => gateway?.heardAt() ?? null,
    isFloorComing: store.isFloorComing,
    overflow: () => gateway?.resync(),
  })
  const inbox = sightFirst({ inbox: store.inbox, soon, inSight: outbox.inSight })
  let gateway: ReturnType<typeof createGateway> | null = null
  const held = new Map<Stream, Cancel>()
  /** The line was there before: what was told meanwhile beside the streams was missed. */
  let hasListened = false

  function start(url: string, transport: SocketTransport): void {
    gateway = createGateway({
      url,
      transport,
      tokens: page.tokens,
      clock,
      page: page.events,
      onScreen: outbox.inSight,
      listener: {
        onFrames(frames) {
          const own = frames.filter(
            (frame) =>
              frame.stream !== 'calls' ||
              frame.event === 'intervention.updated' ||
              frame.event === 'claim.changed' ||
              frame.event.startsWith('escalation.'),
          )
          if (own.length > 0) outbox.deliver({ kind: 'frames', frames: own })
          // What the page is told as well is part of the floor all the same.
          const ofFloor = frames.filter((frame: EventFrame) => frame.stream === 'calls')
          if (ofFloor.length > 0) inbox.onFrames(ofFloor)
        },
        onSnapshot(part, at) {
          if (part.stream !== 'calls') outbox.deliver({ kind: 'snapshot', part, at })
          else {
            inbox.onSnapshot(part, at)
            const asks = asksIn(part.calls ?? []).map(
              (data): EventFrame => ({
                event: 'claim.changed',
                data,
                stream: 'calls',
                at: new Date(at).toISOString(),
              }),
            )
            if (asks.length > 0) outbox.deliver({ kind: 'frames', frames: asks })
          }
        },
        onSubscribed(stream, mode) {
          if (stream === 'calls') {
            if (hasListened) port.post({ kind: 'preferences', choices: null })
            hasListened = true
          }
          inbox.onSubscribed(stream, mode)
          // Of the floor the page has rows only, and those of a snapshot come as they are.
          if (stream !== 'calls' || mode !== 'snapshot') outbox.deliver({ kind: 'subscribed', stream, mode })
        },
        onPreferences: (choices) => port.post({ kind: 'preferences', choices }),
        onRefused: (stream, code) => outbox.deliver({ kind: 'refused', stream, code }),
        onConnection(connection) {
          inbox.onConnection(connection)
          outbox.tellConnection(connection)
        },
      },
    })
    store.start()
    desk.start()
    held.set('calls', gateway.subscribe('calls'))
    gateway.start()
  }

  desk.subscribe(() => outbox.tellDesk(desk.getState(), store.getState().loaded))
  store.subscribe(() => outbox.tellRows(store.getState().loaded))

  port.listen((message) => {
    page.hear(message)
    switch (message.kind) {
      case 'start':
        start(message.url, transports[message.transport](message.tokenIn))
        break
      case 'wish':
        if (message.hold) desk.goBackTo(message.hold.stand)
        desk.ask(message.wish)
        outbox.wish(message.wish, message.hold?.time)
        break
      case 'apply-order':
        desk.applyOrder()
        break
      case 'find': {
        const { ask, typed } = message
        void desk.find(typed).then((found) => port.post({ kind: 'found', ask, found }))
        break
      }
      case 'list': {
        const { ask } = message
        void desk.list(message.ids ?? undefined).then((calls) => port.post({ kind: 'list', ask, calls }))
        break
      }
      case 'subscribe':
        if (gateway && !held.has(message.stream)) held.set(message.stream, gateway.subscribe(message.stream))
        break
      case 'unsubscribe':
        held.get(message.stream)?.()
        held.delete(message.stream)
        break
      case 'retry':
        gateway?.retryNow()
        break
      case 'resync':
        gateway?.resync()
        break
      case 'painted':
        outbox.painted()
        break
      default:
        break
    }
  })
  port.post({ kind: 'ready' })
}

/** Tokens and events of the page, asked for and heard over the line. */
function pageOf(port: Port<ToWorker, FromWorker>) {
  const asks = new Map<number, { resolve(token: string | null): void; reject(error: Error): void }>()
  const online = new Set<() => void>()
  const visible = new Set<() => void>()
  const changed = new Set<(token: string | null) => void>()
  let asked = 0
  const ask = (fresh: boolean): Promise<string | null> =>
    new Promise((resolve, reject) => {
      asked += 1
      asks.set(asked, { resolve, reject })
      port.post({ kind: 'ask-token', ask: asked, fresh })
    })
  const listen =
    <T>(set: Set<T>) =>
    (listener: T): Cancel => {
      set.add(listener)
      return () => set.delete(listener)
    }
  const tokens: TokenSource = {
    token: () => ask(false),
    refresh: () => ask(true),
    onChange: listen(changed),
  }
  const events: PageEvents = { onOnline: listen(online), onVisible: listen(visible) }
  return {
    tokens,
    events,
    hear(message: ToWorker): void {
      if (message.kind === 'online') for (const listener of online) listener()
      if (message.kind === 'visible') for (const listener of visible) listener()
      if (message.kind === 'token-changed') for (const listener of changed) listener(message.token)
      if (message.kind !== 'token') return
      const waiting = asks.get(message.ask)
      asks.delete(message.ask)
      if (message.failed) waiting?.reject(new Error('The token could not be had.'))
      else waiting?.resolve(message.token)
    },
  }
}

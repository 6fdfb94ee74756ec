// The page's side: a desk and a line to the server that both live in the worker.
import type { Call } from '#contract/call.ts'
import type { Preferences } from '#contract/preferences.ts'
import type { Stream } from '#contract/protocol.ts'
import type { CallBrief } from '#src/floor/call-brief.ts'
import { type Desk, type DeskState, type DeskWish, emptyDesk, firstWish } from '#src/floor/desk.ts'
import type { FoundOnFloor } from '#src/floor/find-calls.ts'
import type { TokenSource } from '#src/gateway/token-source.ts'
import type { TokenPlace } from '#src/gateway/web-socket-transport.ts'
import type { Cancel, Clock, FrameScheduler } from '#src/lib/clock.ts'
import type { PageEvents } from '#src/lib/page-events.ts'
import { same } from '#src/lib/same.ts'
import type { LiveStore } from '#src/live/live-store.ts'
import { withDigestNews } from '#src/worker/digest-news.ts'
import type { DeskNews, FromWorker, Port, ToWorker, Update } from '#src/worker/messages.ts'

export type OnPreferences = (choices: Preferences | null) => void

export interface ConnectOptions {
  port: Port<FromWorker, ToWorker>
  /** Origin of the server. */
  url: string
  transport: 'socketio' | 'websocket'
  tokenIn: TokenPlace
  tokens: TokenSource
  page: PageEvents
  clock: Clock
  scheduler: FrameScheduler
  /** Made with `keepsFloor: false`. */
  store: LiveStore
  /** The person has chosen something, here or on another machine; null: some of it may have been missed. */
  onPreferences?: OnPreferences | undefined
}

export interface ConnectedLive {
  desk: Desk
  /** Keeps the stream of a call subscribed until the returned function is called. */
  subscribe(stream: Stream): Cancel
  retryNow(): void
  /** Asks for snapshots of everything. */
  resync(): void
  stop(): void
}

/** A page that paints less often than this is not waited for, ms. */
const frameWithinMs = 200

/** Starts the worker's part and follows what it tells. */
export function connectLive(options: ConnectOptions): ConnectedLive {
  const { port, url, transport, tokenIn, tokens, page, clock, scheduler, store } = options
  const listeners = new Set<() => void>()
  const users = new Map<Stream, number>()
  let state: DeskState = emptyDesk
  let rows: ReadonlyMap<string, Call> = new Map()
  let wish: DeskWish = firstWish
  /** How often the rows were held, and what the worker lets go meanwhile of rows that are still on screen. */
  let holds = 0
  let letGo: string[] = []
  let isStopped = false
  let asks = 0
  const finds = new Map<number, (found: FoundOnFloor) => void>()
  const lists = new Map<number, (calls: readonly CallBrief[]) => void>()

  function take(update: Update): void {
    const { connection, heardAt, deliveries, loaded } = update
    store.noteHeard(heardAt)
    // Said before the worker heard that rows are held: the order on screen stays, and the answer brings it again.
    const isLate = wish.held && update.hold < holds
    const desk = isLate && update.desk ? withoutOrder(update.desk) : update.desk
    const sent = new Set(letGo.length > 0 ? update.rows.map(({ id }) => id) : [])
    letGo = [...letGo.filter((id) => !sent.has(id)), ...update.dropped]
    const dropped = isLate ? [] : letGo.splice(0)
    const hasRows = update.rows.length + dropped.length > 0
    if (hasRows) rows = changed(rows, update.rows, dropped)
    if (desk) state = withNews(state, desk)
    // The board first: it knows by then which rows it has, and paints each once.
    if (desk) for (const listener of [...listeners]) listener()
    if (loaded && (hasRows || !store.getState().loaded)) store.showRows(rows)
    if (connection) store.inbox.onConnection(connection)
    for (const delivery of deliveries) {
      if (delivery.kind === 'frames') store.inbox.onFrames(delivery.frames)
      else if (delivery.kind === 'snapshot') store.inbox.onSnapshot(delivery.part, delivery.at)
      else if (delivery.kind === 'subscribed') store.inbox.onSubscribed(delivery.stream, delivery.mode)
      else store.inbox.onRefused(delivery.stream, delivery.code)
    }
  }

  function tellPainted(): void {
    if (scheduler.isHidden()) {
      port.post({ kind: 'painted' })
      return
    }
    let isTold = false
    const cancels: Cancel[] = []
    const tell = (): void => {
      if (isTold) return
      isTold = true
      for (const cancel of cancels) cancel()
      if (!isStopped) port.post({ kind: 'painted' })
    }
    cancels.push(clock.after(frameWithinMs, tell), scheduler.requestFrame(tell))
  }

  async function answerToken(ask: number, fresh: boolean): Promise<void> {
    try {
      const token = await (fresh ? tokens.refresh() : tokens.token())
      port.post({ kind: 'token', ask, token, failed: false })
    } catch {
      port.post({ kind: 'token', ask, token: null, failed: true })
    }
  }

  port.listen((message) => {
    if (isStopped) return
    if (message.kind === 'update') {
      try {
        take(message)
      } finally {
        // Whatever went wrong here, the next update must come.
        tellPainted()
      }
    } else if (message.kind === 'preferences') options.onPreferences?.(message.choices)
    else if (message.kind === 'ask-token') void answerToken(message.ask, message.fresh)
    else if (message.kind === 'list') {
      lists.get(message.ask)?.(message.calls)
      lists.delete(message.ask)
    } else if (message.kind === 'found') {
      finds.get(message.ask)?.(message.found)
      finds.delete(message.ask)
    }
  })
  const stops = [
    page.onOnline(() => port.post({ kind: 'online' })),
    page.onVisible(() => port.post({ kind: 'visible' })),
    tokens.onChange((token) => port.post({ kind: 'token-changed', token })),
  ]
  port.post({ kind: 'start', url, transport, tokenIn })

  return {
    desk: {
      getState: () => state,
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      row: (callId) => rows.get(callId),
      ask(part) {
        const news = newsOf(part, wish)
        wish = { ...wish, ...part }
        if (news.held) {
          holds += 1
          port.post({ kind: 'wish', wish: news, hold: { time: holds, stand: state.stand } })
        } else if (Object.keys(news).length > 0) port.post({ kind: 'wish', wish: news })
      },
      applyOrder: () => port.post({ kind: 'apply-order' }),
      list: (ids) =>
        new Promise((resolve) => {
          asks += 1
          lists.set(asks, resolve)
          port.post({ kind: 'list', ask: asks, ids: ids ?? null })
        }),
      find: (typed) =>
        new Promise((resolve) => {
          asks += 1
          finds.set(asks, resolve)
          port.post({ kind: 'find', ask: asks, typed })
        }),
    },
    subscribe(stream) {
      const before = users.get(stream) ?? 0
      users.set(stream, before + 1)
      if (before === 0) port.post({ kind: 'subscribe', stream })
      let isHeld = true
      return () => {
        if (!isHeld) return
        isHeld = false
        const left = (users.get(stream) ?? 1) - 1
        users.set(stream, left)
        if (left > 0) return
        users.delete(stream)
        if (!isStopped) port.post({ kind: 'unsubscribe', stream })
      }
    },
    retryNow: () => port.post({ kind: 'retry' }),
    resync: () => port.post({ kind: 'resync' }),
    stop() {
      isStopped = true
      for (const stop of stops) stop()
      for (const answer of lists.values()) answer([])
      lists.clear()
    },
  }
}

function changed(
  before: ReadonlyMap<string, Call>,
  rows: readonly Call[],
  dropped: readonly string[],
): ReadonlyMap<string, Call> {
  const next = new Map(before)
  for (const id of dropped) next.delete(id)
  for (const call of rows) next.set(call.id, call)
  return next
}

/** What may be shown whatever the order is. */
function withoutOrder({ board: _board, window: _window, stand: _stand, ...rest }: DeskNews): DeskNews {
  return rest
}

function withNews(state: DeskState, { digest, ...rest }: DeskNews): DeskState {
  return { ...state, ...rest, digest: digest ? withDigestNews(state.digest, digest) : state.digest }
}

/** The parts of the wish that say something new. */
function newsOf(part: Partial<DeskWish>, wish: DeskWish): Partial<DeskWish> {
  const news: Partial<DeskWish> = {}
  for (const key of Object.keys(part) as (keyof DeskWish)[])
    if (!same(part[key], wish[key])) Object.assign(news, { [key]: part[key] })
  return news
}

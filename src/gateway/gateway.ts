// Holds the line to the server for days: connects, listens, notices silence and sleep, and comes back.
import { closeCode, protocolDefaults, snapshotFirst } from '#contract/protocol.ts'
import type { DecodedFrame } from '#src/gateway/decode.ts'
import { decode } from '#src/gateway/decode.ts'
import { createConnectionReport } from '#src/gateway/connection-report.ts'
import type { Gateway, GatewayListener } from '#src/gateway/port.ts'
import type { OpenSocket, SocketTransport } from '#src/gateway/socket-transport.ts'
import { createStreamSet } from '#src/gateway/stream-set.ts'
import type { TokenSource } from '#src/gateway/token-source.ts'
import { type BackoffSettings, backoffMs, reconnectBackoff } from '#src/lib/backoff.ts'
import type { Cancel, Clock } from '#src/lib/clock.ts'
import type { PageEvents } from '#src/lib/page-events.ts'

export interface GatewaySettings {
  /** Silence after which the page says that it is stale. */
  staleAfterMs: number
  /** Silence after which the socket is given up: a cut line never says so itself. */
  giveUpAfterMs: number
  /** How long a socket may be silent before waking up makes it suspicious: a heartbeat and a bit. */
  suspiciousAfterMs: number
  /** What a suspicious socket is granted to show life. */
  proofWithinMs: number
  backoff: BackoffSettings
}

const defaults: GatewaySettings = {
  staleAfterMs: protocolDefaults.staleAfterMs,
  giveUpAfterMs: 20_000,
  suspiciousAfterMs: protocolDefaults.heartbeatMs + 2000,
  proofWithinMs: 2000,
  backoff: reconnectBackoff,
}

export interface GatewayOptions {
  /** Origin of the server, empty for the page's own. */
  url: string
  transport: SocketTransport
  tokens: TokenSource
  clock: Clock
  page: PageEvents
  listener: GatewayListener
  /** Calls that are on screen: a snapshot of the floor is to begin with them. */
  onScreen?: () => ReadonlySet<string>
  /** 0–1, for the jitter. */
  random?: () => number
  settings?: Partial<GatewaySettings>
}

const beatMs = 1000
/** A tick later than this means that the machine slept or that the page was frozen. */
const jumpMs = 10_000

/** A gateway that waits for `start()`. */
export function createGateway(options: GatewayOptions): Gateway {
  const { url, transport, tokens, clock, page, listener, onScreen, random = Math.random } = options
  const settings = { ...defaults, ...options.settings }
  const report = createConnectionReport(clock, (connection) => listener.onConnection(connection))
  const streams = createStreamSet({
    clock,
    listener: {
      ...listener,
      onRefused(stream, code) {
        listener.onRefused(stream, code)
        if (stream === 'calls' && code === 'forbidden') onClose(closeCode.forbidden, '')
      },
    },
    serverNow: report.serverClock.now,
    send: (frame) => socket?.send(frame),
    first: () => [...(onScreen?.() ?? [])].slice(0, snapshotFirst),
    countDuplicate: () => report.count('duplicate', 1),
  })

  let running = false
  let socket: OpenSocket | null = null
  let isOpen = false
  /** Marks the current attempt; whatever a former one still says is not heard. */
  let attempt = 0
  let failures = 0
  let cancelRetry: Cancel | null = null
  let cancelProof: Cancel | null = null
  let needsFreshToken = false
  let isSignedOut = false
  let attemptedAt = 0
  let lastTickAt = 0
  const stops: Cancel[] = []

  function drop(): void {
    attempt += 1
    cancelRetry?.()
    cancelRetry = null
    cancelProof?.()
    cancelProof = null
    isOpen = false
    socket?.close()
    socket = null
    streams.onLost()
  }

  async function connect(): Promise<void> {
    drop()
    const mine = attempt
    attemptedAt = clock.now()
    if (report.status() === 'offline' || report.status() === 'refused') report.become('offline')
    const token = await (needsFreshToken ? tokens.refresh() : tokens.token()).catch(() => undefined)
    if (mine !== attempt || !running) return
    if (token === undefined) {
      retryLater()
      return
    }
    if (token === null) {
      signOut()
      return
    }
    needsFreshToken = false
    isSignedOut = false
    const isMine = (): boolean => mine === attempt
    socket = transport(url, token, {
      onOpen: () => isMine() && onOpen(),
      onMessage: (message) => isMine() && onMessage(message),
      onClose: (code, reason) => isMine() && onClose(code, reason),
    })
  }

  function signOut(): void {
    drop()
    isSignedOut = true
    report.become('refused', { reason: 'You are signed out.' })
  }

  function onOpen(): void {
    isOpen = true
    report.restartSilence()
    streams.onOpen()
    updateStatus()
  }

  function onMessage(message: unknown): void {
    const { frame, malformed, unknown } = decode(message)
    report.onFrame(frame ? stampOf(frame) : null)
    report.count('malformed', malformed)
    report.count('unknown', unknown)
    cancelProof?.()
    cancelProof = null
    if (!frame) return
    if (frame.event === 'closing') {
      onClose(frame.data.code, frame.data.reason)
      return
    }
    if (frame.event === 'preferences.changed') listener.onPreferences?.(frame.data)
    else streams.onFrame(frame)
    if (frame.event === 'subscribed') failures = 0
    updateStatus()
  }

  function updateStatus(): void {
    if (!isOpen) return
    if (report.silenceMs() >= settings.staleAfterMs) report.become('stale')
    else {
      const phase = streams.phase()
      if (phase === 'live') report.become('live')
      else report.become(phase === 'behind' ? 'catching-up' : 'connecting')
    }
  }

  function onClose(code: number | null, reason: string): void {
    drop()
    if (code === closeCode.forbidden) {
      report.become('refused', { reason: reason || 'Your role may not listen to calls.' })
      return
    }
    if (code === closeCode.tooMany) {
      report.become('refused', { reason: reason || 'Callboard is open in too many places.' })
      return
    }
    if (code === closeCode.unauthorized) {
      needsFreshToken = true
      // The first time there is nothing to wait for; a server that refuses fresh tokens too is not hammered.
      if (failures === 0) {
        failures = 1
        report.become('offline')
        void connect()
        return
      }
    }
    retryLater()
  }

  function retryLater(): void {
    const delay = backoffMs(failures, settings.backoff, random)
    failures += 1
    report.become('offline', { nextTryAt: clock.now() + delay })
    cancelRetry = clock.after(delay, () => void connect())
  }

  function onTick(): void {
    const now = clock.now()
    const slept = now - lastTickAt > jumpMs
    lastTickAt = now
    if (slept) {
      report.serverClock.reset()
      look()
    }
    streams.onTick()
    if (isOpen && report.silenceMs() >= settings.giveUpAfterMs && !cancelProof) {
      report.become('stale')
      void connect()
      return
    }
    updateStatus()
    report.flush()
  }

  /** Something happened to the page or the network: is the line still there? */
  function look(): void {
    if (!running) return
    const isHanging = !isOpen && socket !== null && clock.now() - attemptedAt > settings.proofWithinMs
    if (cancelRetry || isHanging) void connect()
    else if (isOpen && !cancelProof && report.silenceMs() >= settings.suspiciousAfterMs) {
      updateStatus()
      cancelProof = clock.after(settings.proofWithinMs, () => void connect())
    }
  }

  return {
    subscribe: (stream) => streams.retain(stream),
    start() {
      if (running) return
      running = true
      lastTickAt = clock.now()
      stops.push(
        clock.every(beatMs, onTick),
        page.onOnline(look),
        page.onVisible(look),
        tokens.onChange((token) => {
          if (token === null) signOut()
          else if (isOpen) socket?.send({ event: 'auth', data: { token } })
          else if (isSignedOut) void connect()
        }),
      )
      void connect()
    },
    retryNow() {
      if (running && !isOpen) void connect()
    },
    resync: () => streams.resync(),
    heardAt: report.heardAt,
    stop() {
      running = false
      for (const stop of stops.splice(0)) stop()
      drop()
    },
  }
}

/** Server time of a frame that says when it was sent; facts say when something happened, which may be long ago. */
function stampOf(frame: DecodedFrame): number | null {
  return frame.event === 'heartbeat' || frame.event === 'subscribed' ? Date.parse(frame.at) : null
}

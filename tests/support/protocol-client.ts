// A console's side of the live protocol, bare: sends frames, keeps every frame that comes, waits for the one a test wants.
import { type Socket, io } from 'socket.io-client'
import { WebSocket } from 'ws'
import type { ServerFrame } from '#contract/protocol.ts'

export type Door = 'socketio' | 'websocket'
export const doors: readonly Door[] = ['socketio', 'websocket']

export interface ProtocolClient {
  /** Everything received, batches unpacked in place after their batch frame. */
  frames: ServerFrame[]
  send(event: string, data: unknown): void
  /** Plain door: raw text; Socket.IO: an event without data. */
  sendBad(): void
  /** The first frame, from `from` on, that fits; rejects after `ms`. */
  next<F extends ServerFrame>(fits: (frame: ServerFrame) => frame is F, ms?: number): Promise<F>
  until(condition: (frames: readonly ServerFrame[]) => boolean, ms?: number): Promise<void>
  /** Stops reading from the network, so that the server sees a slow reader. */
  pause(): void
  resume(): void
  /** Close code once closed; null on Socket.IO, which has none. */
  closed: Promise<number | null>
  close(): void
}

/** Connects through a door. Resolves when the transport is open; the server may still refuse the token. */
export async function connect(
  url: string,
  door: Door,
  token: string | null,
  origin?: string,
): Promise<ProtocolClient> {
  const frames: ServerFrame[] = []
  const watchers = new Set<() => void>()
  const take = (frame: ServerFrame) => {
    frames.push(frame)
    if (frame.event === 'batch') for (const inner of frame.frames) frames.push(inner)
    for (const watcher of [...watchers]) watcher()
  }
  const headers = origin === undefined ? {} : { origin }
  const transport =
    door === 'socketio'
      ? await openSocketIo(url, token, headers, take)
      : await openPlain(url, token, headers, take)
  const until: ProtocolClient['until'] = (condition, ms = 5000) =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (!condition(frames)) return
        clearTimeout(timer)
        watchers.delete(look)
        resolve()
      }
      const timer = setTimeout(() => {
        watchers.delete(look)
        reject(
          new Error(
            `Waited in vain; got ${frames
              .map(({ event }) => event)
              .join(' ')
              .slice(-800)}`,
          ),
        )
      }, ms)
      watchers.add(look)
      look()
    })
  return {
    ...transport,
    frames,
    until,
    async next(fits, ms) {
      let found: ServerFrame | undefined
      await until((all) => (found = all.find(fits)) !== undefined, ms)
      return found as never
    },
  }
}

type Transport = Pick<ProtocolClient, 'send' | 'sendBad' | 'pause' | 'resume' | 'closed' | 'close'>
type Take = (frame: ServerFrame) => void

async function openPlain(url: string, token: string | null, headers: object, take: Take): Promise<Transport> {
  const query = token === null ? '' : `?token=${encodeURIComponent(token)}`
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/ws/calls${query}`, {
    headers: { ...headers },
  })
  socket.on('message', (data) => take(JSON.parse(data.toString()) as ServerFrame))
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return {
    send: (event, data) => socket.send(JSON.stringify({ event, data })),
    sendBad: () => socket.send('{not json'),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    closed,
    close: () => socket.close(),
  }
}

async function openSocketIo(
  url: string,
  token: string | null,
  headers: object,
  take: Take,
): Promise<Transport> {
  const socket: Socket = io(url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: token === null ? {} : { token },
    extraHeaders: { ...headers },
  })
  socket.onAny((_event: string, frame: ServerFrame) => take(frame))
  const closed = new Promise<null>((resolve) => socket.once('disconnect', () => resolve(null)))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve())
    socket.once('connect_error', reject)
  })
  const raw = () => (socket.io.engine.transport as unknown as { ws: WebSocket }).ws
  return {
    send: (event, data) => socket.emit(event, data),
    sendBad: () => socket.emit('subscribe', 'nothing'),
    pause: () => raw().pause(),
    resume: () => raw().resume(),
    closed,
    close: () => socket.disconnect(),
  }
}

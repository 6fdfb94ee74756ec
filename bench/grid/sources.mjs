// Where the stream of a level comes from: signed deliveries to the built server, or the same server fed behind its log.
import { once } from 'node:events'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createDeliveries } from '../support/deliver.mjs'
import { startServer } from '../support/server.mjs'
import { signIn } from '../support/sign-in.mjs'
import { talkTo } from '../support/talk.mjs'

const noteWrites = pathToFileURL(path.join(import.meta.dirname, '../support/note-writes.mjs')).href
const tokenLifeMs = 10 * 60_000

/**
 * @typedef {object} Source
 * @property {'webhook' | 'behind the log' | 'recorded'} way
 * @property {string} url of the server
 * @property {number} pid of the server
 * @property {() => Promise<string>} token an access token with some life left
 * @property {(rate: number) => Promise<void>} start the mix, events a second
 * @property {() => Promise<{ rate: number, ackP95?: number }>} stop and what was reached, events a second
 * @property {(callId: string, text: string) => Promise<void>} say a line on a call
 * @property {(text: string) => Promise<void>} sayEverywhere the line on every live call; only behind the log
 * @property {() => Promise<Record<string, number>>} written epoch ms by mark: when the server wrote it to the grid's socket
 * @property {(count: number) => Promise<void>} burst events at once; only behind the log
 * @property {(calls: number) => Promise<void>} populate; only behind the log
 * @property {() => Promise<void>} close
 */

/** A token that is renewed before its 15 minutes are over. */
function tokens(url) {
  let held = null
  let until = 0
  return async () => {
    if (held === null || Date.now() > until) {
      held = await signIn(url, 'owner')
      until = Date.now() + tokenLifeMs
    }
    return held
  }
}

const reached = ({ fed, seconds, ...rest }) => ({
  rate: seconds > 0 ? Math.round(fed / seconds) : 0,
  ...rest,
})

/**
 * The built server with `calls` live calls, fed through the signed webhook.
 * @param {{ calls: number, origins: string }} options
 * @returns {Promise<Source>}
 */
export async function webhookSource({ calls, origins }) {
  const server = await startServer({
    env: { CORS_ORIGINS: origins },
    nodeArgs: ['--import', noteWrites],
    ipc: true,
  })
  const feeder = talkTo(path.join(import.meta.dirname, 'feeder.mjs'))
  const own = createDeliveries({ url: server.url, secret: server.webhookSecret(), connections: 4 })
  await feeder.ask({ order: 'open', url: server.url, secret: server.webhookSecret(), calls })
  let lines = 0
  return {
    way: 'webhook',
    url: server.url,
    pid: server.pid,
    token: tokens(server.url),
    start: async (rate) => void (await feeder.ask({ order: 'rate', rate })),
    stop: async () => reached(await feeder.ask({ order: 'rate', rate: 0 })),
    async say(callId, text) {
      const interaction = { id: `mark-${process.pid}-${lines++}`, speaker: 'ai', text }
      const event = { event: 'interaction.added', data: { call_id: callId, interaction } }
      await own.send(own.prepare([event]))
    },
    async written() {
      const answer = once(server.child, 'message')
      server.child.send('written')
      const [{ written }] = await answer
      return written
    },
    sayEverywhere: () => Promise.reject(new Error('All calls speak behind the log.')),
    burst: () => Promise.reject(new Error('A burst is fed behind the log.')),
    populate: () => Promise.reject(new Error('Calls come by deliveries.')),
    async close() {
      own.close()
      await feeder.stop()
      await server.stop()
    },
  }
}

/**
 * A recording of the stream of a floor that is fed behind the log, played to the page by a process between it and the server.
 * @param {Source} live its stream stands still while the recording is played
 * @param {{ rate: number, seconds: number, stepSeconds: number }} options events a second of the recording, its length, and that of a step
 * @returns {Promise<Source & { pageUrl: string, reset: () => Promise<void> }>} rates are frames a second here
 */
export async function recordedSource(live, { rate, seconds, stepSeconds }) {
  const line = talkTo(path.join(import.meta.dirname, 'recorded-line.mjs'), { args: [new URL(live.url).port] })
  const { port } = await line.ask({ order: 'port' })
  await live.start(rate)
  await line.ask({ order: 'record', token: await live.token(), ms: seconds * 1000 })
  await live.stop()
  return {
    ...live,
    way: 'recorded',
    pid: line.pid,
    pageUrl: `http://127.0.0.1:${port}`,
    async start(frames) {
      await line.ask({ order: 'prepare', rate: frames, seconds: stepSeconds })
      await line.ask({ order: 'play' })
    },
    stop: () => line.ask({ order: 'stop' }),
    say: async (callId, text) => void (await line.ask({ order: 'say', callId, text })),
    written: async () => (await line.ask({ order: 'written' })).written,
    reset: async () => void (await line.ask({ order: 'reset' })),
    close: () => line.stop(),
  }
}

/**
 * The same server in a process that is also fed behind its log. `consoleRoot` is the folder of a built console other than dist/.
 * @param {{ calls: number, origins: string, consoleRoot?: string }} options
 * @returns {Promise<Source>}
 */
export async function logSource({ calls, origins, consoleRoot }) {
  const feed = talkTo(path.join(import.meta.dirname, '../support/realtime-feed.mjs'))
  const { url, pid } = await feed.ask({ start: { env: { CORS_ORIGINS: origins }, consoleRoot } })
  await feed.ask({ calls })
  return {
    way: 'behind the log',
    url,
    pid,
    token: tokens(url),
    start: async (rate) => void (await feed.ask({ rate })),
    stop: async () => reached(await feed.ask({ rate: 0 })),
    say: async (callId, text) => void (await feed.ask({ line: { callId, text } })),
    sayEverywhere: async (text) => void (await feed.ask({ everywhere: text })),
    written: async () => (await feed.ask({ written: true })).written,
    burst: async (count) => void (await feed.ask({ burst: count })),
    populate: async (count) => void (await feed.ask({ calls: count })),
    async close() {
      await feed.ask({ stop: true })
      await feed.stop()
    },
  }
}

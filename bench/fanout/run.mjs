// npm run bench:fanout: what it costs one node to hand the floor to 50, 200 and 1,000 consoles, beside bare broadcasts.
import path from 'node:path'
import { cpuSeconds } from '../support/cpu.mjs'
import { createDeliveries } from '../support/deliver.mjs'
import { naturalRate, othersShare } from '../support/floor-entries.mjs'
import { createFloor } from '../support/floor.mjs'
import { finish, say, target } from '../support/report.mjs'
import { median, round } from '../support/stats.mjs'
import { talkTo } from '../support/talk.mjs'
import { paced, wait } from '../support/wait.mjs'

const here = import.meta.dirname
const seconds = Number(process.env.BENCH_SECONDS ?? 8)
const rounds = Number(process.env.BENCH_ROUNDS ?? 3)
const counts = (process.env.BENCH_CONSOLES ?? '50,200,1000').split(',').map(Number)
const calls = 2500
/** As many as bring the rate on a real floor; above it more is said per call, and lines wait for their pace. */
const mostCalls = 10_000
const slowShare = 0.1
const doors = ['socketio', 'websocket']
/** Told to V8 so that memory can be compared after a collection. */
const execArgv = ['--expose-gc']
const ladder = [2000, 5000, 10_000, 20_000, 40_000, 80_000]
/** A rate is held when this share of it was fed and delivered, no later than this. */
const held = { share: 0.97, p95: 250 }

const rows = []
const results = []

/** Opens the consoles, runs one level, and gives what it cost. */
async function level({ server, port, token, door, bare, count, rate, how, lines = 'last', feed }) {
  const clients = talkTo(path.join(here, 'consoles.mjs'))
  try {
    const before = await server.ask({ memory: true })
    await clients.ask({ open: { port, token, door, bare, count, slowShare, sampled: 2, lines } })
    const opened = await server.ask({ memory: true })
    const run = await (feed ?? behindTheLog)(server, rate)
    await wait(1500)
    await clients.ask({ reset: true })
    const cpu = cpuSeconds(server.pid)
    const began = performance.now()
    await wait(seconds * 1000)
    const got = await clients.ask({ report: true })
    const elapsed = (performance.now() - began) / 1000
    const cores = (cpuSeconds(server.pid) - cpu) / elapsed
    const { fed, missed } = await run.stop()
    const after = await server.ask({ memory: true })
    const eventsEach = got.eventsEach / elapsed
    const result = {
      how,
      door,
      count,
      rate,
      cores,
      eventsEach,
      p50: got.p50,
      p95: got.p95,
      bytesEach: got.bytes / got.fast / elapsed,
      framesEach: got.frames / got.fast / elapsed,
      fedShare: fed / (fed + missed),
      /** Of what is never merged. */
      share: got.othersEach / elapsed / (rate * othersShare),
      linesP95: got.linesP95,
      gaps: got.gaps,
      resets: got.resets,
      gone: got.gone,
      /** CPU µs for one event to one console. */
      cost: (cores * 1e6) / (eventsEach * count),
      memory: perConsole(before, after, count),
      memoryOpened: perConsole(before, opened, count),
    }
    results.push(result)
    return result
  } finally {
    await clients.stop()
    await wait(200)
  }
}

/** Bytes a console takes: what the process holds, and of that what JavaScript and its buffers do. */
function perConsole(before, after, count) {
  const own = ({ heapUsed, external }) => heapUsed + external
  return { rss: (after.rss - before.rss) / count, heap: (own(after) - own(before)) / count }
}

/** Feeds straight into realtime until it is stopped. */
async function behindTheLog(server, rate) {
  await server.ask({ rate })
  return { stop: () => server.ask({ rate: 0 }) }
}

/** Puts a line into the table. `reference`: the bare broadcast of the same events on the same door. */
function tell(result, reference) {
  const row = {
    what: result.how,
    door: result.door,
    consoles: result.count,
    'events/s asked': result.rate,
    'fed %': round(result.fedShare * 100),
    'events/s each': round(result.eventsEach),
    'frames/s each': round(result.framesEach),
    'kB/s each': round(result.bytesEach / 1000),
    'p50 ms': result.p50,
    'p95 ms': result.p95,
    'p95 of lines': result.linesP95,
    'server cores': round(result.cores, 2),
    'CPU µs per event and console': round(result.cost, 2),
    'CPU against bare': reference ? round(result.cost / reference.cost, 2) : null,
    'kB RSS, heap per console': `${round(result.memory.rss / 1024)}, ${round(result.memory.heap / 1024)}`,
    'gaps, resets': `${result.gaps}, ${result.resets}`,
  }
  rows.push(row)
  say(JSON.stringify(row))
}

async function startFeed(realtime = {}) {
  const server = talkTo(path.join(here, '../support/realtime-feed.mjs'), { execArgv })
  const { url, token, webhookSecret } = await server.ask({ start: { realtime } })
  return { server, url, token, webhookSecret, port: Number(new URL(url).port) }
}

async function bareLevel(door, count, rate) {
  const server = talkTo(path.join(here, 'bare.mjs'), { execArgv })
  try {
    const { port } = await server.ask({ start: { door } })
    await server.ask({ calls })
    const how = door === 'socketio' ? 'bare Socket.IO room' : 'bare ws broadcast'
    return await level({ server, port, door, bare: true, count, rate, how })
  } finally {
    await server.stop()
  }
}

const middle = (list) => list.toSorted((a, b) => a.cost - b.cost)[Math.floor(list.length / 2)]
const isHeld = ({ fedShare, share, p95, gone }) =>
  fedShare >= held.share && share >= held.share && p95 !== null && p95 <= held.p95 && gone === 0

const feed = await startFeed()
const best = {}
try {
  await feed.server.ask({ calls })
  for (const count of counts)
    for (const door of doors) {
      const own = []
      const bare = []
      // The references are heavy at 1,000 consoles: one round tells enough.
      for (let round = 0; round < (count > 200 ? 1 : rounds); round++) {
        own.push(await level({ ...feed, door, count, rate: 1000, how: 'Callboard, behind the log' }))
        bare.push(await bareLevel(door, count, 1000))
      }
      const reference = middle(bare)
      tell(middle(own), reference)
      tell(reference, reference)
      if (count === 200) best[door] = ratioOf(own, bare)
      let highest = isHeld(middle(own)) ? 1000 : 0
      for (const rate of ladder) {
        await feed.server.ask({ calls: Math.min(mostCalls, Math.round(rate / naturalRate(1))) })
        const result = await level({ ...feed, door, count, rate, how: 'Callboard, behind the log' })
        tell(result)
        if (!isHeld(result)) break
        highest = rate
      }
      best[`${door} ${count}`] = highest
      await feed.server.ask({ calls })
    }
} finally {
  await feed.server.ask({ stop: true })
}
if (process.env.BENCH_WEBHOOK !== '0') await throughTheWebhook()

function ratioOf(own, bare) {
  const ratios = own.map((one, round) => one.cost / bare[round].cost)
  return { ratio: median(ratios), p95: median(own.map(({ p95 }) => p95)) }
}

/** The same events signed, delivered, stored and committed first: fan-out together with ingest. */
async function throughTheWebhook() {
  const fresh = await startFeed({ pollMs: 1000 })
  const door = 'socketio'
  const deliveries = createDeliveries({ url: fresh.url, secret: fresh.webhookSecret })
  try {
    const floor = createFloor({ calls, stamp: () => `t=${Date.now()}` })
    await deliveries.post(floor.openings())
    const rate = 1000
    const everyMs = 50
    const post = async () => {
      let fed = 0
      let stopped = false
      const done = paced(everyMs, seconds + 60, async () => {
        if (stopped) return
        const facts = floor.take((rate * everyMs) / 1000)
        await deliveries.send(deliveries.prepare(facts))
        fed += facts.length
      })
      done.catch((error) => say(`The webhook did not take it: ${error.message}`))
      return {
        async stop() {
          stopped = true
          return { fed, missed: 0 }
        },
      }
    }
    tell(await level({ ...fresh, door, count: 200, rate, how: 'Callboard, signed webhook', feed: post }))
  } finally {
    deliveries.close()
    await fresh.server.ask({ stop: true })
  }
}

const targets = []
if (best.socketio) {
  targets.push(
    target(
      'CPU per event and console against a bare Socket.IO room, 200 × 1,000/s',
      round(best.socketio.ratio, 3),
      '<=',
      0.15,
    ),
  )
  targets.push(target('p95 ms at 200 × 1,000/s and batches of 50 ms', best.socketio.p95, '<=', 100))
}
for (const door of doors)
  if (best[`${door} 1000`] !== undefined)
    targets.push(
      target(`events/s held with 1,000 consoles, lines: last, ${door}`, best[`${door} 1000`], '>=', 1000),
    )
finish({
  name: 'fanout',
  rows,
  targets,
  details: { results },
  howToRead: [
    'Behind the log: entries go straight into realtime, so that fan-out is measured apart from ingest and database. Signed webhook: the whole way.',
    'Bare: one socket.io room, or one ws server, that sends each of the same events by itself, without log, order, scope or bounds.',
    'A tenth of the consoles are slow: they read 64 kB a second and nothing more. Events, frames and ages are those of the others.',
    'CPU is all of the server process, all threads, over what a console really got: a reference that cannot keep up is not flattered by it.',
    'Ages are from the making of an event to its arrival, of everything two consoles get; a batch waits up to 50 ms by design. Lines stand apart: each call may send one in 250 ms (P3), the next one waits.',
    `Held: at least ${held.share * 100} % fed and (of what is never merged) delivered, p95 at most ${held.p95} ms. Consoles and server share this machine.`,
    'Memory is what the process holds after the level and a collection, less that before the consoles came, per console. RSS also moves with what went before it, the heap (with its buffers) does not.',
  ],
})

// npm run bench: what one node takes in by the signed webhook and hands out to 50 consoles, beside a bare broadcast.
import { fork } from 'node:child_process'
import path from 'node:path'
import { cpuSeconds } from '../support/cpu.mjs'
import { createDeliveries } from '../support/deliver.mjs'
import { createFloor } from '../support/floor.mjs'
import { finish, say } from '../support/report.mjs'
import { startServer } from '../support/server.mjs'
import { signIn } from '../support/sign-in.mjs'
import { percentile, round } from '../support/stats.mjs'
import { paced, wait } from '../support/wait.mjs'

const consoles = 50
const secondsEach = Number(process.env.BENCH_SECONDS ?? 10)
const floor = createFloor({ calls: 1000, stamp: () => `t=${Date.now()}` })

/** Sends a word to a child and waits for its next message. */
const answer = (child, word) =>
  new Promise((resolve) => {
    child.once('message', resolve)
    if (word !== undefined) child.send(word)
  })

/** Starts the process that plays the consoles; resolves when all are connected. */
async function startConsoles(options) {
  const sink = fork(path.join(import.meta.dirname, 'consoles.mjs'), [
    JSON.stringify({ count: consoles, ...options }),
  ])
  await answer(sink)
  return sink
}

/** Posts at `rate` facts a second, or as fast as the answers come when the rate is null. */
async function load(deliveries, rate) {
  const size = rate === null ? 200 : Math.max(1, Math.round(rate / 20))
  const acks = []
  let facts = 0
  const one = async () => {
    acks.push(await deliveries.send(deliveries.prepare(floor.take(size))))
    facts += size
  }
  if (rate !== null) await paced(50, secondsEach, one)
  else {
    const ends = Date.now() + secondsEach * 1000
    const poster = async () => {
      while (Date.now() < ends) await one()
    }
    await Promise.all(Array.from({ length: 4 }, poster))
  }
  return { facts, ackP95: percentile(acks, 0.95) }
}

/** One row of the table: what went in and came out while `work` ran. */
async function measure(name, pid, sink, work) {
  await answer(sink, 'reset')
  const before = cpuSeconds(pid)
  const began = performance.now()
  const { facts, ackP95 } = await work()
  const fed = (performance.now() - began) / 1000
  await wait(500)
  const seconds = (performance.now() - began) / 1000
  const got = await answer(sink, 'report')
  const cores = (cpuSeconds(pid) - before) / seconds
  const row = {
    name,
    'facts/s in': Math.round(facts / fed),
    'ack p95 ms': ackP95 === undefined ? null : round(ackP95),
    'frames/s out': Math.round(got.frames / seconds),
    'age p50 ms': got.p50,
    'age p95 ms': got.p95,
    'server cores': round(cores, 2),
    'CPU µs per frame out': Math.round((cores * seconds * 1e6) / Math.max(1, got.frames)),
  }
  say(JSON.stringify(row))
  return row
}

/** The same events, sent one by one to as many sockets by a server that promises nothing. */
async function bareReference(rate) {
  const reference = fork(path.join(import.meta.dirname, 'bare-broadcast.mjs'))
  const { port } = await answer(reference)
  const sink = await startConsoles({ url: `ws://127.0.0.1:${port}`, tokens: [''], bare: true })
  const row = await measure(`bare ws broadcast at ${rate}/s`, reference.pid, sink, async () => {
    let facts = 0
    await paced(20, secondsEach, () => {
      const events = floor.take(Math.round(rate / 50))
      reference.send(events.map((event) => JSON.stringify({ ...event, at: new Date().toISOString() })))
      facts += events.length
    })
    return { facts }
  })
  sink.kill()
  reference.kill()
  return row
}

const server = await startServer()
const deliveries = createDeliveries({ url: server.url, secret: server.webhookSecret() })
const rows = []
try {
  // Ten connections a person at most: forty consoles see every call, ten are a csr's and see their own only.
  const people = ['owner', 'manager', 'dispatcher', 'viewer', 'csr']
  const tokens = await Promise.all(people.map((person) => signIn(server.url, person)))
  await deliveries.post(floor.openings())
  for (const door of ['websocket', 'socketio']) {
    const sink = await startConsoles({ url: `ws://127.0.0.1:${server.port}`, tokens, door })
    for (const rate of [500, 2000, null]) {
      const name = rate === null ? `${door} as fast as it goes` : `${door} at ${rate}/s`
      rows.push(await measure(name, server.pid, sink, () => load(deliveries, rate)))
    }
    sink.kill()
    await wait(500)
  }
} finally {
  deliveries.close()
  await server.stop()
}
for (const rate of [500, 2000]) rows.push(await bareReference(rate))

finish({
  name: 'live-path',
  rows,
  howToRead: [
    'A frame is one event for one console; 50 consoles in one process count them, which takes CPU of its own.',
    'The age of a line runs from the moment it is posted to the moment a console has parsed it, commit included.',
    'The bare broadcast stores nothing, keeps no order and sends each event by itself.',
  ],
})

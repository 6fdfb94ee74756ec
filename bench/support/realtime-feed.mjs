// The product's whole server in a process that is also fed behind its log: straight into realtime, past ingest and database.
//
// Fork it and speak by process messages; each is answered in the order of the questions.
//   { start: { port?, env?, realtime?, consoleRoot? } }  → { ready, url, pid, token, webhookSecret }   token: the demo manager's access
//                                              token; consoleRoot: folder of a built console in the place of dist/
//   { calls: n }       → { calls, position }   brings the floor to n live calls
//   { rate: n }        → { rate }              feeds n events a second of the floor's mix until { rate: 0 },
//                                              which answers { fed, missed, seconds }
//   { burst: n }       → { fed, seconds }      feeds n events at once
//   { line: { callId, text } } → { seq }       one marked line
//   { everywhere: text } → { fed }             the same marked line on every live call
//   { written: true }  → { written }         epoch ms by mark: when marked lines were written to a grid's socket
//   { live: true }     → { ids }               ids of the calls that are live now
//   { memory: true }   → { rss, heapUsed, external }  bytes, after a forced collection where node runs with --expose-gc
//   { stop: true }     → { stopped }           closes the server and ends the process
//
// What is fed never reaches the database: lists and details by HTTP do not know these calls, and signed deliveries must not be
// mixed in. Snapshots and live frames are true, for they come from the projection that the same entries are folded into.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { bundleServer } from './bundle-server.mjs'
import { floorEntries } from './floor-entries.mjs'
import { takeWritten } from './note-writes.mjs'
import { paced } from './paced.mjs'

const company = 'demo'
/** Entries handed over at once, about what one commit brings. */
const atOnce = 500

/** The log is not looked at by itself: what is fed is not in it. Below the longest interval a timer takes, ms. */
const never = 2_000_000_000

let server = null

/** A peer that listens to nothing: subscribing with it opens the company's floor. */
async function openFloor(app, token) {
  let position = null
  const session = await app.realtime.admit(
    {
      door: 'websocket',
      send: (frame) => {
        const { event, data } = JSON.parse(frame.text)
        if (event === 'subscribed') position = data.seq
      },
      bufferedBytes: () => 0,
      close: () => undefined,
    },
    token,
  )
  session.receive({ event: 'subscribe', data: { type: 'all_calls' } })
  while (position === null) await new Promise((resolve) => setTimeout(resolve, 10))
  session.closed()
  return position
}

async function start({ port = 0, env = {}, realtime = {}, consoleRoot } = {}) {
  const { createApp, readConfig, openDatabase, ensureSecrets, seedDemo, createLogger } = await bundleServer()
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'callboard-feed-'))
  const config = readConfig({ ...env, FEED: 'none', DEMO: '1', PORT: String(port), DATA_DIR: dataDir })
  config.limits = { ...config.limits, standardPerMinute: 1_000_000 }
  const secrets = await ensureSecrets(dataDir, config)
  const database = await openDatabase({ dataDir })
  await seedDemo(database.db, secrets.webhookSecret, Date.now())
  const app = createApp({
    config,
    secrets,
    database,
    log: createLogger({ level: 'error' }),
    consoleRoot: consoleRoot ?? path.join(import.meta.dirname ?? '', '../../dist'),
    realtime: { connectionsPerUser: 100_000, pollMs: never, ...realtime },
  })
  await app.listen(config.port, '127.0.0.1')
  const url = `http://127.0.0.1:${app.http.server.address().port}`
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'manager@demo.callboard.test', password: 'callboard' }),
  })
  const { token } = await response.json()
  const floor = floorEntries({ position: await openFloor(app, token) })
  server = { app, database, dataDir, floor, feeding: null }
  return { ready: true, url, pid: process.pid, token, webhookSecret: secrets.webhookSecret }
}

function hand(entries) {
  for (let from = 0; from < entries.length; from += atOnce)
    server.app.realtime.ring(company, entries.slice(from, from + atOnce))
  return entries.length
}

/** Entries are handed over by promise: after a turn of the event loop they are folded in. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

async function obey(command) {
  if (command.start) return start(command.start)
  if (command.calls !== undefined) {
    hand(server.floor.population(command.calls))
    await turn()
    return { calls: server.floor.calls.length, position: server.floor.position }
  }
  if (command.rate !== undefined) {
    const report = server.feeding?.stop()
    server.feeding = command.rate > 0 ? paced(command.rate, (count) => hand(server.floor.next(count))) : null
    return server.feeding ? { rate: command.rate } : (report ?? { fed: 0, missed: 0, seconds: 0 })
  }
  if (command.burst !== undefined) {
    const began = performance.now()
    const fed = hand(server.floor.next(command.burst))
    await turn()
    return { fed, seconds: (performance.now() - began) / 1000 }
  }
  if (command.line) {
    const entry = server.floor.line(command.line.callId, command.line.text)
    hand([entry])
    return { seq: entry.seq }
  }
  if (command.everywhere !== undefined) {
    const { calls } = server.floor
    for (const { id } of [...calls]) hand([server.floor.line(id, command.everywhere)])
    await turn()
    return { fed: calls.length }
  }
  if (command.written) return { written: takeWritten() }
  if (command.live) return { ids: server.floor.calls.map(({ id }) => id) }
  if (command.memory) {
    global.gc?.()
    const { rss, heapUsed, external } = process.memoryUsage()
    return { rss, heapUsed, external }
  }
  if (command.stop) return stop()
  throw new Error('An unknown command.')
}

async function stop() {
  server?.feeding?.stop()
  await server?.app.close()
  await server?.database.close()
  if (server) rmSync(server.dataDir, { recursive: true, force: true })
  server = null
  return { stopped: true }
}

let turnOf = Promise.resolve()
process.on('message', (command) => {
  turnOf = turnOf
    .then(() => obey(command))
    .then(
      (answer) => process.send?.(answer),
      (error) => process.send?.({ error: error.stack }),
    )
    .then(() => {
      if (command.stop) process.exit(0)
    })
})
process.on('disconnect', () => void stop().then(() => process.exit(0)))

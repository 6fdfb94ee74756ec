// npm run bench:long-life: eight hours of floor in ten minutes; what server and console hold must stay as it was.
import { say, finish, target } from '../support/report.mjs'
import { freePort, startServer } from '../support/server.mjs'
import { residentBytes } from '../support/cpu.mjs'
import { median, round } from '../support/stats.mjs'
import { wait } from '../support/wait.mjs'
import { longCallId, startCompressedFloor } from './compressed-floor.mjs'
import { openDesk } from './desk.mjs'
import { attachNode } from './node-heap.mjs'

const seconds = Number(process.env.LONG_LIFE_SECONDS ?? 570)
const calls = Number(process.env.LONG_LIFE_CALLS ?? 30)
const faster = 60
const samples = 24
/** Share of the run after which everything bounded has reached its bound. */
const warmUp = 0.4
const cutEverySamples = 4
/** What is under way when the floor stops comes to its end, and the console lets it settle. */
const restMs = 1000
/** Growth from the beginning to the end of what comes after the warm-up. */
const bound = 0.05
const mega = (bytes) => round(bytes / 1e6, 2)

/** What the server says of itself. */
async function serverCounts(url) {
  const text = await (await fetch(`${url}/metrics`)).text()
  const read = (name) =>
    text
      .split('\n')
      .filter((line) => line.startsWith(name) && !line.startsWith('#'))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
  return {
    connections: read('callboard_realtime_connections'),
    subscribers: read('callboard_realtime_subscribers'),
    groups: read('callboard_realtime_groups'),
  }
}

/**
 * Growth of a series after the warm-up: the median of its last third against that of its first third, as a share.
 * @param {readonly number[]} values
 */
function growth(values) {
  const settled = values.slice(Math.floor(values.length * warmUp))
  const third = Math.max(1, Math.floor(settled.length / 3))
  return median(settled.slice(-third)) / median(settled.slice(0, third)) - 1
}

const inspectPort = await freePort()
const server = await startServer({ nodeArgs: [`--inspect=127.0.0.1:${inspectPort}`] })
const node = await attachNode(inspectPort)
const floor = await startCompressedFloor({ url: server.url, secret: server.webhookSecret(), calls, faster })
const desk = await openDesk({ port: server.port, longCallId })
const series = []

/** Floor and desk are at rest and no call is open: the same state at every look. */
async function look(began) {
  await floor.pause()
  await wait(restMs)
  const { main, threads } = await node.heap()
  const { page, worker, nodes, listeners } = await desk.held()
  const row = {
    seconds: Math.round((performance.now() - began) / 1000),
    hours: round(floor.hours(), 2),
    serverMB: mega(main),
    databaseThreadMB: mega(threads),
    residentMB: mega(residentBytes(server.pid)),
    consoleMB: mega(page + worker),
    workerMB: mega(worker),
    nodes,
    listeners,
    ...(await serverCounts(server.url)),
  }
  series.push(row)
  say(JSON.stringify(row))
  floor.goOn()
}

const began = performance.now()
for (let sample = 1; sample <= samples; sample++) {
  desk.begin()
  await wait(Math.max(0, began + (sample * seconds * 1000) / samples - performance.now()))
  await desk.rest()
  if (sample % cutEverySamples === 0) await desk.cutOnce()
  await look(began)
}
const hours = floor.hours()
const facts = floor.facts()
const ran = (performance.now() - began) / 1000
await floor.stop()
await desk.close()
node.close()
await server.stop()

const column = (name) => series.map((row) => row[name])
const grown = (name, what) =>
  target(`${what}, growth in %`, round(growth(column(name)) * 100, 1), '<=', bound * 100)
finish({
  name: 'long-life',
  rows: series,
  targets: [
    grown('serverMB', "heap of the server's main thread"),
    grown('databaseThreadMB', "heap of the server's database thread"),
    grown('consoleMB', 'heap of the console, page and worker'),
    grown('nodes', 'nodes of the page'),
    grown('listeners', 'listeners of the page'),
    target('errors on the page', desk.faults.length, '<=', 0),
  ],
  howToRead: [
    `${calls} live calls and one that never ends; every gap of a real floor is ${faster} times shorter: ${round(hours, 1)} hours of floor in ${Math.round(ran)} s (${facts} facts, ${desk.done.opened} calls opened and closed, ${desk.done.cuts} cuts of the line).`,
    'Every row is taken after forced collections while the floor holds its breath and no call is open; heaps are JavaScript bytes in use.',
    `Growth compares the median of the last third with that of the first third of what comes after the first ${warmUp * 100} % (warm-up: bounded memories fill).`,
    'workerMB is a part of consoleMB; it is small and mostly compiled code, so it is shown and not judged alone.',
    'residentMB is the server process as the system sees it, database pages included; it is shown, not judged.',
  ],
  details: { seconds: Math.round(ran), hours, facts, ...desk.done, faults: desk.faults.slice(0, 20) },
})
process.exit(0)

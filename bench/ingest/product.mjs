// Loads one running server with signed deliveries: as many as it acknowledges, or at a fixed rate.
import { cpuSeconds, watchThreads } from '../support/cpu.mjs'
import { createDeliveries } from '../support/deliver.mjs'
import { createFloor } from '../support/floor.mjs'
import { startServer } from '../support/server.mjs'
import { percentile } from '../support/stats.mjs'
import { paced } from '../support/wait.mjs'

/** Facts in one delivery. */
export const deliverySize = 100
const liveCalls = 5000
/** Deliveries that wait for their acknowledgement at the same time: two full groups on their way, and facts for two more. */
const inFlight = 32
const warmUpDeliveries = 60
/** More than one server takes in a second: the signing is done before the measuring. */
const signedPerSecond = 25_000

/**
 * Starts a server with 5,000 live calls and lets `work` load it.
 * @param {{ env?: Record<string, string>, dataDir?: string, nodeArgs?: string[] }} options
 * @param {(load: object) => Promise<object>} work
 */
export async function withProduct(options, work) {
  const server = await startServer(options)
  const deliveries = createDeliveries({ url: server.url, secret: server.webhookSecret() })
  const floor = createFloor({ calls: liveCalls })
  const prepare = (count) => Array.from({ length: count }, () => deliveries.prepare(floor.take(deliverySize)))
  try {
    await deliveries.post(floor.openings())
    await inTurn(deliveries, prepare(warmUpDeliveries), Infinity)
    return await work({ server, deliveries, prepare })
  } finally {
    deliveries.close()
    await server.stop()
  }
}

/** Keeps `inFlight` deliveries on their way until `ends` (by `performance.now`) or until none is left. */
async function inTurn(deliveries, prepared, ends) {
  const acks = []
  let next = 0
  const sender = async () => {
    while (next < prepared.length && performance.now() < ends)
      acks.push(await deliveries.send(prepared[next++]))
  }
  await Promise.all(Array.from({ length: inFlight }, sender))
  return acks
}

/** Cores of the process and of its busiest threads while `work` ran. */
async function watched(pid, work) {
  const before = cpuSeconds(pid)
  const busiest = watchThreads(pid)
  const began = performance.now()
  const acks = await work()
  const seconds = (performance.now() - began) / 1000
  const cores = (cpuSeconds(pid) - before) / seconds
  return { acks, seconds, cores, threads: busiest().slice(0, 2) }
}

/** As many facts as are acknowledged in `seconds`. `from` is the epoch ms at which the measuring began. */
export async function saturate({ server, deliveries, prepare }, seconds) {
  const prepared = prepare(Math.ceil((seconds * signedPerSecond) / deliverySize))
  const from = Date.now()
  const ends = performance.now() + seconds * 1000
  const outcome = await watched(server.pid, () => inTurn(deliveries, prepared, ends))
  const facts = outcome.acks.length * deliverySize
  return {
    from,
    facts,
    rate: facts / outcome.seconds,
    ackP95: percentile(outcome.acks, 0.95),
    cores: outcome.cores,
    threads: outcome.threads,
  }
}

/** `rate` facts a second, whether the answers come or not; acknowledgements in ms. */
export async function atRate({ server, deliveries, prepare }, rate, seconds) {
  const everyMs = (1000 * deliverySize) / rate
  const prepared = prepare(Math.round((seconds * rate) / deliverySize))
  const acks = []
  const outcome = await watched(server.pid, async () => {
    await paced(everyMs, seconds, async (tick) => acks.push(await deliveries.send(prepared[tick])))
    return acks
  })
  return {
    rate: (acks.length * deliverySize) / outcome.seconds,
    ackP50: percentile(acks, 0.5),
    ackP95: percentile(acks, 0.95),
    ackMax: Math.max(...acks),
    cores: outcome.cores,
  }
}

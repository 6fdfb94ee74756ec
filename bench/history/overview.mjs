// Analytics of 90 days by HTTP, a question a second, while 500 signed facts a second come in.
import { createDeliveries } from '../support/deliver.mjs'
import { createFloor } from '../support/floor.mjs'
import { percentile, round } from '../support/stats.mjs'
import { wait } from '../support/wait.mjs'

/** The days that `fill` fills end then. */
const range = 'from_date=2026-08-03&to_date=2026-10-31'
const callsRange = 'from=2026-08-03&to=2026-10-31'

const questions = [
  ['overview', `overview?${range}`],
  ['overview beside the 90 days before', `overview?${range}&compare=previous`],
  ['overview of a business', `overview?${range}&business_id=business-2&direction=inbound`],
  ['volume by day', `call-volume?${range}&compare=previous`],
  ['volume by day, half-hour zone', `call-volume?${range}&zone=Asia/Kolkata`],
  ['volume by hour, 60 days', 'call-volume?from_date=2026-09-02&to_date=2026-10-31&interval=hour'],
  ['QA', `qa?${range}`],
  ['mood', `sentiment?${range}`],
  ['escalations', `escalations?${range}`],
  ['calls overview', `calls/overview?${callsRange}`],
  ['calls trends', `calls/trends?${callsRange}`],
  ['people', `agents/performance?${callsRange}`],
]

export const factsPerSecond = 500
const liveCalls = 1000
/** A question begins this long after the one before, ms: what thirty open pages ask together. 0 asks without a rest. */
const askEveryMs = Number(process.env.BENCH_ASK_EVERY ?? 1000)
const deliverySize = 10

/** Sends at the rate, by the clock and not by the answers, until a delivery says that it is enough. */
async function feed(send) {
  const under = new Set()
  const began = performance.now()
  let goesOn = true
  for (let tick = 0; goesOn; tick++) {
    await wait(Math.max(0, began + (tick * 1000 * deliverySize) / factsPerSecond - performance.now()))
    const work = send()
      .then((more) => {
        goesOn &&= more
      })
      .finally(() => under.delete(work))
    under.add(work)
  }
  await Promise.all(under)
}

/**
 * Asks each question `times` times, one a second; the facts go on all the time.
 * @param {{ kind: string, url: string, secret: string, token: string, times: number, say: (text: string) => void }} options
 */
export async function measureOverview({ kind, url, secret, token, times, say }) {
  const deliveries = createDeliveries({ url, secret })
  const floor = createFloor({ calls: liveCalls })
  await deliveries.post(floor.openings())
  const rows = []
  try {
    for (const [name, path] of questions) {
      const acks = []
      let stopped = false
      const load = feed(async () => {
        acks.push(await deliveries.send(deliveries.prepare(floor.take(deliverySize))))
        return !stopped
      })
      const took = []
      for (let turn = 0; turn < times; turn++) {
        const began = performance.now()
        const response = await fetch(`${url}/api/v1/analytics/${path}`, {
          headers: { authorization: `Bearer ${token}` },
        })
        const body = await response.json()
        if (!response.ok) throw new Error(`${name}: ${response.status} ${JSON.stringify(body)}`)
        took.push(performance.now() - began)
        await wait(Math.max(0, began + askEveryMs - performance.now()))
      }
      stopped = true
      await load
      rows.push({
        database: kind,
        question: name,
        'p50 ms': round(percentile(took, 0.5)),
        'p95 ms': round(percentile(took, 0.95)),
        facts: acks.length * deliverySize,
        'ack p50 ms': round(percentile(acks, 0.5)),
        'ack p95 ms': round(percentile(acks, 0.95)),
        'ack at most ms': round(Math.max(...acks)),
      })
      say(JSON.stringify(rows.at(-1)))
    }
    return rows
  } finally {
    deliveries.close()
  }
}

// A process that plays the voice platform: the floor's mix as signed deliveries, at a rate, told by process messages.
import { createDeliveries } from '../support/deliver.mjs'
import { createFloor } from '../support/floor.mjs'
import { paced } from '../support/paced.mjs'
import { percentile } from '../support/stats.mjs'

/** Deliveries under way at most; what the server does not take stays behind and is counted as missed. */
const inFlight = 12
/** Deliveries a second, each of a share of the rate. */
const deliveriesPerSecond = 25

let deliveries = null
let floor = null
let running = null

/** Starts the mix at `rate` facts a second. */
function start(rate) {
  const size = Math.max(1, Math.round(rate / deliveriesPerSecond))
  const acks = []
  let accepted = 0
  let refused = 0
  let under = 0
  const pace = paced(rate / size, (count) => {
    let sent = 0
    for (; sent < count && under < inFlight; sent++) {
      under++
      deliveries
        .send(deliveries.prepare(floor.take(size)))
        .then(
          (ms) => {
            acks.push(ms)
            accepted += size
          },
          () => {
            refused += size
          },
        )
        .finally(() => under--)
    }
    return Math.max(sent, 0)
  })
  running = {
    stop() {
      const { seconds } = pace.stop()
      return { fed: accepted, refused, seconds, ackP95: percentile(acks, 0.95) }
    },
  }
  return { rate }
}

const orders = {
  async open({ url, secret, calls }) {
    deliveries = createDeliveries({ url, secret })
    floor = createFloor({ calls, prefix: 'grid' })
    await deliveries.post(floor.openings())
    return { calls }
  },
  rate({ rate }) {
    const report = running?.stop() ?? { fed: 0, refused: 0, seconds: 0, ackP95: null }
    running = null
    return rate > 0 ? start(rate) : report
  },
}
process.on('message', async (order) => {
  try {
    process.send(await orders[order.order](order))
  } catch (error) {
    process.send({ error: error.stack })
  }
})

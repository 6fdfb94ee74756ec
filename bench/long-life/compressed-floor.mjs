// A floor whose day passes in minutes: the same mix with all gaps shortened, and one call that talks the whole day.
import { createDeliveries } from '../support/deliver.mjs'
import { createFloor, eventsPerCall, mix } from '../support/floor.mjs'
import { wait } from '../support/wait.mjs'

const turnMs = 200
/** What a turn brings at most; a machine that cannot keep up makes the day longer, and the report says so. */
const mostPerTurn = 1000

/** The call that is live from the first moment to the last. */
export const longCallId = 'long-life-all-day'

const longCall = {
  event: 'call.started',
  data: {
    call: {
      id: longCallId,
      direction: 'inbound',
      status: 'in_progress',
      from_number: '+12105550199',
      to_number: '+12105550110',
      contact_name: 'All Day',
    },
  },
}

/**
 * Starts the floor.
 * @param {{ url: string, secret: string, calls: number, faster: number }} options `faster`: how much gaps are shortened
 */
export async function startCompressedFloor({ url, secret, calls, faster }) {
  const deliveries = createDeliveries({ url, secret, connections: 2 })
  const floor = createFloor({ calls, prefix: 'long-life' })
  const perSecond = calls * eventsPerCall * faster
  await deliveries.post([longCall, ...floor.openings()])
  let isStopped = false
  let sent = 0
  let said = 0

  function longLines(count) {
    return Array.from({ length: count }, () => ({
      event: 'interaction.added',
      data: {
        call_id: longCallId,
        interaction: {
          id: `all-day-${++said}`,
          speaker: said % 2 === 0 ? 'ai' : 'customer',
          text: `Line ${said} of a call that lasts the whole day.`,
        },
      },
    }))
  }

  async function run() {
    let last = performance.now()
    let owed = 0
    while (!isStopped) {
      await wait(turnMs)
      const now = performance.now()
      owed = Math.min(mostPerTurn, owed + ((now - last) / 1000) * perSecond)
      last = now
      const count = Math.floor(owed)
      owed -= count
      const share = Math.round(sent / (calls * eventsPerCall * mix.line)) - said
      await deliveries.post([...floor.take(count), ...longLines(Math.max(0, share))])
      sent += count
    }
  }
  let running = run()

  const pause = async () => {
    isStopped = true
    await running
  }

  return {
    /** Hours of floor that have passed. */
    hours: () => sent / (calls * eventsPerCall * 3600),
    facts: () => sent + said,
    /** Nothing happens any more and all of it is acknowledged, until `goOn()`. */
    pause,
    goOn() {
      isStopped = false
      running = run()
    },
    async stop() {
      await pause()
      deliveries.close()
    },
  }
}

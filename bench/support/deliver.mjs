// Signed deliveries to the telephony webhook, as a voice platform sends them; signing can be done ahead of the measuring.
import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { Webhook } from 'standardwebhooks'

/**
 * @typedef {object} Delivery
 * @property {Buffer} body
 * @property {Record<string, string | number>} headers
 * @property {number} facts
 */

/**
 * @param {object} options
 * @param {string} options.url of the server
 * @param {string} options.secret `whsec_…`
 * @param {string} [options.company] slug
 * @param {number} [options.connections] kept open at most
 */
export function createDeliveries({ url, secret, company = 'demo', connections = 32 }) {
  const webhook = new Webhook(secret)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const target = new URL(`/api/v1/webhooks/telephony?company=${company}`, url)
  const run = randomBytes(4).toString('hex')
  let serial = 0

  /**
   * Writes and signs a delivery. It may wait: signatures are taken for five minutes.
   * @param {readonly object[]} events 1 to 1,000 facts
   * @returns {Delivery}
   */
  function prepare(events) {
    const body = JSON.stringify({ events })
    const id = `bench-${run}-${serial++}`
    const at = new Date()
    const bytes = Buffer.from(body)
    const headers = {
      'content-type': 'application/json',
      'content-length': bytes.length,
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': webhook.sign(id, at, body),
    }
    return { body: bytes, headers, facts: events.length }
  }

  /**
   * Sends a delivery and waits for the acknowledgement.
   * @param {Delivery} delivery
   * @returns {Promise<number>} milliseconds until the acknowledgement; rejects on anything but 2xx
   */
  function send(delivery) {
    const began = performance.now()
    return new Promise((resolve, reject) => {
      const post = request(target, { method: 'POST', agent, headers: delivery.headers }, (response) => {
        const parts = []
        response.on('data', (part) => parts.push(part))
        response.on('end', () => {
          if (response.statusCode === 200) resolve(performance.now() - began)
          else reject(new Error(`${response.statusCode} ${Buffer.concat(parts).toString()}`))
        })
        response.on('error', reject)
      })
      post.on('error', reject)
      post.end(delivery.body)
    })
  }

  return {
    prepare,
    send,
    /** Signs and sends facts in deliveries of at most `size`, one after the other. */
    async post(events, size = 500) {
      for (let from = 0; from < events.length; from += size)
        await send(prepare(events.slice(from, from + size)))
    },
    close: () => agent.destroy(),
  }
}

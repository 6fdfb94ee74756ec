// A voice platform in small: WEBHOOK_SECRET=whsec_… node docs/examples/voice-platform.mjs
/* oxlint-disable no-console, node/no-process-env -- a program of its own, outside the server */
import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'

const {
  WEBHOOK_SECRET = '',
  CALLBOARD = 'http://127.0.0.1:8000',
  COMPANY = 'demo',
  PORT = '9100',
} = process.env
const url = `${CALLBOARD}/api/v1/webhooks/telephony?company=${COMPANY}`
const webhook = new Webhook(WEBHOOK_SECRET)
const call_id = `example-${Date.now()}`
let count = 0

async function report(event, data) {
  const body = JSON.stringify({ events: [{ event, data }] })
  const id = `${call_id}-${++count}` // Keep it when you send the same facts again: they count once.
  const at = new Date()
  const stamp = { 'webhook-id': id, 'webhook-timestamp': `${Math.floor(at / 1000)}` }
  const headers = {
    ...stamp,
    'webhook-signature': webhook.sign(id, at, body),
    'content-type': 'application/json',
  }
  const response = await fetch(url, { method: 'POST', headers, body })
  console.log(event, response.status, response.ok ? '' : await response.text())
}
const say = (speaker, text, metadata) =>
  report('interaction.added', { call_id, interaction: { id: count, speaker, text, metadata } })

async function carryOut({ command_id, action, text }) {
  if (action === 'send_message') return say('ai', text, { command_id })
  if (action === 'end') await report('call.ended', { call_id })
  const state = action === 'end' ? 'applied' : 'refused'
  await report('intervention.updated', { call_id, command_id, state, detail: `${state} by the example` })
}

const server = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString()
  let command
  try {
    command = webhook.verify(body, request.headers)
  } catch {
    return response.writeHead(401).end('{"message":"The signature does not fit."}')
  }
  if (command.call_id !== call_id) return response.writeHead(404).end('{"message":"No such call here."}')
  response.writeHead(202).end() // We have it; what comes of it follows as a fact.
  await carryOut(command).catch(console.error)
})
server.listen(Number(PORT), '127.0.0.1', async () => {
  console.log(`commands: http://127.0.0.1:${server.address().port}/commands`)
  await report('call.started', { call: { id: call_id, direction: 'inbound', status: 'in_progress' } })
  await say('ai', 'Alamo Roofing, this call is recorded. How can I help?')
  await say('customer', 'This is the third time I call about the same leak.')
  await report('sentiment.changed', { call_id, sentiment: { score: 0.25, label: 'negative' } })
})

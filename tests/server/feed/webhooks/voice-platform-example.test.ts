import { spawn } from 'node:child_process'
import { type IncomingMessage, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { TelephonyEvent } from '#contract/telephony.ts'
import { createWebhookPlatform } from '#server/control/webhook-platform.ts'
import { systemClock } from '#server/domain/clock.ts'
import type { ControlCommand } from '#server/domain/voice-platform.ts'
import { parseTelephonyBody } from '#server/feed/webhooks/parse-telephony-body.ts'
import { verifyDelivery } from '#server/feed/webhooks/verify-delivery.ts'

const secret = `whsec_${Buffer.alloc(24, 9).toString('base64')}`
const never = new AbortController().signal
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** The door of the telephony endpoint, as strict as the real one. */
async function door() {
  const events: TelephonyEvent[] = []
  async function take(request: IncomingMessage): Promise<number> {
    const body = Buffer.concat(await request.toArray())
    const from = verifyDelivery(request.headers, body, [{ companyId: 'demo', secret }], Date.now())
    const parsed = parseTelephonyBody(JSON.parse(body.toString()))
    if (!from.ok || !parsed.ok || request.url !== '/api/v1/webhooks/telephony?company=demo') return 400
    events.push(...parsed.events)
    return 200
  }
  const server = createServer((request, response) => {
    void take(request).then((status) => response.writeHead(status).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, events }
}

async function example(callboard: string) {
  const child = spawn(process.execPath, ['docs/examples/voice-platform.mjs'], {
    env: { ...process.env, WEBHOOK_SECRET: secret, CALLBOARD: callboard, PORT: '0' },
  })
  closing.push(() => child.kill())
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  await expect.poll(() => output, { timeout: 20_000 }).toMatch(/commands: \S+/)
  const platformUrl = /commands: (\S+)/.exec(output)?.[1] ?? ''
  const platform = createWebhookPlatform({ url: platformUrl, secretOf: () => secret, clock: systemClock })
  return { platform, platformUrl }
}

test('the documented example reports a call and carries out what a supervisor asks', async () => {
  const { url, events } = await door()
  const { platform, platformUrl } = await example(url)
  const names = () => events.map(({ event }) => event)
  await expect
    .poll(names, { timeout: 20_000 })
    .toEqual(['call.started', 'interaction.added', 'interaction.added', 'sentiment.changed'])
  const [started] = events
  const callId = started?.event === 'call.started' ? started.data.call.id : ''
  const base = { companyId: 'demo', callId, by: { id: 'u1', name: 'Mia' } }
  const ask = (command: ControlCommand) => platform.send(command, never)

  expect(await ask({ ...base, id: 'c1', action: 'send_message', text: 'Offer a visit.' })).toEqual({
    state: 'delivered',
  })
  await expect
    .poll(() => events.at(-1), { timeout: 20_000 })
    .toMatchObject({
      event: 'interaction.added',
      data: { interaction: { speaker: 'ai', text: 'Offer a visit.', metadata: { command_id: 'c1' } } },
    })
  expect(await ask({ ...base, id: 'c2', action: 'override_instructions', text: 'x' })).toEqual({
    state: 'delivered',
  })
  await expect
    .poll(() => events.at(-1), { timeout: 20_000 })
    .toMatchObject({ data: { command_id: 'c2', state: 'refused' } })
  expect(await ask({ ...base, callId: 'other', id: 'c3', action: 'pause' })).toEqual({
    state: 'refused',
    detail: 'No such call here.',
  })
  const forger = createWebhookPlatform({
    url: platformUrl,
    secretOf: () => `whsec_${Buffer.alloc(24, 8).toString('base64')}`,
    clock: systemClock,
  })
  expect(await forger.send({ ...base, id: 'c5', action: 'end' }, never)).toEqual({
    state: 'refused',
    detail: 'The signature does not fit.',
  })
  await ask({ ...base, id: 'c4', action: 'end' })
  await expect.poll(names, { timeout: 20_000 }).toContain('call.ended')
  await expect
    .poll(() => events.at(-1), { timeout: 20_000 })
    .toMatchObject({ data: { command_id: 'c4', state: 'applied' } })
})

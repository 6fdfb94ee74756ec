import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterEach, expect, test } from 'vitest'
import { PlatformUnreachable, createWebhookPlatform } from '#server/control/webhook-platform.ts'
import { noPlatform } from '#server/control/no-platform.ts'
import { type Clock, systemClock } from '#server/domain/clock.ts'
import type { ControlCommand } from '#server/domain/voice-platform.ts'
import { handClock } from '#tests/server/feed/replay/hand-clock.ts'

const secret = `whsec_${Buffer.alloc(24, 3).toString('base64')}`
const base = { id: 'cmd-1', companyId: 'demo', callId: 'call-1', by: { id: 'u1', name: 'Mia' } }
const message: ControlCommand = { ...base, action: 'send_message', text: 'Grüße <b>😀</b>' }
const never = new AbortController().signal

interface Delivery {
  headers: IncomingMessage['headers']
  body: string
}
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function listener(answer: (response: ServerResponse, delivery: Delivery) => void) {
  const deliveries: Delivery[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const delivery = { headers: request.headers, body: Buffer.concat(chunks).toString() }
      deliveries.push(delivery)
      answer(response, delivery)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/commands`, deliveries }
}

/** The message of the failure, caught at once so that none goes unhandled while the clock is moved. */
const faultOf = (sent: Promise<unknown>) =>
  sent.then(
    () => 'no failure',
    (error: unknown) => (error instanceof PlatformUnreachable ? error.message : 'another failure'),
  )
const platformAt = (url: string, clock: Clock = systemClock) =>
  createWebhookPlatform({ url, clock, secretOf: (companyId) => (companyId === 'demo' ? secret : undefined) })

async function answered(status: number, body = '', headers: Record<string, string> = {}) {
  const { url, deliveries } = await listener((response) => response.writeHead(status, headers).end(body))
  return { send: () => platformAt(url).send(message, never), deliveries }
}

test('a command arrives signed, as snake_case JSON, under its own id', async () => {
  const { send, deliveries } = await answered(202)
  expect(await send()).toEqual({ state: 'delivered' })
  const [{ headers, body } = { headers: {}, body: '' }] = deliveries
  const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
  const told = new Webhook(secret).verify(body, given)
  expect(headers['webhook-id']).toBe('cmd-1')
  expect(told).toEqual({
    command_id: 'cmd-1',
    company_id: 'demo',
    call_id: 'call-1',
    action: 'send_message',
    by: { id: 'u1', name: 'Mia' },
    sent_at: expect.stringMatching(/^\d{4}-.*Z$/),
    text: 'Grüße <b>😀</b>',
  })
})

test.each<[ControlCommand, Record<string, unknown>]>([
  [{ ...base, action: 'pause' }, {}],
  [{ ...base, action: 'override_instructions', text: 'Be brief' }, { text: 'Be brief' }],
  [{ ...base, action: 'end', reason: 'Spam' }, { reason: 'Spam' }],
  [
    {
      ...base,
      action: 'transfer',
      agent: { id: 'a1', name: 'Ann', phoneNumber: '+12105550100' },
      contextNote: 'VIP',
    },
    { agent: { id: 'a1', name: 'Ann', phone_number: '+12105550100' }, context_note: 'VIP' },
  ],
  [
    {
      ...base,
      action: 'dial',
      toNumber: '+12105550101',
      fromNumber: '+12105550100',
      businessId: 'b1',
      templateId: 't1',
    },
    { to_number: '+12105550101', from_number: '+12105550100', business_id: 'b1', template_id: 't1' },
  ],
])('$action carries what it needs', async (command, members) => {
  const { url, deliveries } = await listener((response) => response.writeHead(202).end())
  await platformAt(url).send(command, never)
  const {
    command_id,
    company_id,
    call_id,
    action,
    by,
    sent_at: _,
    ...rest
  } = JSON.parse(deliveries[0]?.body ?? '{}')
  expect({ command_id, company_id, call_id, action, by }).toEqual({
    command_id: 'cmd-1',
    company_id: 'demo',
    call_id: 'call-1',
    action: command.action,
    by: base.by,
  })
  expect(rest).toEqual(members)
})

test.each([
  [200, '', { state: 'delivered' }],
  [204, '', { state: 'delivered' }],
  [200, '{"state":"delivered","detail":"Queued"}', { state: 'delivered', detail: 'Queued' }],
  [
    200,
    '{"state":"refused","detail":"The call is on hold."}',
    { state: 'refused', detail: 'The call is on hold.' },
  ],
  [200, '{"state":"refused"}', { state: 'refused', detail: 'The voice platform refused it.' }],
  [404, '{"message":"No such call."}', { state: 'refused', detail: 'No such call.' }],
  [409, '{"error":{"message":"Already over."}}', { state: 'refused', detail: 'Already over.' }],
  [422, '{"detail":"Too long."}', { state: 'refused', detail: 'Too long.' }],
  [403, '<html>Forbidden</html>', { state: 'refused', detail: 'The voice platform refused it (HTTP 403).' }],
])('HTTP %i with %s is read as its receipt', async (status, body, receipt) => {
  expect(await (await answered(status, body)).send()).toEqual(receipt)
})

test('a very long reason is cut', async () => {
  const { send } = await answered(400, JSON.stringify({ message: 'x'.repeat(2000) }))
  expect((await send()).detail).toHaveLength(500)
})

test.each([
  [500, ''],
  [503, '{"state":"refused"}'],
  [200, '<html>Sign in</html>'],
  [200, '{"state":"applied"}'],
  [200, `{"state":"delivered","detail":"${'x'.repeat(70_000)}"}`],
])('HTTP %i with an unclear answer leaves the outcome unknown', async (status, body) => {
  await expect((await answered(status, body)).send()).rejects.toThrow(PlatformUnreachable)
})

test('a redirect is not followed', async () => {
  const elsewhere = await listener((response) => response.writeHead(202).end())
  const { send } = await answered(307, '', { location: elsewhere.url })
  expect(await send()).toEqual({
    state: 'refused',
    detail: 'The voice platform’s address has moved (HTTP 307).',
  })
  expect(elsewhere.deliveries).toEqual([])
})

test('without an answer in five seconds the outcome is unknown', async () => {
  const time = handClock(Date.now())
  const { url, deliveries } = await listener(() => {})
  const sent = platformAt(url, time.clock).send(message, never)
  const outcome = faultOf(sent)
  await expect.poll(() => deliveries.length).toBe(1)
  await time.advance(4999)
  await expect(Promise.race([sent, Promise.resolve('waiting')])).resolves.toBe('waiting')
  await time.advance(1)
  expect(await outcome).toMatch('did not answer in time')
  expect(time.pending()).toBe(0)
})

test('a body that trickles in past the time-out leaves the outcome unknown', async () => {
  const time = handClock(Date.now())
  const { url, deliveries } = await listener((response) => response.writeHead(200).write('{"state":'))
  const outcome = faultOf(platformAt(url, time.clock).send(message, never))
  await expect.poll(() => deliveries.length).toBe(1)
  await time.advance(5000)
  expect(await outcome).toMatch('did not answer in time')
})

test('giving a command up leaves the outcome unknown', async () => {
  const { url, deliveries } = await listener(() => {})
  const giveUp = new AbortController()
  const outcome = faultOf(platformAt(url).send(message, giveUp.signal))
  await expect.poll(() => deliveries.length).toBe(1)
  giveUp.abort()
  expect(await outcome).toMatch('given up')
})

test('a platform that cannot be reached leaves the outcome unknown and the error holds no words of the command', async () => {
  const outcome = await platformAt('http://127.0.0.1:1/commands')
    .send(message, never)
    .catch((error: unknown) => error)
  expect(outcome).toBeInstanceOf(PlatformUnreachable)
  expect(String((outcome as Error).stack)).not.toContain('Grüße')
})

test('a company without a secret sends nothing', async () => {
  const { url, deliveries } = await listener((response) => response.writeHead(202).end())
  expect(await platformAt(url).send({ ...message, companyId: 'acme' }, never)).toMatchObject({
    state: 'refused',
  })
  expect(deliveries).toEqual([])
})

test('without a voice platform every command is refused in words', async () => {
  expect(await noPlatform.send(message, never)).toEqual({
    state: 'refused',
    detail: 'No voice platform is connected.',
  })
})

import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { verifyDelivery } from '#server/feed/webhooks/verify-delivery.ts'

const secretOf = (byte: number) => `whsec_${Buffer.alloc(24, byte).toString('base64')}`
const demo = { companyId: 'demo', secret: secretOf(1) }
const acme = { companyId: 'acme', secret: secretOf(2) }
const now = Date.UTC(2026, 10, 20, 14)
const body = Buffer.from('{"events":[{"text":"Grüße 😀"}]}')

function signed(secret: string, at = now, bytes: Buffer | string = body) {
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': new Webhook(secret).sign('msg_1', new Date(at), bytes.toString()),
  }
}

test('a delivery signed with a company’s secret names the company', () => {
  const answer = { ok: true, companyId: 'acme', deliveryId: 'msg_1' }
  expect(verifyDelivery(signed(acme.secret), body, [demo, acme], now)).toEqual(answer)
  expect(verifyDelivery(signed(acme.secret), body.toString(), [demo, acme], now)).toEqual(answer)
})

test('another company’s secret, an altered body and an altered id do not fit', () => {
  const none = { ok: false, reason: 'no-match' }
  expect(verifyDelivery(signed(acme.secret), body, [demo], now)).toMatchObject(none)
  expect(verifyDelivery(signed(demo.secret), Buffer.from(`${body.toString()} `), [demo], now)).toMatchObject(
    none,
  )
  const forged = { ...signed(demo.secret), 'webhook-id': 'msg_2' }
  expect(verifyDelivery(forged, body, [demo], now)).toMatchObject(none)
  expect(verifyDelivery(signed(demo.secret), body, [], now)).toMatchObject(none)
})

test('one fitting signature among several is enough, as when a secret is changed', () => {
  const headers = signed(demo.secret)
  const several = `v1,AAAA v1a,xyz ${headers['webhook-signature']}`
  expect(verifyDelivery({ ...headers, 'webhook-signature': several }, body, [demo], now).ok).toBe(true)
  const unversioned = headers['webhook-signature'].replace('v1,', 'v2,')
  expect(verifyDelivery({ ...headers, 'webhook-signature': unversioned }, body, [demo], now).ok).toBe(false)
})

test.each([
  [-5 * 60_000, true],
  [-5 * 60_000 - 1000, false],
  [5 * 60_000, true],
  [5 * 60_000 + 1000, false],
])('a stamp %i ms from now is accepted: %s', (offset, ok) => {
  expect(verifyDelivery(signed(demo.secret, now + offset), body, [demo], now).ok).toBe(ok)
})

test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const)(
  'without %s it says what to send',
  (name) => {
    const answer = verifyDelivery({ ...signed(demo.secret), [name]: undefined }, body, [demo], now)
    expect(answer).toMatchObject({ ok: false, reason: 'headers-missing' })
  },
)

test.each(['now', '1e9', '-5', '12.5'])(
  'a stamp that is no whole number of seconds is refused: %s',
  (stamp) => {
    const answer = verifyDelivery({ ...signed(demo.secret), 'webhook-timestamp': stamp }, body, [demo], now)
    expect(answer).toMatchObject({ ok: false, reason: 'headers-invalid' })
  },
)

test('a stored secret that cannot be read shuts out its own company only', () => {
  const broken = { companyId: 'broken', secret: 'whsec_' }
  expect(verifyDelivery(signed(demo.secret), body, [broken, demo], now)).toMatchObject({ companyId: 'demo' })
})

test('the refusal repeats nothing of what was sent', () => {
  const answer = verifyDelivery({ ...signed(demo.secret), 'webhook-timestamp': 'secret' }, body, [demo], now)
  expect(JSON.stringify(answer)).not.toMatch(/secret|whsec|msg_1/)
})

// One HTTP request to a server under test, as a client outside of it makes it; and deliveries signed as a platform signs.
import { Webhook } from 'standardwebhooks'
import type { FieldFault } from '#contract/errors.ts'
import { testSecrets } from '#tests/support/server.ts'

export interface Answer<B> {
  status: number
  body: B
  headers: Headers
}

/** What a refusal's body holds, for tests that expect one. */
export interface Refused {
  error: { code: string; message: string; details?: FieldFault[] }
  request_id: string
}

interface AskOptions {
  token?: string
  body?: unknown
  headers?: Record<string, string>
}

/** `ask(server.url, 'POST /api/v1/calls/c1/end', { token, body })`. The answer's JSON is null when there is none. */
export async function ask<B = Refused>(
  url: string,
  what: string,
  { token, body, headers = {} }: AskOptions = {},
): Promise<Answer<B>> {
  const [method = 'GET', path = '/'] = what.split(' ', 2)
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    body: (text === '' ? null : JSON.parse(text)) as B,
    headers: response.headers,
  }
}

export interface Delivery {
  id: string
  events: unknown
  /** Slug; none when absent. */
  company?: string | undefined
  secret?: string
  /** When it says it was sent, epoch ms. */
  at?: number
  /** Sent in place of `{ events }`. */
  text?: string
  path?: string
}

export interface Delivered {
  accepted: number
  duplicate: boolean
}

/** Posts a signed delivery of facts. */
export async function deliver<B = Delivered>(url: string, delivery: Delivery): Promise<Answer<B>> {
  const { id, events, company = 'demo', secret = testSecrets.webhookSecret, at = Date.now() } = delivery
  const text = delivery.text ?? JSON.stringify({ events })
  const query = company === '' ? '' : `?company=${company}`
  const response = await fetch(`${url}${delivery.path ?? '/api/v1/webhooks/telephony'}${query}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, new Date(at), text),
    },
    body: text,
  })
  return { status: response.status, body: (await response.json()) as B, headers: response.headers }
}

// Whether a delivery really comes from a company's voice platform: Standard Webhooks signatures, checked against the clock.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** A delivery's stamp may be this far from the server's clock, either way. */
export const toleranceMs = 5 * 60_000

export interface CompanySecret {
  companyId: string
  /** `whsec_` and base64. */
  secret: string
}

export type VerifiedDelivery =
  | { ok: true; companyId: string; deliveryId: string }
  | {
      ok: false
      reason: 'headers-missing' | 'headers-invalid' | 'too-old' | 'too-new' | 'no-match'
      /** What the sender should do about it; holds nothing of what was sent. */
      message: string
    }

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>
type Refusal = Extract<VerifiedDelivery, { ok: false }>

const refuse = (reason: Refusal['reason'], message: string): Refusal => ({ ok: false, reason, message })

function header(headers: Headers, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value.trim() : value?.[0]?.trim()
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/

function matches(secret: string, signed: string, body: Buffer | string, given: string[]): boolean {
  const key = secret.replace(/^whsec_/, '')
  // A company whose stored secret cannot be read receives nothing, and does not stop the others.
  if (!base64.test(key)) return false
  const code = createHmac('sha256', Buffer.from(key, 'base64')).update(signed).update(body).digest('base64')
  const expected = Buffer.from(`v1,${code}`)
  return given.some((signature) => {
    const bytes = Buffer.from(signature)
    return bytes.length === expected.length && timingSafeEqual(bytes, expected)
  })
}

/**
 * Checks a delivery against the secrets of the companies it may be for; the first that fits names the company. `headers`
 * are as Node gives them (lower case), `rawBody` the bytes as they came, `now` epoch ms. Never throws.
 */
export function verifyDelivery(
  headers: Headers,
  rawBody: Buffer | string,
  secrets: readonly CompanySecret[],
  now: number,
): VerifiedDelivery {
  const id = header(headers, 'webhook-id')
  const stamp = header(headers, 'webhook-timestamp')
  const signatures = header(headers, 'webhook-signature')
  if (!id || !stamp || !signatures)
    return refuse(
      'headers-missing',
      'Send the headers webhook-id, webhook-timestamp and webhook-signature, as the Standard Webhooks specification says.',
    )
  if (id.length > 200) return refuse('headers-invalid', 'Keep webhook-id at 200 characters or fewer.')
  if (!/^\d{1,12}$/.test(stamp))
    return refuse('headers-invalid', 'Write webhook-timestamp as whole seconds since 1970.')
  const at = Number(stamp) * 1000
  if (now - at > toleranceMs)
    return refuse(
      'too-old',
      'The delivery is stamped more than 5 minutes ago. Sign it again, with the time of sending.',
    )
  if (at - now > toleranceMs)
    return refuse('too-new', 'The delivery is stamped more than 5 minutes ahead. Set the sender’s clock.')
  const given = signatures.split(' ').filter((signature) => signature.startsWith('v1,'))
  for (const { companyId, secret } of secrets)
    if (matches(secret, `${id}.${stamp}.`, rawBody, given)) return { ok: true, companyId, deliveryId: id }
  return refuse(
    'no-match',
    'No signature fits. Sign the body’s exact bytes with the company’s secret, and name the company in the address.',
  )
}

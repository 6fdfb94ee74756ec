// The door for a voice platform's facts: signed, refused whole when one of them is wrong, answered once they are durable.
import type { FieldFault } from '#contract/errors.ts'
import { type TelephonyEvent, webhookTelephony } from '#contract/telephony.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import type { Ingest } from '#server/ingest/port.ts'
import { type CompanySecret, createWebhookSecrets } from '#server/ingest/webhook-secrets.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'

export interface TelephonyOptions {
  db: Db
  ingest: Ingest
  now: () => number
  verify: (
    headers: Readonly<Record<string, string | string[] | undefined>>,
    body: Buffer,
    secrets: readonly CompanySecret[],
    now: number,
  ) => { ok: true; companyId: string; deliveryId: string } | { ok: false; message: string }
  parse: (json: unknown) => { ok: true; events: TelephonyEvent[] } | { ok: false; faults: FieldFault[] }
}

export function registerTelephony(register: RegisterEndpoint, options: TelephonyOptions): void {
  const { db, ingest, now, verify, parse } = options
  const known = createWebhookSecrets(db, now)

  async function secretsFor(company: string | undefined, fresh: boolean): Promise<readonly CompanySecret[]> {
    const slug = company === undefined ? undefined : wellFormed(company)
    const secrets = await known.read(slug, fresh)
    if (slug === undefined && secrets.length > 1)
      throw new ApiError('VALIDATION_ERROR', 'Say which company the facts belong to.', [
        { field: 'query.company', message: 'Add ?company= with the slug of the company.' },
      ])
    return secrets
  }

  register(webhookTelephony, async ({ query, headers, rawBody }) => {
    const check = async (fresh: boolean) =>
      verify(headers, rawBody, await secretsFor(query.company, fresh), now())
    let delivery = await check(false)
    // The secret may be newer than what is kept.
    if (!delivery.ok) delivery = await check(true)
    // An unknown company is refused like a wrong signature: nobody learns which companies there are.
    if (!delivery.ok) throw new ApiError('SIGNATURE_INVALID', delivery.message)
    const parsed = parse(readJson(rawBody))
    if (!parsed.ok)
      throw new ApiError(
        'VALIDATION_ERROR',
        'Nothing was taken: mend the events below and send all again.',
        parsed.faults,
      )
    const { companyId, deliveryId } = delivery
    const result = await ingest.submit({ companyId, facts: parsed.events, deliveryId })
    return {
      status: 200,
      body: { accepted: result.duplicate ? 0 : parsed.events.length, duplicate: result.duplicate },
    }
  })
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new ApiError('VALIDATION_ERROR', 'The body is not JSON.', [
      { field: 'body', message: 'Send { "events": [ … ] } as JSON.' },
    ])
  }
}

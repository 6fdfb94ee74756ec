// The door for a voice platform's facts: signed, refused whole when one of them is wrong, answered once they are durable.
import type { FieldFault } from '#contract/errors.ts'
import { type TelephonyEvent, webhookTelephony } from '#contract/telephony.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import type { Ingest } from '#server/ingest/port.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'

interface CompanySecret {
  companyId: string
  secret: string
}

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

async function secretsFor(db: Db, slug: string | undefined): Promise<CompanySecret[]> {
  let query = db.selectFrom('companies').select(['id', 'webhook_secret'])
  if (slug !== undefined) query = query.where('slug', '=', wellFormed(slug))
  const rows = await query.limit(2).execute()
  if (slug === undefined && rows.length > 1)
    throw new ApiError('VALIDATION_ERROR', 'Say which company the facts belong to.', [
      { field: 'query.company', message: 'Add ?company= with the slug of the company.' },
    ])
  return rows.map((row) => ({ companyId: row.id, secret: row.webhook_secret }))
}

export function registerTelephony(register: RegisterEndpoint, options: TelephonyOptions): void {
  const { db, ingest, now, verify, parse } = options

  register(webhookTelephony, async ({ query, headers, rawBody }) => {
    const secrets = await secretsFor(db, query.company)
    // An unknown company is refused like a wrong signature: nobody learns which companies there are.
    const delivery = verify(headers, rawBody, secrets, now())
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

// Links to files that a browser opens by itself: signed, for some minutes, and good for one file of one company.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { ApiError } from '#server/domain/api-error.ts'

/** How long a link holds, ms; whoever looks at the export again gets a new one. */
export const linkLifeMs = 10 * 60_000

export interface LinkTarget {
  companyId: string
  exportId: string
}

const sign = (secret: string, text: string) =>
  createHmac('sha256', secret).update(`export link ${text}`).digest()

/** The path under this server; `now` in epoch ms. */
export function writeLink(secret: string, { companyId, exportId }: LinkTarget, now: number): string {
  const text = Buffer.from(JSON.stringify([companyId, exportId, now + linkLifeMs])).toString('base64url')
  const key = `${text}.${sign(secret, text).toString('base64url')}`
  return `/api/v1/exports/${encodeURIComponent(exportId)}/download?key=${key}`
}

/** Reads a link's key. Throws 401 for a key that is not ours, of another file, or too old. */
export function readLink(secret: string, exportId: string, key: string, now: number): LinkTarget {
  const refused = () =>
    new ApiError(
      'SIGNATURE_INVALID',
      'This link is not valid or has run out. Open it from the list of exports.',
    )
  const [text = '', signature = ''] = key.split('.')
  const given = Buffer.from(signature, 'base64url')
  const own = sign(secret, text)
  if (given.length !== own.length || !timingSafeEqual(given, own)) throw refused()
  const [companyId, id, until] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [
    string,
    string,
    number,
  ]
  if (id !== exportId || until < now) throw refused()
  return { companyId, exportId: id }
}

// What a verified token says, under whichever of the documents' names it says it (R-04, R-08, R-09).
import type { JWTPayload } from 'jose'
import { z } from 'zod'
import { unauthorized } from '#server/auth/unauthorized.ts'

const text = z.string().min(1).max(200).optional().catch(undefined)

const Claims = z.object({
  sub: text,
  user_id: text,
  org_id: text,
  organization_id: text,
  tenant_id: text,
  company_id: text,
  org_role: text,
  role: text,
  sid: text,
  sts: text,
  azp: text,
  name: text,
  email: text,
  /** Clerk's newer tokens keep the organization in one member; its role comes without `org:`. */
  o: z.object({ id: text, rol: text }).optional().catch(undefined),
  iat: z.number().optional().catch(undefined),
  exp: z.number(),
})

export interface TokenClaims {
  subject: string
  tenant: string
  /** As the token spells it; undefined when it names none. */
  role: string | undefined
  sessionId: string | undefined
  /** Clerk: `pending` until the person has done what the organization asks for. */
  status: string | undefined
  /** Clerk: origin of the page the token was made for. */
  authorizedParty: string | undefined
  name: string | undefined
  email: string | undefined
  /** Epoch ms; 0 when the token does not say. */
  issuedAt: number
  /** Epoch ms. */
  expiresAt: number
}

/** Reads the claims. Throws 401 when the person, the organization or the end is missing. */
export function readClaims(payload: JWTPayload): TokenClaims {
  const result = Claims.safeParse(payload)
  if (!result.success) throw unauthorized('INVALID_TOKEN')
  const claims = result.data
  const subject = claims.sub ?? claims.user_id
  if (!subject) throw unauthorized('INVALID_TOKEN')
  const tenant =
    claims.org_id ?? claims.organization_id ?? claims.tenant_id ?? claims.company_id ?? claims.o?.id
  if (!tenant) throw unauthorized('MISSING_TENANT_ID')
  return {
    subject,
    tenant,
    role: claims.org_role ?? claims.role ?? claims.o?.rol,
    sessionId: claims.sid,
    status: claims.sts,
    authorizedParty: claims.azp,
    name: claims.name,
    email: claims.email?.toLowerCase(),
    issuedAt: (claims.iat ?? 0) * 1000,
    expiresAt: claims.exp * 1000,
  }
}

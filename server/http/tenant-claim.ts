// The tenant comes from the token alone: a value that a client sends anyway must be its own.
import { ApiError } from '#server/domain/api-error.ts'
import type { Principal } from '#server/domain/principal.ts'

const tenantMembers = ['company_id', 'tenant_id'] as const

/** Throws 403 when the query or the body names another company than the principal's. */
export function refuseForeignTenant(principal: Principal, query: unknown, body: unknown): void {
  for (const part of [query, body]) {
    if (typeof part !== 'object' || part === null) continue
    for (const member of tenantMembers) {
      const value = (part as Record<string, unknown>)[member]
      if (value !== undefined && value !== principal.companyId)
        throw new ApiError('FORBIDDEN', "You don't have permission to act for another company")
    }
  }
}

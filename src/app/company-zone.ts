// The zone by whose clocks the company lives, for the pages that look back.
import type { Session } from '#contract/auth.ts'
import { isZone } from '#contract/zone-calendar.ts'

/** Its IANA name; null where none is kept, or one that this browser does not know. */
export const companyZone = ({ tenant_zone }: Session): string | null =>
  tenant_zone && isZone(tenant_zone) ? tenant_zone : null

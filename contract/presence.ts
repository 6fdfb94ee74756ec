// Who looks at a call: told to everybody who sees it, kept in memory only, gone with the connection.
import { z } from 'zod'
import { Id, Instant } from '#contract/primitives.ts'
import { roles } from '#contract/permissions.ts'

export const Watcher = z.object({
  id: Id,
  name: z.string(),
  /** Two letters for where there is no room. */
  initials: z.string(),
  role: z.enum(roles),
  since: Instant,
})
export type Watcher = z.infer<typeof Watcher>

/** At most eight people, the longest there first, and how many more there are. */
export const Presence = z
  .object({ watchers: z.array(Watcher).max(8), more: z.number().int().min(0) })
  .meta({ id: 'Presence' })
export type Presence = z.infer<typeof Presence>

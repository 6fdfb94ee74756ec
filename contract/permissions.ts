// Who may do what: one table, read by the server to decide and by the console to choose what to show.

/** The seven canonical roles. "Admin" of the documents is `manager`. */
export const roles = ['viewer', 'tech', 'sales_rep', 'csr', 'dispatcher', 'manager', 'owner'] as const
export type Role = (typeof roles)[number]

const claimRoles: Record<string, Role> = {
  admin: 'manager',
  'org:admin': 'manager',
  exec: 'manager',
  manager: 'manager',
  'org:manager': 'manager',
  csr: 'csr',
  'org:csr': 'csr',
  rep: 'sales_rep',
  sales_rep: 'sales_rep',
  'org:sales_rep': 'sales_rep',
  viewer: 'viewer',
  'org:viewer': 'viewer',
  tech: 'tech',
  'org:tech': 'tech',
  dispatcher: 'dispatcher',
  'org:dispatcher': 'dispatcher',
  owner: 'owner',
  'org:owner': 'owner',
}

/** Maps a token's role claim to a canonical role; an unknown claim gives null, which may do nothing. */
export function roleFromClaim(claim: string | undefined): Role | null {
  return claim === undefined ? null : (claimRoles[claim] ?? null)
}

/** One row of the role table each. A capability is what an endpoint or a control asks for. */
const table = {
  'calls.read': ['viewer', 'tech', 'sales_rep', 'csr', 'dispatcher', 'manager', 'owner'],
  'calls.escalate': ['csr', 'dispatcher', 'manager', 'owner'],
  'calls.claim': ['csr', 'dispatcher', 'manager', 'owner'],
  'escalations.read': ['viewer', 'csr', 'dispatcher', 'manager', 'owner'],
  'escalations.handle': ['csr', 'dispatcher', 'manager', 'owner'],
  'calls.note': ['csr', 'dispatcher', 'manager', 'owner'],
  'calls.intervene': ['dispatcher', 'manager', 'owner'],
  'calls.end': ['dispatcher', 'manager', 'owner'],
  'calls.initiate': ['csr', 'dispatcher', 'manager', 'owner'],
  /** What leaves the console: recordings and printed calls. */
  'calls.download': ['tech', 'sales_rep', 'csr', 'dispatcher', 'manager', 'owner'],
  'qa.review': ['manager', 'owner'],
  'audit.read': ['manager', 'owner'],
  'alerts.read': ['viewer', 'tech', 'sales_rep', 'csr', 'dispatcher', 'manager', 'owner'],
  'alerts.handle': ['csr', 'dispatcher', 'manager', 'owner'],
  'alerts.manage': ['manager', 'owner'],
  'agents.read': ['viewer', 'csr', 'dispatcher', 'manager', 'owner'],
  'knowledge.read': ['viewer', 'csr', 'dispatcher', 'manager', 'owner'],
  'knowledge.write': ['manager', 'owner'],
  'views.share': ['csr', 'dispatcher', 'manager', 'owner'],
  'views.manage': ['manager', 'owner'],
  /** Company analytics. */
  'analytics.read': ['viewer', 'manager', 'owner'],
  /** Analytics of the calls page. */
  'analytics.calls': ['viewer', 'dispatcher', 'manager', 'owner'],
  'exports.make': ['manager', 'owner'],
  'config.read': ['viewer', 'dispatcher', 'manager', 'owner'],
} as const satisfies Record<string, readonly Role[]>

export type Capability = keyof typeof table

/** True when the role has the capability. */
export function can(role: Role | null, capability: Capability): boolean {
  return role !== null && (table[capability] as readonly Role[]).includes(role)
}

/** The roles that hold a capability, for documentation and refusals. */
export function rolesWith(capability: Capability): readonly Role[] {
  return table[capability]
}

/**
 * What of the company's calls a role reads: everything, or only calls that carry one of its own tokens.
 * A csr also sees every missed call; those carry the token `@csr`.
 */
export function callScope(role: Role, userId: string): 'all' | readonly string[] {
  if (role === 'csr') return [userId, '@csr']
  if (role === 'tech' || role === 'sales_rep') return [userId]
  return 'all'
}

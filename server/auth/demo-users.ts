// The published people of the demo. They exist only with DEMO=1: their password stands in the manual.
import type { Role } from '#contract/permissions.ts'

export interface DemoUser {
  /** Stable, so that the simulator can give calls to their agents. */
  id: string
  email: string
  name: string
  role: Role
}

export interface DemoCompany {
  id: string
  slug: string
  name: string
  zone?: string
  users: readonly DemoUser[]
}

export const demoPassword = 'callboard'

/** The second company exists so that tenancy can be seen to hold. */
export const demoCompanies: readonly DemoCompany[] = [
  {
    id: 'demo',
    slug: 'demo',
    name: 'Alamo Home Services',
    zone: 'America/Chicago',
    users: [
      { id: 'demo-owner', email: 'owner@demo.callboard.test', name: 'Ruth Castellanos', role: 'owner' },
      { id: 'demo-manager', email: 'manager@demo.callboard.test', name: 'Dana Whitfield', role: 'manager' },
      {
        id: 'demo-dispatcher',
        email: 'dispatcher@demo.callboard.test',
        name: 'Marcus Oyelaran',
        role: 'dispatcher',
      },
      { id: 'demo-csr', email: 'csr@demo.callboard.test', name: 'Priya Raman', role: 'csr' },
      { id: 'demo-rep', email: 'rep@demo.callboard.test', name: 'Luke Brennan', role: 'sales_rep' },
      { id: 'demo-tech', email: 'tech@demo.callboard.test', name: 'Teo Villarreal', role: 'tech' },
      { id: 'demo-viewer', email: 'viewer@demo.callboard.test', name: 'Ingrid Solberg', role: 'viewer' },
    ],
  },
  {
    id: 'acme',
    slug: 'acme',
    name: 'Acme Plumbing',
    users: [
      { id: 'acme-manager', email: 'manager@acme.callboard.test', name: 'Noor Haddad', role: 'manager' },
    ],
  },
]

/** The demo's people as the console offers them, one click each; their password is `demoPassword`. */
export function demoPeople() {
  return demoCompanies.flatMap((company) =>
    company.users.map(({ email, name, role }) => ({
      email,
      name,
      role,
      company: company.name,
    })),
  )
}

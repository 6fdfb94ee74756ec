// Makes the first owner of a company from the terminal: `npm run create-owner`.
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { type CreatedOwner, OwnerError, createOwner, linkCompany } from '#server/auth/create-owner.ts'
import { loadEnv } from '#server/config.ts'
import { openDatabase } from '#server/db/database.ts'
import { readHidden, readPipedLine } from '#server/auth/read-password.ts'

const usage = `npm run create-owner -- [--email you@example.com] [--name "Your Name"] [--company "Your Company"]
                        [--external-id org_…]
What is left out is asked for. The password is asked for, or read from OWNER_PASSWORD or from standard input.

With Clerk nobody needs a password here: npm run create-owner -- --company "Your Company" --external-id org_…
only makes the company, or takes the one of that name, and links it to the organization.`

const { values: flags } = parseArgs({
  options: {
    email: { type: 'string' },
    name: { type: 'string' },
    company: { type: 'string' },
    'external-id': { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
})

async function ask(question: string, given: string | undefined): Promise<string> {
  if (given !== undefined) return given
  if (!process.stdin.isTTY) throw new OwnerError(`${question}: not given.\n\n${usage}`)
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`${question}: `)
  terminal.close()
  return answer
}

async function askPassword(fromEnvironment: string | undefined): Promise<string> {
  if (fromEnvironment) return fromEnvironment
  if (!process.stdin.isTTY) return await readPipedLine(process.stdin)
  const first = await readHidden('Password (at least 10 characters): ')
  if ((await readHidden('Once more: ')) !== first) throw new OwnerError('The passwords differ.')
  return first
}

type Env = ReturnType<typeof loadEnv>

const open = (env: Env) =>
  openDatabase({ url: env.DATABASE_URL || undefined, dataDir: env.DATA_DIR || '.data' })

/** Said once, when the company is new: its voice platform needs it. */
function tellSecret({ isNewCompany, companySlug, webhookSecret }: Omit<CreatedOwner, 'userId'>): void {
  if (!isNewCompany) return
  console.log(`Its voice platform reports to /api/v1/webhooks/telephony?company=${companySlug}`)
  console.log(`and signs with ${webhookSecret} (docs/integrate.md).`)
}

async function link(env: Env, externalId: string): Promise<void> {
  const company = await ask('Company', flags.company)
  const handle = await open(env)
  try {
    const linked = await linkCompany(handle.db, { company, externalId }, Date.now())
    const made = linked.isNewCompany ? 'Made' : 'Took'
    console.log(`${made} the company "${linked.companySlug}" and linked it to ${externalId}.`)
    tellSecret(linked)
  } finally {
    await handle.close()
  }
}

async function main(): Promise<void> {
  if (flags.help) return console.log(usage)
  const env = loadEnv()
  const externalId = flags['external-id']
  if (externalId !== undefined && flags.email === undefined) return await link(env, externalId)
  const owner = {
    email: await ask('E-mail', flags.email),
    name: await ask('Name', flags.name),
    company: await ask('Company', flags.company),
    password: await askPassword(env.OWNER_PASSWORD),
    ...(externalId ? { externalId } : {}),
  }
  const handle = await open(env)
  try {
    const made = await createOwner(handle.db, owner, Date.now())
    console.log(
      `${made.isNewCompany ? 'Made the company' : 'Added an owner to the company'} "${made.companySlug}".`,
    )
    tellSecret(made)
  } finally {
    await handle.close()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})

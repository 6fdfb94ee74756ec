// Makes the first owner of a company from the terminal: `npm run create-owner`.
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { OwnerError, createOwner } from '#server/auth/create-owner.ts'
import { loadEnv } from '#server/config.ts'
import { openDatabase } from '#server/db/database.ts'
import { readHidden, readPipedLine } from '#server/auth/read-password.ts'

const usage = `npm run create-owner -- [--email you@example.com] [--name "Your Name"] [--company "Your Company"]
                        [--external-id org_…]
What is left out is asked for. The password is asked for, or read from OWNER_PASSWORD or from standard input.`

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

async function main(): Promise<void> {
  if (flags.help) return console.log(usage)
  const env = loadEnv()
  const owner = {
    email: await ask('E-mail', flags.email),
    name: await ask('Name', flags.name),
    company: await ask('Company', flags.company),
    password: await askPassword(env.OWNER_PASSWORD),
    ...(flags['external-id'] ? { externalId: flags['external-id'] } : {}),
  }
  const handle = await openDatabase({
    url: env.DATABASE_URL || undefined,
    dataDir: env.DATA_DIR || '.data',
  })
  try {
    const made = await createOwner(handle.db, owner, Date.now())
    console.log(
      `${made.isNewCompany ? 'Made the company' : 'Added an owner to the company'} "${made.companySlug}".`,
    )
  } finally {
    await handle.close()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})

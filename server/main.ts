// The process: reads the environment, starts the server, says where it is, and stops with grace.
import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createApp } from '#server/app.ts'
import { hasAnyUser, hasLinkedCompany } from '#server/auth/create-owner.ts'
import { demoPassword, demoPeople } from '#server/auth/demo-users.ts'
import { ensureSecrets } from '#server/auth/secrets.ts'
import { type Config, ConfigError, loadEnv, readConfig } from '#server/config.ts'
import { openDatabase } from '#server/db/database.ts'
import { FolderInUse } from '#server/db/folder-lock.ts'
import { DatabaseUnavailable } from '#server/db/unavailable.ts'
import { seedDemo } from '#server/seed-demo.ts'
import { createLogger } from '#server/telemetry/logger.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

async function start(config: Config): Promise<void> {
  const log = createLogger({ level: config.logLevel })
  const secrets = await ensureSecrets(config.dataDir, config)
  const database = await openDatabase({
    url: config.databaseUrl,
    dataDir: config.dataDir,
    onState: (state, reason) =>
      state === 'down' ? log.error({ reason }, 'the database is down') : log.info('the database is back'),
  })
  if (config.demo) await seedDemo(database.db, secrets.webhookSecret, Date.now())
  else if (config.auth.mode === 'local' && !(await hasAnyUser(database.db)))
    say('Nobody can sign in yet. Run "npm run create-owner" to make the first account.')
  else if (config.auth.mode === 'clerk' && !(await hasLinkedCompany(database.db)))
    say(
      'No company is linked to a Clerk organization yet. Stop the server and run\n' +
        '  npm run create-owner -- --company "Your Company" --external-id org_…',
    )
  const built = fileURLToPath(
    new URL(import.meta.url.endsWith('.js') ? '../../dist' : '../dist', import.meta.url),
  )
  const consoleRoot = fs.existsSync(`${built}/index.html`) ? built : undefined
  const app = createApp({ config, secrets, database, log, consoleRoot })

  let stopping = false
  const stop = async (signal: string) => {
    // A terminal's Ctrl-C reaches the whole process group, so the same signal may come twice.
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    await app.close()
    await database.close()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal))

  const address = await app.listen(config.port, config.host)
  await app.startFeed()
  greet(config, address)
}

function greet(config: Config, address: string): void {
  say(`\nCallboard is on ${address}`)
  if (!config.demo) return
  say(`Demo sign-ins, password "${demoPassword}":`)
  for (const { email, role, company } of demoPeople())
    say(`  ${email.padEnd(34)} ${role.padEnd(10)} ${company}`)
  say(config.feed.kind === 'replay' ? `Playing ${config.feed.replayFile}` : `Feed: ${config.feed.kind}`)
  say('Ctrl-C stops it.\n')
}

/** What the operator can put right is said in a sentence; anything else is a fault of ours and comes with its stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof FolderInUse) return error.message
  if (error instanceof DatabaseUnavailable)
    return `The database does not answer: ${(error.cause as Error | undefined)?.message ?? error.message}`
  const { code, message, stack } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE' || code === 'EACCES')
    return `The server cannot listen: ${message}. Set PORT or HOST to another address.`
  return stack ?? String(error)
}

try {
  await start(readConfig(loadEnv()))
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
}

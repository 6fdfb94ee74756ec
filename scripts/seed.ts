// Fills the past with simulated calls from the terminal: `npm run seed`.
import { sql } from 'kysely'
import { ensureSecrets } from '#server/auth/secrets.ts'
import { ConfigError, loadEnv, readConfig } from '#server/config.ts'
import { openDatabase } from '#server/db/database.ts'
import { FolderInUse } from '#server/db/folder-lock.ts'
import { DatabaseUnavailable } from '#server/db/unavailable.ts'
import { type HistoryProgress, type HistoryReport, fillHistory } from '#server/fill-history.ts'
import { HistoryRefused, historyUsage, readHistoryWish } from '#server/history-wish.ts'
import { seedDemo } from '#server/seed-demo.ts'

const barWidth = 30
const count = (value: number) => Math.round(value).toLocaleString('en-US')

function spanWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))} s`
  return `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, '0')} s`
}

/** Draws a bar where there is a terminal, and says each tenth where there is none. */
function createProgress(startedAt: number) {
  let firstStored: number | undefined
  let saidTenth = -1
  return ({ stored, calls }: HistoryProgress) => {
    firstStored ??= stored
    const seconds = (Date.now() - startedAt) / 1000
    const perSecond = (stored - firstStored) / Math.max(seconds, 0.001)
    const left = perSecond > 0 ? `, ${spanWords((calls - stored) / perSecond)} left` : ''
    const words = `${count(stored)} of ${count(calls)} calls${left}`
    if (process.stdout.isTTY) {
      const filled = Math.round((barWidth * stored) / calls)
      const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled)
      process.stdout.write(`\r\x1b[K${bar} ${words}${stored === calls ? '\n' : ''}`)
      return
    }
    const tenth = Math.floor((10 * stored) / calls)
    if (tenth === saidTenth) return
    saidTenth = tenth
    console.log(words)
  }
}

function tell(report: HistoryReport, seconds: number, bytes: number): void {
  const day = (at: number) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: report.zone, dateStyle: 'short' }).format(at)
  const before = report.resumed > 0 ? `, beside ${count(report.resumed)} of an earlier run` : ''
  console.log(
    `${count(report.calls)} calls with ${count(report.lines)} lines for ${report.company}${before}: ` +
      `${day(report.from)} to ${day(report.until)}, ${report.zone}.`,
  )
  if (report.companyZone !== report.zone)
    console.log(
      report.companyZone === null
        ? `${report.company} has no zone of its own: its days are those of ZONE.`
        : `${report.company} keeps its own zone, ${report.companyZone}: its days are counted by that one.`,
    )
  const perSecond = count(report.calls / Math.max(seconds, 0.001))
  console.log(`${spanWords(seconds)}, ${perSecond} calls/s. The database has ${count(bytes / 1e6)} MB.`)
  if (!report.isComplete) console.log('Interrupted: the same command goes on from here.')
}

const secretsOf = (env: ReturnType<typeof loadEnv>) => ({
  jwtSecret: env.JWT_SECRET || undefined,
  webhookSecret: env.WEBHOOK_SECRET || undefined,
})

async function main(): Promise<void> {
  const wish = readHistoryWish(process.argv.slice(2), Date.now())
  if (!wish) return console.log(historyUsage)
  const env = loadEnv()
  const url = env.DATABASE_URL || undefined
  const dataDir = env.DATA_DIR || '.data'
  // As at the server's start: the demo with its published passwords is made where it is asked for, or alone on its machine.
  const isDemo = url ? env.DEMO === '1' || env.DEMO === 'true' : readConfig(env).demo
  const secrets = isDemo ? await ensureSecrets(dataDir, secretsOf(env)) : null
  const database = await openDatabase({ url, dataDir })
  const aborter = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => aborter.abort())
  try {
    if (secrets) await seedDemo(database.db, secrets.webhookSecret, Date.now())
    const startedAt = Date.now()
    const report = await fillHistory({
      db: database.db,
      wish,
      now: startedAt,
      onProgress: createProgress(startedAt),
      signal: aborter.signal,
    })
    const size = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(
      database.db,
    )
    tell(report, (Date.now() - startedAt) / 1000, size.rows[0]?.bytes ?? 0)
    if (!report.isComplete) process.exitCode = 130
  } finally {
    await database.close()
  }
}

/** What the operator can put right is said in a sentence; anything else is a fault of ours and comes with its stack. */
function explain(error: unknown): string {
  if (error instanceof HistoryRefused || error instanceof ConfigError) return error.message
  if (error instanceof FolderInUse)
    return `${error.message}\nThe embedded database belongs to one process: stop the server, seed, and start it again.`
  if (error instanceof DatabaseUnavailable)
    return `The database does not answer: ${(error.cause as Error | undefined)?.message ?? error.message}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

main().catch((error: unknown) => {
  console.error(explain(error))
  process.exitCode = 1
})

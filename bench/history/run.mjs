// npm run bench:history: the list of calls and its search over months of ended calls, by HTTP, while commits go on.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { CompiledQuery } from 'kysely'
import { bundleServer } from '../support/bundle-server.mjs'
import { finish, say, target } from '../support/report.mjs'
import { signIn } from '../support/sign-in.mjs'
import { percentile, round } from '../support/stats.mjs'
import { wait } from '../support/wait.mjs'
import { measureExport } from './export.mjs'
import { fill } from './fill.mjs'
import { factsPerSecond, measureOverview } from './overview.mjs'

const wanted = (process.env.BENCH_DATABASES ?? 'embedded,postgres').split(',')
const times = Number(process.env.BENCH_TIMES ?? 15)
const sizes = {
  embedded: {
    calls: Number(process.env.BENCH_CALLS ?? 200_000),
    linesOf: Number(process.env.BENCH_LINES ?? 15),
  },
  postgres: {
    calls: Number(process.env.BENCH_CALLS ?? 1_000_000),
    linesOf: Number(process.env.BENCH_LINES ?? 20),
  },
}
/** `list`, `overview` or both. */
const parts = (process.env.BENCH_PARTS ?? 'list,overview').split(',')
const listBound = 300
const ackBound = 100
/** What came of the export on each database. */
const exported = []

/** What is asked, and by whom. `{page}` is a page in the middle of the list. */
const questions = [
  ['first page', ''],
  ['page in the middle', '?page={page}'],
  ['by duration', '?sort_by=duration'],
  ['by QA, lowest first', '?sort_by=qa_score&sort_order=asc'],
  ['by QA, page in the middle', '?sort_by=qa_score&page={page}'],
  ['one day', '?from_date=2026-10-20&to_date=2026-10-20'],
  ['one day by duration', '?from_date=2026-10-20&to_date=2026-10-20&sort_by=duration'],
  ['outbound, negative, failed', '?direction=outbound&sentiment=negative&status=failed'],
  ['an agent', '?agent_id=agent-7'],
  ['long and bad, by QA', '?min_duration=500&max_qa_score=0.5&sort_by=qa_score&sort_order=asc'],
  ['digits of a number', '?search=555123'],
  ['a rare word', '?text=asbestos'],
  ['a word of 1 in 1,000', '?text=refund'],
  ['two usual words', '?text=furnace%20noise'],
  ['a usual word, negative, outbound', '?text=furnace&sentiment=negative&direction=outbound'],
  ['a technician’s own', '', 'tech'],
  ['a csr’s own', '', 'csr'],
]

async function open(kind, server) {
  if (kind === 'embedded') {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'callboard-history-'))
    const database = await server.openDatabase({ dataDir })
    return { database, dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) }
  }
  const { postgres } = await import('../ingest/databases.mjs')
  const cluster = await postgres()
  if ('reason' in cluster) return cluster
  const { product, server: settings, discard } = await cluster.kind.round()
  const database = await server.openDatabase({ url: product.url })
  return {
    database,
    dataDir: settings.dataDir,
    remove: () => {
      discard()
      cluster.remove()
    },
  }
}

/** Commits as ingest does, all the time; how long each took. */
function commitAlong(database) {
  const took = []
  let stopped = false
  const commits = (async () => {
    while (!stopped) {
      const began = performance.now()
      await database.live
        .updateTable('company_heads')
        .set((eb) => ({ head: eb('head', '+', 0) }))
        .where('company_id', '=', 'demo')
        .execute()
      took.push(performance.now() - began)
      await wait(10)
    }
  })()
  return async () => {
    stopped = true
    await commits
    return took
  }
}

async function measure(kind, server) {
  const place = await open(kind, server)
  if ('reason' in place) {
    say(`${kind} is left out: ${place.reason}`)
    return []
  }
  const { database, dataDir } = place
  let app = null
  try {
    const size = sizes[kind]
    const config = server.readConfig({ FEED: 'none', DEMO: '1', PORT: '0', DATA_DIR: dataDir })
    config.limits = {
      ...config.limits,
      standardPerMinute: 1_000_000,
      analyticsPerMinute: 1_000_000,
      exportsPerDay: 1000,
    }
    const secrets = await server.ensureSecrets(dataDir, {})
    await server.seedDemo(database.db, secrets.webhookSecret, Date.now())
    say(`${kind}: filling with ${size.calls} calls of ${size.linesOf} lines`)
    await database.db.connection().execute((one) =>
      fill((text) => one.executeQuery(CompiledQuery.raw(text)), {
        ...size,
        vacuum: kind === 'postgres',
      }),
    )
    const log = server.createLogger({ level: 'error' })
    app = server.createApp({ config, secrets, database, clock: server.systemClock, log })
    await app.listen(0, '127.0.0.1')
    const url = `http://127.0.0.1:${app.http.server.address().port}`
    const page = Math.floor(size.calls / 100)
    const tokens = {}
    for (const person of ['manager', 'tech', 'csr']) tokens[person] = await signIn(url, person)
    const rows = []
    for (const [name, query, person = 'manager'] of parts.includes('list') ? questions : []) {
      const stop = commitAlong(database)
      const took = []
      let answer = null
      for (let turn = 0; turn < times; turn++) {
        const began = performance.now()
        const response = await fetch(`${url}/api/v1/calls${query.replace('{page}', page)}`, {
          headers: { authorization: `Bearer ${tokens[person]}` },
        })
        answer = await response.json()
        if (!response.ok) throw new Error(`${name}: ${response.status} ${JSON.stringify(answer)}`)
        took.push(performance.now() - began)
      }
      const commits = await stop()
      rows.push({
        database: kind,
        question: name,
        'p50 ms': round(percentile(took, 0.5)),
        'p95 ms': round(percentile(took, 0.95)),
        rows: answer.calls.length,
        total: `${answer.pagination.total_exact === false ? '> ' : ''}${answer.pagination.total}`,
        'commit p95 ms': round(percentile(commits, 0.95)),
        'commit at most ms': round(Math.max(...commits)),
      })
      say(JSON.stringify(rows.at(-1)))
    }
    if (parts.includes('overview'))
      rows.push(
        ...(await measureOverview({
          kind,
          url,
          secret: secrets.webhookSecret,
          token: tokens.manager,
          times,
          say,
        })),
      )
    const made = await measureExport({ url, token: tokens.manager, commitAlong: () => commitAlong(database) })
    exported.push({ database: kind, ...made })
    say(JSON.stringify(made))
    return rows
  } finally {
    await app?.close()
    await database.close()
    place.remove()
  }
}

const server = await bundleServer()
const rows = []
for (const kind of wanted) rows.push(...(await measure(kind, server)))
finish({
  name: 'history',
  rows,
  targets: wanted.flatMap((kind) => {
    const own = rows.filter(({ database }) => database === kind)
    if (own.length === 0) return []
    const most = (column) => Math.max(...own.map((row) => row[column]))
    const acked = own.map((row) => row['ack p95 ms'] ?? 0)
    return [
      target(`${kind}: slowest p95 of a list, search or analytics, ms`, most('p95 ms'), '<', listBound),
      ...(parts.includes('overview')
        ? [
            target(
              `${kind}: highest p95 of acknowledgements at ${factsPerSecond} facts/s, ms`,
              Math.max(...acked),
              '<',
              ackBound,
            ),
          ]
        : []),
    ]
  }),
  details: { sizes, times, exported },
  howToRead: [
    `Each question ${times} times by HTTP, one after the other, while small live commits go on every 10 ms.`,
    'Rows are made by SQL; talks repeat after 2,000 calls, so words are as frequent as in life but their mixtures are not.',
    `Analytics: 90 days of calls, a question a second (BENCH_ASK_EVERY, ms) while ${factsPerSecond} signed facts a second come in.`,
    'A total with ">" was counted for 60 ms and then told as "more than".',
  ],
})

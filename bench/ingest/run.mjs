// npm run bench:ingest: signed facts per second, committed and acknowledged, beside a bare loop that inserts the same rows.
import { finish, say, target } from '../support/report.mjs'
import { median, round } from '../support/stats.mjs'
import { embedded, postgres, runReference } from './databases.mjs'
import { atRate, saturate, withProduct } from './product.mjs'

const seconds = Number(process.env.BENCH_SECONDS ?? 6)
const rounds = Number(process.env.BENCH_ROUNDS ?? 5)
const wanted = process.env.BENCH_DATABASES ?? 'embedded,postgres'
const steadyRate = 2000

/** One round on one kind of database: the server at its limit and at the steady rate, then the reference loop. */
async function measure(kind) {
  const place = await kind.round()
  try {
    const most = await withProduct(place.server, (load) => saturate(load, seconds))
    const reference = await runReference({
      source: place.product,
      into: place.reference,
      from: most.from,
      facts: most.facts,
    })
    return { ...most, reference, ratio: most.rate / reference.rate }
  } finally {
    place.discard()
  }
}

async function measureSteady(kind) {
  const place = await kind.round()
  try {
    return await withProduct(place.server, (load) => atRate(load, steadyRate, seconds))
  } finally {
    place.discard()
  }
}

const cluster = wanted.includes('postgres') ? await postgres() : null
if (cluster && 'reason' in cluster) say(`PostgreSQL is left out: ${cluster.reason}`)
const kinds = [
  ...(wanted.includes('embedded') ? [embedded()] : []),
  ...(cluster && 'kind' in cluster ? [cluster.kind] : []),
]
const results = new Map(kinds.map((kind) => [kind, { most: [], steady: [] }]))
try {
  for (let turn = 1; turn <= rounds; turn++)
    for (const kind of kinds) {
      const most = await measure(kind)
      const steady = await measureSteady(kind)
      results.get(kind).most.push(most)
      results.get(kind).steady.push(steady)
      say(
        `round ${turn} ${kind.name}: ${round(most.rate)} facts/s, reference ${round(most.reference.rate)}, ` +
          `ratio ${round(most.ratio, 2)}, ack p95 at ${steadyRate}/s ${round(steady.ackP95)} ms`,
      )
    }
} finally {
  if (cluster && 'remove' in cluster) cluster.remove()
}

const middle = (list, pick, digits = 0) => round(median(list.map(pick)), digits)
const rows = []
const targets = []
for (const [{ name }, { most, steady }] of results) {
  const ratio = middle(most, (one) => one.ratio, 2)
  const ack = middle(steady, (one) => one.ackP95)
  rows.push({
    database: name,
    'facts/s': middle(most, (one) => one.rate),
    'reference facts/s': middle(most, (one) => one.reference.rate),
    ratio,
    'entries per fact': middle(most, (one) => one.reference.entries / one.facts, 2),
    'ack p95 ms at most': middle(most, (one) => one.ackP95),
    'cores at most': middle(most, (one) => one.cores, 2),
    'CPU µs per fact': middle(most, (one) => (one.cores / one.rate) * 1e6),
    [`ack p50 ms at ${steadyRate}/s`]: middle(steady, (one) => one.ackP50),
    [`ack p95 ms at ${steadyRate}/s`]: ack,
    [`cores at ${steadyRate}/s`]: middle(steady, (one) => one.cores, 2),
  })
  targets.push(
    target(`${name}: ratio to the reference loop`, ratio, '>=', 0.6),
    target(`${name}: acknowledgement p95 at ${steadyRate} facts/s, ms`, ack, '<', 100),
  )
}
finish({
  name: 'ingest',
  rows,
  targets,
  details: { rounds, seconds, runs: [...results].map(([{ name }, runs]) => ({ database: name, ...runs })) },
  howToRead: [
    `Medians of ${rounds} interleaved rounds of ${seconds} s, each on an empty database with 5,000 live calls.`,
    'A fact counts when its delivery (100 facts, signed) is answered with 200: it is committed and on the disk then.',
    'Facts bring more log entries than one each: the server judges moods and quality by itself (entries per fact).',
    'The reference inserts the very rows the server wrote, as many facts a transaction as the server takes at most, through the same driver and schema, ' +
      'with statements made before the clock runs; it has no HTTP, signatures, rules, look-ups or promises.',
    'The load comes from this process on the same machine, and takes CPU from what it measures.',
  ],
})

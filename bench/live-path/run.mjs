// npm run bench: what one node takes in by the signed webhook and hands out to 50 consoles, beside a bare broadcast.
import { execFileSync, fork, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Webhook } from 'standardwebhooks'

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname)
const root = path.resolve(here, '../..')
const port = 8190
const url = `http://127.0.0.1:${port}`
const consoles = 50
const calls = 1000
const secondsEach = Number(process.env.BENCH_SECONDS ?? 10)
const ticks = Number(execFileSync('getconf', ['CLK_TCK']).toString())
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const say = (text) => process.stdout.write(`${text}\n`)

/** CPU seconds a process has used so far, all its threads. */
function cpu(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticks
}

const answer = (child, word) =>
  new Promise((resolve) => {
    child.once('message', resolve)
    if (word !== undefined) child.send(word)
  })

async function startServer(dataDir) {
  const server = spawn('node', ['build/server/main.js'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataDir,
      FEED: 'none',
      DEMO: '1',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return server
    await wait(200)
  }
  throw new Error('The server did not start.')
}

async function signIn(person) {
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${person}@demo.callboard.test`, password: 'callboard' }),
  })
  return (await response.json()).token
}

let serial = 0
/** A fact as a busy floor brings them: lines, now and then a mood or a score. */
function fact(call_id) {
  const n = serial++
  if (n % 10 === 4)
    return {
      event: 'sentiment.changed',
      data: { call_id, sentiment: { score: (n % 97) / 97, label: 'neutral' } },
    }
  if (n % 20 === 9)
    return { event: 'qa.score.updated', data: { call_id, qa_score: { overall_score: (n % 89) / 89 } } }
  const text = `Could somebody look at it before the weekend, please? t=${Date.now()}`
  return {
    event: 'interaction.added',
    data: { call_id, interaction: { id: `l${n}`, speaker: n % 2 ? 'ai' : 'customer', text } },
  }
}

function poster(secret) {
  const webhook = new Webhook(secret)
  return async (events) => {
    const body = JSON.stringify({ events })
    const id = `bench-${process.pid}-${serial++}`
    const at = new Date()
    const response = await fetch(`${url}/api/v1/webhooks/telephony?company=demo`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': webhook.sign(id, at, body),
      },
      body,
    })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  }
}

const callId = (n) => `bench-${n % calls}`
const batchOf = (size) => Array.from({ length: size }, () => fact(callId(Math.floor(Math.random() * calls))))

/** Posts at `rate` facts a second, or as fast as the answers come when the rate is null. */
async function load(post, rate, seconds) {
  const size = rate === null ? 200 : Math.max(1, Math.round(rate / 20))
  const ends = Date.now() + seconds * 1000
  const acks = []
  let facts = 0
  const one = async () => {
    const began = performance.now()
    await post(batchOf(size))
    acks.push(performance.now() - began)
    facts += size
  }
  if (rate === null)
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        while (Date.now() < ends) await one()
      }),
    )
  else {
    const under = new Set()
    for (let at = Date.now(); at < ends; at += 50) {
      await wait(Math.max(0, at - Date.now()))
      const work = one().finally(() => under.delete(work))
      under.add(work)
    }
    await Promise.all(under)
  }
  acks.sort((a, b) => a - b)
  return { facts, ackP95: acks[Math.floor(acks.length * 0.95)] }
}

async function measure(name, pid, sink, work) {
  await answer(sink, 'reset')
  const before = cpu(pid)
  const began = Date.now()
  const { facts, ackP95 } = await work()
  await wait(500)
  const seconds = (Date.now() - began) / 1000
  const got = await answer(sink, 'report')
  const cores = (cpu(pid) - before) / seconds
  const row = {
    name,
    'facts/s in': Math.round(facts / seconds),
    'ack p95 ms': ackP95 === undefined ? null : Math.round(ackP95),
    'frames/s out': Math.round(got.frames / seconds),
    'age p50 ms': got.p50,
    'age p95 ms': got.p95,
    'server cores': Number(cores.toFixed(2)),
    'CPU µs per frame out': Math.round((cores * seconds * 1e6) / Math.max(1, got.frames)),
  }
  say(JSON.stringify(row))
  return row
}

async function bareReference(rate) {
  const reference = fork(path.join(here, 'bare-broadcast.mjs'))
  const { port: barePort } = await answer(reference)
  const options = {
    url: `ws://127.0.0.1:${barePort}`,
    tokens: [''],
    door: 'websocket',
    count: consoles,
    bare: true,
  }
  const sink = fork(path.join(here, 'consoles.mjs'), [JSON.stringify(options)])
  await answer(sink)
  const row = await measure(`bare ws broadcast at ${rate}/s`, reference.pid, sink, async () => {
    const ends = Date.now() + secondsEach * 1000
    let facts = 0
    for (let at = Date.now(); at < ends; at += 20) {
      await wait(Math.max(0, at - Date.now()))
      const events = batchOf(Math.round(rate / 50))
      reference.send(events.map((event) => JSON.stringify({ ...event, at: new Date().toISOString() })))
      facts += events.length
    }
    return { facts }
  })
  sink.kill()
  reference.kill()
  return row
}

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'callboard-bench-'))
const server = await startServer(dataDir)
const rows = []
try {
  const tokens = []
  // Ten connections a person at most: forty consoles see every call, ten are a csr's and see their own only.
  for (const person of ['owner', 'manager', 'dispatcher', 'viewer', 'csr']) tokens.push(await signIn(person))
  const post = poster(readFileSync(path.join(dataDir, 'webhook-secret'), 'utf8').trim())
  for (let from = 0; from < calls; from += 500)
    await post(
      Array.from({ length: 500 }, (_, n) => ({
        event: 'call.started',
        data: { call: { id: callId(from + n) } },
      })),
    )
  for (const door of ['websocket', 'socketio']) {
    const url = `ws://127.0.0.1:${port}`
    const options = { url, tokens, door, count: consoles }
    const sink = fork(path.join(here, 'consoles.mjs'), [JSON.stringify(options)])
    await answer(sink)
    for (const rate of [500, 2000])
      rows.push(await measure(`${door} at ${rate}/s`, server.pid, sink, () => load(post, rate, secondsEach)))
    rows.push(
      await measure(`${door} as fast as it goes`, server.pid, sink, () => load(post, null, secondsEach)),
    )
    sink.kill()
    await wait(500)
  }
} finally {
  server.kill('SIGTERM')
  await new Promise((resolve) => server.once('exit', resolve))
  rmSync(dataDir, { recursive: true, force: true })
}
for (const rate of [500, 2000]) rows.push(await bareReference(rate))
console.table(rows)
mkdirSync(path.join(root, 'bench/results'), { recursive: true })
writeFileSync(
  path.join(root, 'bench/results/live-path.json'),
  `${JSON.stringify({ at: new Date().toISOString(), cpus: os.cpus().length, node: process.version, rows }, null, 2)}\n`,
)

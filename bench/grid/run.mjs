// npm run bench:grid: the built console beside AG Grid and a bare floor, on the same stream of the same server, round by round.
import path from 'node:path'
import { say } from '../support/report.mjs'
import { talkTo } from '../support/talk.mjs'
import { wait } from '../support/wait.mjs'
import { openPage } from './browser.mjs'
import { compare } from './check.mjs'
import { consoleAtBeat } from './console-beat.mjs'
import { preparePages } from './pages.mjs'
import {
  measureBurst,
  measureCpu,
  measureHeap,
  measurePaint,
  measureReconnect,
  measureScroll,
} from './phases.mjs'
import { profileMain } from './profile.mjs'
import { climb, fedSeconds, liveSteps, recordedSteps } from './ramp.mjs'
import { logSource, recordedSource, webhookSource } from './sources.mjs'
import { writeReport } from './tables.mjs'

const rounds = Number(process.env.BENCH_ROUNDS ?? 5)
const seconds = Number(process.env.BENCH_SECONDS ?? 8)
const only = (name, all) => (process.env[name] ? process.env[name].split(',') : all)
const names = only('BENCH_PAGES', ['A', 'F', 'console'])
const stages = only('BENCH_STAGES', ['levels', 'sorted', 'trouble', 'ramp', 'recorded', 'many'])
/** Calls and events a second. */
const levels = [
  { calls: 1000, rate: 500 },
  { calls: 5000, rate: 2000 },
  { calls: 10_000, rate: 5000 },
].filter(({ calls }) => only('BENCH_LEVELS', ['1000', '5000', '10000']).includes(String(calls)))
const full = { calls: 10_000, rate: 5000 }
const many = { calls: 50_000, rate: 5000 }
/** More than a resume brings back: the page has to take a snapshot. */
const missedEvents = 25_000
const burstEvents = 50_000
/** The beat at which A sorts by its default settings: with every asynchronous transaction, ms. */
const transactionMs = 50
/** The webhook carries a level when it takes this share of its rate. */
const enough = 0.9

const { pages, origin, close: closePages } = await preparePages()
let gridHeight = 780
let source = null
/** The beat of the references' order, ms, where it is not the product's. */
let beat
const results = { levels: [], sorted: [], sortedRamp: [], trouble: [], ramp: [], recorded: [], many: [] }

/** Pages in another order in every round, so that none is always first. */
const turnsOf = (round) => names.map((_, index) => names[(index + round) % names.length])

async function open(name, calls, url = source.url) {
  const given = { server: url, token: await source.token(), height: gridHeight, calls, beat }
  const opened = await openPage(pages[name], given)
  if (name === 'console') gridHeight = await opened.page.evaluate(() => window.gridProbe.height())
  return opened
}

/** The references' grids are as high as the console's, so that as many rows are in sight. */
async function takeHeight() {
  if (!names.includes('console')) return
  const opened = await open('console', 0)
  await opened.close()
}

async function sourceFor({ calls, rate }) {
  const wish = process.env.BENCH_FEED ?? 'auto'
  if (wish === 'log') return { source: await logSource({ calls, origins: origin }), webhookRate: null }
  const webhook = await webhookSource({ calls, origins: origin })
  await webhook.start(rate)
  await wait(6000)
  const { rate: webhookRate } = await webhook.stop()
  say(`${calls} calls: the webhook takes ${webhookRate} of ${rate} facts/s on this machine without a page`)
  if (wish === 'webhook' || webhookRate >= enough * rate) return { source: webhook, webhookRate }
  await webhook.close()
  return { source: await logSource({ calls, origins: origin }), webhookRate }
}

/** One page at one level: all that needs a running stream, then the comparison with the server. */
async function measure(name, { calls, rate }) {
  await source.start(rate)
  const opened = await open(name, calls)
  try {
    await wait(2000)
    const cpu = await measureCpu(opened, seconds)
    const paint = await measurePaint(opened, source, seconds)
    const scroll = await measureScroll(opened, Math.max(3, seconds / 2))
    if (process.env.BENCH_PROFILE) await profileMain(opened, name, seconds)
    const heap = await measureHeap(opened)
    const { rate: reached } = await source.stop()
    await wait(1500)
    const began = performance.now()
    const check = await compare(pages[name], opened.page, source)
    return {
      ...cpu,
      ...paint,
      ...scroll,
      ...heap,
      fullMs: opened.fullMs,
      scriptBytes: opened.scriptBytes,
      reached,
      ...check,
      checkMs: Math.round(performance.now() - began),
    }
  } finally {
    await source.stop()
    await opened.close()
  }
}

/** What a line that breaks and a flood cost. Fed behind the log, through a line that can be cut. */
async function disturb(name, { calls, rate }) {
  const line = talkTo(path.join(import.meta.dirname, 'cut-line.mjs'), { args: [new URL(source.url).port] })
  const { port } = await line.ask({ order: 'port' })
  await source.start(rate)
  const opened = await open(name, calls, `http://127.0.0.1:${port}`)
  try {
    await wait(2000)
    const reconnect = await measureReconnect(opened, source, line, missedEvents)
    await source.start(rate)
    await wait(2000)
    const burst = await measureBurst(opened, source, burstEvents)
    await wait(1500)
    return { ...reconnect, ...burst, ...(await compare(pages[name], opened.page, source)) }
  } finally {
    await source.stop()
    await opened.close()
    await line.stop()
  }
}

/** Runs `work` for every page in every round and keeps what comes out. */
async function everyRound(stage, level, count, work) {
  for (let round = 0; round < count; round++)
    for (const name of turnsOf(round)) {
      const row = { round, page: name, calls: level.calls, rate: level.rate, way: source.way }
      try {
        Object.assign(row, await work(name, level))
      } catch (error) {
        row.failed = String(error.message ?? error)
      }
      results[stage].push(row)
      say(JSON.stringify(row))
    }
}

/** The ramp once more, from a recording: who plays it costs so little that the page is the first to give out. */
async function climbRecorded(stage) {
  const recorded = await recordedSource(source, { rate: 20_000, seconds: 8, stepSeconds: fedSeconds })
  await everyRound(stage, full, Math.min(rounds, 3), async (name, { calls }) => {
    await recorded.reset()
    const opened = await open(name, calls, recorded.pageUrl)
    try {
      return { way: recorded.way, ...(await climb(opened, recorded, recordedSteps)) }
    } finally {
      await recorded.stop()
      await opened.close()
    }
  })
  await recorded.close()
}

/** Level and ramp once more, with rows that change places in all pages as often as A's defaults have it. */
async function levelAtOneCadence() {
  const consoleRoot = await consoleAtBeat(transactionMs)
  source = await logSource({ calls: full.calls, origins: origin, consoleRoot })
  await takeHeight()
  beat = transactionMs
  await everyRound('sorted', full, rounds, measure)
  await climbRecorded('sortedRamp')
  beat = undefined
  await source.close()
}

async function runStages() {
  if (stages.includes('levels'))
    for (const level of levels) {
      const chosen = await sourceFor(level)
      source = chosen.source
      level.webhookRate = chosen.webhookRate
      await takeHeight()
      await everyRound('levels', level, rounds, measure)
      await source.close()
    }
  if (stages.includes('sorted')) await levelAtOneCadence()
  if (!stages.some((stage) => ['trouble', 'ramp', 'recorded', 'many'].includes(stage))) return
  source = await logSource({ calls: full.calls, origins: origin })
  await takeHeight()
  if (stages.includes('trouble')) await everyRound('trouble', full, rounds, disturb)
  if (stages.includes('ramp'))
    await everyRound('ramp', full, Math.min(rounds, 3), async (name, { calls }) => {
      const opened = await open(name, calls)
      try {
        return await climb(opened, source, liveSteps)
      } finally {
        await source.stop()
        await opened.close()
      }
    })
  if (stages.includes('recorded')) await climbRecorded('recorded')
  if (stages.includes('many')) {
    await source.populate(many.calls)
    await everyRound('many', many, Math.min(rounds, 2), measure)
  }
  await source.close()
}

try {
  await runStages()
  writeReport({ results, levels, rounds, seconds })
} finally {
  closePages()
}
process.exit(0)

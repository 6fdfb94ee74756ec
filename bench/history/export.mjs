// The export of every call there is: how fast, in how much memory, and what it does to those who wait meanwhile.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { percentile, round } from '../support/stats.mjs'
import { wait } from '../support/wait.mjs'

const megabytes = (bytes) => Math.round(bytes / 1024 / 1024)

/**
 * @param {{ url: string, token: string, commitAlong: () => () => Promise<number[]> }} place
 * @returns one row for the report
 */
export async function measureExport({ url, token, commitAlong }) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const ask = async (path, options) => {
    const response = await fetch(url + path, { headers, ...options })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response
  }
  globalThis.gc?.()
  const before = process.memoryUsage()
  const most = { rss: before.rss, heapUsed: 0, external: 0 }
  const look = () => {
    const now = process.memoryUsage()
    for (const name of Object.keys(most)) most[name] = Math.max(most[name], now[name])
  }
  const stalls = monitorEventLoopDelay({ resolution: 5 })
  stalls.enable()
  const stop = commitAlong()
  const began = performance.now()
  const body = JSON.stringify({ filters: {}, format: 'csv', zone: 'America/Chicago' })
  const { jobId } = await (await ask('/api/v1/calls/export', { method: 'POST', body })).json()
  /** Memory at each tenth of the way: flat, or not. */
  const way = []
  let job = null
  do {
    await wait(200)
    look()
    job = await (await ask(`/api/v1/exports/${jobId}`)).json()
    const tenth = job.totalRows ? Math.floor((job.rowCount / job.totalRows) * 10) : 0
    way[tenth] = megabytes(process.memoryUsage().rss)
  } while (job.status === 'processing')
  if (job.status !== 'ready') throw new Error(`The export is ${job.state}: ${job.error}`)
  const seconds = (performance.now() - began) / 1000
  const commits = await stop()
  stalls.disable()
  const fetched = performance.now()
  let bytes = 0
  for await (const chunk of (await ask(job.downloadUrl)).body) {
    bytes += chunk.length
    look()
  }
  if (bytes !== job.size) throw new Error(`${bytes} bytes came, ${job.size} were promised.`)
  return {
    question: 'export of all',
    rows: job.rowCount,
    seconds: round(seconds),
    'rows a second': Math.round(job.rowCount / seconds),
    'file MB': megabytes(bytes),
    'download s': round((performance.now() - fetched) / 1000),
    'RSS before MB': megabytes(before.rss),
    'RSS most MB': megabytes(most.rss),
    'RSS on the way MB': way.join(' '),
    'heap most MB': megabytes(most.heapUsed),
    'stall most ms': round(stalls.max / 1e6),
    'stall p99 ms': round(stalls.percentile(99) / 1e6),
    'commit p95 ms': round(percentile(commits, 0.95)),
    'commit at most ms': round(Math.max(...commits)),
  }
}

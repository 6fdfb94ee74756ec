// A CPU profile of a page's main thread, read by self time, when somebody asks for it (BENCH_PROFILE=1).
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../support/server.mjs'
import { say } from '../support/report.mjs'
import { wait } from '../support/wait.mjs'

const shown = 30

/** Profiles for so many seconds, prints the functions that took the most and keeps the profile. */
export async function profileMain(opened, name, seconds) {
  const { cdp } = opened
  await cdp.send('Profiler.enable')
  await cdp.send('Profiler.setSamplingInterval', { interval: 200 })
  await cdp.send('Profiler.start')
  await wait(seconds * 1000)
  const { profile } = await cdp.send('Profiler.stop')
  await cdp.send('Profiler.disable')
  const file = path.join(root, `bench/results/grid-${name}.cpuprofile`)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(profile))
  for (const { what, ms } of selfTimes(profile).slice(0, shown))
    say(`${(ms / (seconds * 10)).toFixed(1).padStart(6)} %  ${what}`)
}

/** Milliseconds by function, the most first. */
function selfTimes({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const sums = new Map()
  for (const [index, id] of samples.entries()) {
    const { functionName, url, lineNumber, columnNumber } = byId.get(id).callFrame
    const file = url.slice(url.lastIndexOf('/') + 1)
    const what = `${functionName || '(anonymous)'} ${file ? `${file}:${lineNumber + 1}:${columnNumber + 1}` : ''}`
    sums.set(what, (sums.get(what) ?? 0) + timeDeltas[index] / 1000)
  }
  return [...sums].map(([what, ms]) => ({ what, ms })).sort((a, b) => b.ms - a.ms)
}

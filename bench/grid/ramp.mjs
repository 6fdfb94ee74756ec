// Up and up until something gives: the rates a page sustains, and what gave.
import { cpuSeconds } from '../support/cpu.mjs'
import { wait } from '../support/wait.mjs'
import { watchRenderers } from './browser.mjs'
import { measurePaint } from './phases.mjs'

/** Events a second, behind the log. */
export const liveSteps = [5000, 10_000, 20_000, 40_000, 80_000, 160_000]
/** Frames a second of a recording. */
export const recordedSteps = [
  80_000, 100_000, 125_000, 160_000, 200_000, 250_000, 320_000, 400_000, 500_000, 640_000,
]
const stepSeconds = 4
/** How long a step is fed at most: marks are waited for a moment longer. */
export const fedSeconds = stepSeconds + 3
const marksAtOnce = 6
/** What a supervisor would call broken. */
const limits = { paintP95: 1000, frameP95: 250 }
/** The server holds a rate when it feeds this share of it. */
const fedShare = 0.9

/** Why a step is not held; null when it is. */
function fault(step, paint, { reached, connection, cores }) {
  if (connection !== 'live') return `the page is ${connection}`
  if (reached < step * fedShare)
    return `the server feeds ${reached}/s only, with ${cores.serverCpu.toFixed(2)} cores`
  if (paint.marksSeen === 0) return 'no marked line was painted'
  if (paint.sentToPaintP95 > limits.paintP95) return `event to paint p95 ${paint.sentToPaintP95} ms`
  if (paint.frameP95 > limits.frameP95) return `frame p95 ${Math.round(paint.frameP95)} ms`
  return null
}

const stateOf = (page) =>
  page.evaluate(
    () => document.querySelector('[data-connection]')?.getAttribute('data-connection') ?? 'unknown',
  )

/** Resolves once the page says that it is live: a grid is full a moment before that. Throws after a minute. */
async function untilLive(page) {
  const ends = Date.now() + 60_000
  while ((await stateOf(page)) !== 'live') {
    if (Date.now() > ends) throw new Error('The page did not become live.')
    await wait(50)
  }
}

/**
 * Climbs until a step is not held.
 * @param {object} opened
 * @param {import('./sources.mjs').Source} source
 * @param {readonly number[]} steps
 * @returns {Promise<{ sustained: number, broke: string, steps: object[] }>} of each step also the cores of page and server
 */
export async function climb(opened, source, steps) {
  const held = []
  await untilLive(opened.page)
  for (const step of steps) {
    await source.start(step)
    const read = watchCores(await opened.renderers(), await opened.helpers(), source.pid)
    const paint = await measurePaint(opened, source, stepSeconds, marksAtOnce)
    const cores = read()
    const { rate: reached } = await source.stop()
    const connection = await stateOf(opened.page)
    const broke = fault(step, paint, { reached, connection, cores })
    held.push({ step, reached, ...cores, ...paint, broke })
    if (broke) return { sustained: held.at(-2)?.reached ?? 0, broke: `${step}/s: ${broke}`, steps: held }
  }
  return { sustained: held.at(-1).reached, broke: 'nothing', steps: held }
}

/** Cores of the page's threads, of the browser's other processes and of who feeds between now and the call of the returned function: who is full says who gives out. */
function watchCores(renderers, helpers, feeder) {
  const readPage = watchRenderers(renderers)
  const secondsOf = (pids) => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0)
  const before = [secondsOf(helpers), secondsOf([feeder])]
  const began = performance.now()
  return () => {
    const { main, workers, others } = readPage()
    const elapsed = (performance.now() - began) / 1000
    const [browserCpu, serverCpu] = [helpers, [feeder]].map(
      (pids, index) => (secondsOf(pids) - before[index]) / elapsed,
    )
    return { mainCpu: main, workerCpu: workers, otherCpu: others, browserCpu, serverCpu }
  }
}

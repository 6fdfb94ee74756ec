// One page alone in a browser process of its own: opening it twice, its threads, its heap, its scripts.
import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { threads } from '../support/cpu.mjs'
import { wait } from '../support/wait.mjs'
import { findBrowser } from '../../scripts/browser.mjs'
import { workerHeaps } from './worker-heaps.mjs'
import { installProbe } from './probe.mjs'

const viewport = { width: 1600, height: 1000 }
const fullWithinMs = 60_000

/**
 * @typedef {object} Opened
 * @property {import('@playwright/test').Page} page
 * @property {number} fullMs from navigation to a full grid
 * @property {number} scriptBytes gzip bytes of the scripts that were loaded until then, those of workers included
 * @property {() => Promise<number[]>} renderers process ids; all but the page's are empty
 * @property {() => Promise<number[]>} helpers process ids of all else of the browser: network, drawing, itself
 * @property {() => Promise<{ page: number, workers: number }>} heap bytes in use after a forced collection
 * @property {() => Promise<void>} close
 */

/** Signs the console's page in, as a person does: by the button of a person of the demo company. */
async function signInWhenAsked(page) {
  const connected = page.locator('[data-connection="live"]').first()
  const person = page.getByRole('button', { name: /Dana Whitfield/ }).first()
  await connected.or(person).waitFor({ state: 'attached', timeout: fullWithinMs })
  if (await person.isVisible()) await person.click()
}

const fullGrid = (page, calls) => page.evaluate((count) => window.gridProbe.full(count), calls)

/**
 * Starts a browser and opens the page twice: once to sign in and to warm up, and once with an empty cache, which is measured.
 * @param {import('./pages.mjs').Page} subject
 * @param {{ server: string, token: string, height: number, calls: number }} given
 * @returns {Promise<Opened>}
 */
export async function openPage(subject, given) {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--disable-features=SpareRendererForSitePerProcess'],
  })
  try {
    const context = await browser.newContext({ viewport })
    context.setDefaultTimeout(fullWithinMs)
    await context.addInitScript(installProbe, subject.handles)
    const address = subject.address(given)
    const first = await context.newPage()
    await first.goto(address)
    if (subject.name === 'console') await signInWhenAsked(first)
    await within(fullGrid(first, given.calls), `${subject.title} did not fill its grid`)
    const session = await context.newCDPSession(first)
    await session.send('Network.clearBrowserCache')
    await first.goto('about:blank')

    const page = await context.newPage()
    await first.close()
    const scripts = new Set()
    const note = (response) => {
      if (/javascript/.test(response.headers()['content-type'] ?? '')) scripts.add(response.url())
    }
    page.on('response', note)
    await page.goto(address, { waitUntil: 'commit' })
    const fullMs = await within(fullGrid(page, given.calls), `${subject.title} did not fill its grid again`)
    page.off('response', note)
    for (const url of await askedAfter(page, fullMs, [...scripts])) scripts.delete(url)
    for (const url of await workerScripts(page)) scripts.add(url)
    await leaveNetworkAlone(page)
    const system = await browser.newBrowserCDPSession()
    const cdp = await context.newCDPSession(page)
    return {
      page,
      cdp,
      fullMs,
      scriptBytes: await gzipBytes(scripts),
      renderers: () => processIds(system, (type) => type === 'renderer'),
      helpers: () => processIds(system, (type) => type !== 'renderer'),
      heap: () => heapBytes(cdp),
      close: () => browser.close(),
    }
  } catch (error) {
    await browser.close()
    throw error
  }
}

/**
 * From here on no message of the live line is told to this process as well. The tool that drives the browser listens to the
 * network of page and worker, for which each message is copied in the thread that gets it and written out through two processes:
 * work that no user's page has, and that made a reconnect a quarter to two fifths longer. The tool has no switch for it.
 */
async function leaveNetworkAlone(page) {
  const sessions = page._connection?.toImpl?.(page)?.delegate?._networkManager?._sessions
  if (!sessions)
    throw new Error('This Playwright keeps its sessions elsewhere: its listening would be measured.')
  for (const session of sessions.keys()) await session.send('Network.disable')
}

function within(work, complaint) {
  const late = wait(fullWithinMs).then(() => {
    throw new Error(`${complaint} within ${fullWithinMs / 1000} s.`)
  })
  return Promise.race([work, late])
}

/**
 * Which of these the page asked for after so many ms of its life: on a busy machine the full grid is heard of a moment later. What is
 * still on its way then has no entry yet, so it is waited for.
 */
const askedAfter = (page, ms, urls) =>
  page.evaluate(
    async ({ from, urls }) => {
      const entries = () =>
        new Map(performance.getEntriesByType('resource').map((entry) => [entry.name, entry]))
      const until = performance.now() + 5000
      while (performance.now() < until && urls.some((url) => !entries().has(url)))
        await new Promise((resolve) => setTimeout(resolve, 50))
      const found = entries()
      return urls.filter((url) => found.get(url)?.startTime > from)
    },
    { from: ms, urls },
  )

/** Addresses of the workers and of what they have imported. */
async function workerScripts(page) {
  const found = []
  for (const worker of page.workers()) {
    found.push(worker.url())
    const loaded = await worker.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter(({ initiatorType, name }) => /script|other/.test(initiatorType) && /\.m?js(\?|$)/.test(name))
        .map(({ name }) => name),
    )
    found.push(...loaded)
  }
  return found.filter((url) => url.startsWith('http'))
}

async function gzipBytes(urls) {
  let bytes = 0
  for (const url of urls) {
    const response = await fetch(url, { headers: { 'accept-encoding': 'identity' } })
    bytes += gzipSync(Buffer.from(await response.arrayBuffer()), { level: 9 }).length
  }
  return bytes
}

/** The page is alone: other renderers are spare ones and do nothing. */
async function processIds(system, isWanted) {
  const { processInfo } = await system.send('SystemInfo.getProcessInfo')
  return processInfo.filter(({ type }) => isWanted(type)).map(({ id }) => id)
}

async function heapBytes(cdp) {
  await cdp.send('HeapProfiler.collectGarbage')
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  return { page: usedSize, workers: await workerHeaps(cdp) }
}

/**
 * CPU of the renderers between now and the call of the returned function, in cores: main threads, workers, the rest.
 * @param {readonly number[]} pids
 */
export function watchRenderers(pids) {
  const read = () => pids.flatMap((pid) => threads(pid).map((thread) => ({ ...thread, pid })))
  const before = new Map(read().map(({ tid, seconds }) => [tid, seconds]))
  const began = performance.now()
  return () => {
    const elapsed = (performance.now() - began) / 1000
    const cores = { main: 0, workers: 0, others: 0 }
    for (const { tid, pid, name, seconds } of read()) {
      const isMain = tid === pid || name === 'CrRendererMain'
      const kind = isMain ? 'main' : name.includes('Worker') ? 'workers' : 'others'
      cores[kind] += (seconds - (before.get(tid) ?? 0)) / elapsed
    }
    return cores
  }
}

// A supervisor at work in a real browser: opens and closes calls all day, and is now and then cut off.
import path from 'node:path'
import { chromium } from '@playwright/test'
import { findBrowser } from '../../scripts/browser.mjs'
import { workerHeaps } from '../grid/worker-heaps.mjs'
import { talkTo } from '../support/talk.mjs'
import { wait } from '../support/wait.mjs'

const patienceMs = 60_000
const openForMs = 1500
const closedForMs = 500
/** Opened calls between two looks at the call that lasts the whole day. */
const everyNth = 4

/**
 * Signs in to the server behind a line that can be cut, and shows the floor.
 * @param {{ port: number, longCallId: string }} options port of the server
 */
export async function openDesk({ port, longCallId }) {
  const line = talkTo(path.join(import.meta.dirname, '../grid/cut-line.mjs'), { args: [String(port)] })
  const { port: linePort } = await line.ask({ order: 'port' })
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--disable-features=SpareRendererForSitePerProcess'],
  })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(patienceMs)
  const faults = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(`http://127.0.0.1:${linePort}`)
  await page
    .getByRole('button', { name: /Dana Whitfield/ })
    .first()
    .click()
  const live = page.locator('[data-connection="live"]').first()
  await live.waitFor()
  await page.locator('[data-call-id]').first().waitFor()
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')

  let isWorking = false
  let working = Promise.resolve()
  const done = { opened: 0, cuts: 0 }

  /** Opens a row as a click does, wherever it has moved meanwhile; false when there is none. */
  const clickRow = (callId) =>
    page.evaluate((wanted) => {
      const rows = [...document.querySelectorAll('[data-call-id]:not(.grid-row-ended, .grid-row-gone)')]
      const row = rows.find((one) => one.dataset.callId === wanted) ?? rows[0]
      row?.click()
      return row !== undefined
    }, callId)

  async function work() {
    for (let turn = 0; isWorking; turn++) {
      if (await clickRow(turn % everyNth === 0 ? longCallId : null)) done.opened++
      await wait(openForMs)
      await closeCall()
      await wait(closedForMs)
    }
  }

  async function closeCall() {
    await page.keyboard.press('Escape')
    await page.locator('.live-with-call').waitFor({ state: 'detached' })
  }

  return {
    done,
    faults,
    /** Goes to work until `rest()`. */
    begin() {
      isWorking = true
      working = work()
    },
    async rest() {
      isWorking = false
      await working
    },
    /** Cuts the line, mends it after a moment and waits until the console is back. */
    async cutOnce(ms = 3000) {
      done.cuts++
      await line.ask({ order: 'cut' })
      await wait(ms)
      await line.ask({ order: 'mend' })
      await live.waitFor()
    },
    /** What is held after a forced collection: bytes of page and worker, elements and listeners. */
    async held() {
      await cdp.send('HeapProfiler.collectGarbage')
      await cdp.send('HeapProfiler.collectGarbage')
      const { usedSize } = await cdp.send('Runtime.getHeapUsage')
      const { metrics } = await cdp.send('Performance.getMetrics')
      const metric = (name) => metrics.find((one) => one.name === name)?.value ?? 0
      return {
        page: usedSize,
        worker: await workerHeaps(cdp),
        nodes: metric('Nodes'),
        listeners: metric('JSEventListeners'),
      }
    },
    async close() {
      await browser.close()
      await line.stop()
    },
  }
}

// What a page and its worker hold after a forced collection: memory, elements, listeners and timers.
import type { CDPSession, Page } from '@playwright/test'

export interface Held {
  /** Bytes of JavaScript in use. */
  page: number
  worker: number
  nodes: number
  listeners: number
  /** Timers that wait, of the page and of its worker. */
  timers: number
}

interface TimerCount {
  waitingTimers: number
}

/** Counts the timers that wait, in a page or in a worker, from now on. Runs there: nothing of this file is known to it. */
function countTimers(): void {
  const scope = globalThis as unknown as TimerCount & Record<string, (...given: unknown[]) => unknown>
  const waiting = new Set<unknown>()
  const wrap = (set: string, clear: string, isOnce: boolean): void => {
    const [begin, end] = [scope[set], scope[clear]]
    if (!begin || !end) return
    scope[set] = (run, ...rest) => {
      const timer: unknown = begin.call(
        globalThis,
        (...given: unknown[]) => {
          if (isOnce) waiting.delete(timer)
          if (typeof run === 'function') run(...given)
        },
        ...rest,
      )
      waiting.add(timer)
      return timer
    }
    scope[clear] = (timer) => {
      waiting.delete(timer)
      return end.call(globalThis, timer)
    }
  }
  wrap('setTimeout', 'clearTimeout', true)
  wrap('setInterval', 'clearInterval', false)
  Object.defineProperty(globalThis, 'waitingTimers', { get: () => waiting.size })
}

const waitingTimers = (): number => (globalThis as unknown as TimerCount).waitingTimers

/** Begins to count the timers of the page; called before it is opened. */
export async function watchPageTimers(page: Page): Promise<void> {
  await page.addInitScript(countTimers)
}

/** Begins to count what the page's worker sets from now on. */
export async function watchWorkerTimers(page: Page): Promise<void> {
  for (const worker of page.workers()) await worker.evaluate(countTimers)
}

/** What is held now. */
export async function held(page: Page): Promise<Held> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  await cdp.send('HeapProfiler.collectGarbage')
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const metric = (name: string): number => metrics.find((one) => one.name === name)?.value ?? 0
  let timers = await page.evaluate(waitingTimers)
  for (const worker of page.workers()) timers += await worker.evaluate(waitingTimers)
  const worker = await workerBytes(cdp)
  await cdp.detach()
  return { page: usedSize, worker, nodes: metric('Nodes'), listeners: metric('JSEventListeners'), timers }
}

async function workerBytes(cdp: CDPSession): Promise<number> {
  const sessions: string[] = []
  cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') sessions.push(sessionId)
  })
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  let bytes = 0
  for (const sessionId of sessions) {
    await ask(cdp, sessionId, 'HeapProfiler.collectGarbage')
    await ask(cdp, sessionId, 'HeapProfiler.collectGarbage')
    bytes += (await ask(cdp, sessionId, 'Runtime.getHeapUsage')).usedSize ?? 0
  }
  if (sessions.length === 0) throw new Error('The page has no worker.')
  return bytes
}

let serial = 0

/** Asks a worker over the session of its page. */
async function ask(cdp: CDPSession, sessionId: string, method: string): Promise<{ usedSize?: number }> {
  serial += 1
  const id = serial
  const answer = new Promise<{ usedSize?: number }>((resolve) => {
    cdp.on('Target.receivedMessageFromTarget', (event) => {
      const message = JSON.parse(event.message) as { id?: number; result: { usedSize?: number } }
      if (event.sessionId === sessionId && message.id === id) resolve(message.result)
    })
  })
  const message = JSON.stringify({ id, method, params: {} })
  await cdp.send('Target.sendMessageToTarget', { sessionId, message })
  return answer
}

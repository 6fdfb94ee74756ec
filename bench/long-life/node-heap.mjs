// Heap of a Node process and of its worker threads after a forced collection, over the inspector it was started with.
import { WebSocket } from 'ws'

const answerWithinMs = 30_000

/** One debugging session: asks by method, tells events. */
async function openSession(url) {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const waiting = new Map()
  const listeners = new Set()
  let serial = 0
  socket.on('message', (text) => {
    const message = JSON.parse(text)
    if (message.id === undefined) for (const listener of [...listeners]) listener(message)
    else {
      const { resolve, reject } = waiting.get(message.id) ?? {}
      waiting.delete(message.id)
      if (message.error) reject?.(new Error(message.error.message))
      else resolve?.(message.result)
    }
  })
  return {
    listeners,
    ask(method, params = {}) {
      const id = ++serial
      const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
      socket.send(JSON.stringify({ id, method, params }))
      return within(answer, method)
    },
    close: () => socket.terminate(),
  }
}

function within(answer, what) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The server did not answer ${what}.`)), answerWithinMs)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

async function usedBytes(ask) {
  await ask('HeapProfiler.collectGarbage')
  await ask('HeapProfiler.collectGarbage')
  return (await ask('Runtime.getHeapUsage')).usedSize
}

/**
 * Attaches to a process that runs with `--inspect=127.0.0.1:<port>`.
 * @param {number} port of the inspector
 * @returns {Promise<{ heap: () => Promise<{ main: number, threads: number }>, close: () => void }>} bytes in use
 */
export async function attachNode(port) {
  const [{ webSocketDebuggerUrl }] = await (await fetch(`http://127.0.0.1:${port}/json`)).json()
  const session = await openSession(webSocketDebuggerUrl)
  const threads = new Set()
  session.listeners.add(({ method, params }) => {
    if (method === 'NodeWorker.attachedToWorker') threads.add(params.sessionId)
    if (method === 'NodeWorker.detachedFromWorker') threads.delete(params.sessionId)
  })
  await session.ask('NodeWorker.enable', { waitForDebuggerOnStart: false })

  let serial = 0
  const askThread = (sessionId) => (method) => {
    const id = ++serial
    const answer = new Promise((resolve) => {
      const listen = ({ method: kind, params }) => {
        if (kind !== 'NodeWorker.receivedMessageFromWorker' || params.sessionId !== sessionId) return
        const message = JSON.parse(params.message)
        if (message.id !== id) return
        session.listeners.delete(listen)
        resolve(message.result)
      }
      session.listeners.add(listen)
    })
    const asked = session.ask('NodeWorker.sendMessageToWorker', {
      sessionId,
      message: JSON.stringify({ id, method }),
    })
    return within(Promise.all([answer, asked]), method).then(([result]) => result)
  }

  return {
    async heap() {
      const main = await usedBytes(session.ask)
      let sum = 0
      for (const sessionId of threads) sum += await usedBytes(askThread(sessionId))
      return { main, threads: sum }
    },
    close: session.close,
  }
}

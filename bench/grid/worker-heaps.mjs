// Heap of a page's workers, over the page's own debugging session.

const answerWithinMs = 5000

/**
 * Bytes in use in all workers of the page after a forced collection; 0 when there are none.
 * @param {import('@playwright/test').CDPSession} cdp of the page
 * @returns {Promise<number>}
 */
export async function workerHeaps(cdp) {
  const sessions = []
  const note = ({ sessionId, targetInfo }) => {
    if (/worker/.test(targetInfo.type)) sessions.push(sessionId)
  }
  cdp.on('Target.attachedToTarget', note)
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  let bytes = 0
  for (const sessionId of sessions) {
    await ask(cdp, sessionId, 'HeapProfiler.collectGarbage')
    await ask(cdp, sessionId, 'HeapProfiler.collectGarbage')
    const { usedSize } = await ask(cdp, sessionId, 'Runtime.getHeapUsage')
    bytes += usedSize
  }
  await cdp.send('Target.setAutoAttach', { autoAttach: false, waitForDebuggerOnStart: false, flatten: false })
  cdp.off('Target.attachedToTarget', note)
  return bytes
}

let serial = 0

function ask(cdp, sessionId, method) {
  const id = ++serial
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`A worker did not answer ${method}.`)), answerWithinMs)
    const listen = (event) => {
      const message = JSON.parse(event.message)
      if (event.sessionId !== sessionId || message.id !== id) return
      clearTimeout(timer)
      cdp.off('Target.receivedMessageFromTarget', listen)
      if (message.error) reject(new Error(message.error.message))
      else resolve(message.result)
    }
    cdp.on('Target.receivedMessageFromTarget', listen)
    cdp
      .send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params: {} }) })
      .catch(reject)
  })
}

// Has a PDF laid out by a thread of its own, one at a time: laying out takes a whole core.
import { Worker } from 'node:worker_threads'
import type { PdfDocument } from '#server/modules/exports/pdf/pdf-document.ts'

/** A document that takes longer than this is given up, ms. */
const limitMs = 120_000

/** The built server runs the built thread; under the TypeScript loader the thread has to register the loader itself. */
function startWorker(workerData: PdfDocument): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: 512 }
  if (import.meta.url.endsWith('.js'))
    return new Worker(new URL('./pdf-worker.js', import.meta.url), { workerData, resourceLimits })
  const source = JSON.stringify(new URL('./pdf-worker.ts', import.meta.url).href)
  const entry = `import('tsx/esm/api').then(({ register }) => { register(); return import(${source}) })`
  return new Worker(entry, { eval: true, workerData, resourceLimits })
}

function render(document: PdfDocument): Promise<Uint8Array> {
  const worker = startWorker(document)
  return new Promise<Uint8Array>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The PDF took too long.')), limitMs)
    timer.unref()
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`The thread of the PDF ended with ${code}.`))
    })
  }).finally(() => void worker.terminate())
}

let last: Promise<unknown> = Promise.resolve()

/** The document as the bytes of a PDF. Rejects when it cannot be laid out. */
export function renderPdf(document: PdfDocument): Promise<Uint8Array> {
  const mine = last.then(() => render(document))
  last = mine.catch(() => undefined)
  return mine
}

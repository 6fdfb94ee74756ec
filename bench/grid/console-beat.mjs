// The console built to sort at another beat than the product's, so that all pages can sort at one cadence. All else is the product's.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { root } from '../support/server.mjs'

const source = 'src/floor/floor-desk.ts'
const ownBeat = 'const resortMs = 2000'

/**
 * Builds the console with rows that change places every `beatMs` into a folder that goes when the process ends.
 * @param {number} beatMs
 * @returns {Promise<string>} the folder
 */
export async function consoleAtBeat(beatMs) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'callboard-beat-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  let isChanged = false
  const beat = {
    name: 'beat',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith(source)) return null
      if (!code.includes(ownBeat)) throw new Error(`${source} says its beat in other words: adapt the bench.`)
      isChanged = true
      return code.replace(ownBeat, `const resortMs = ${beatMs}`)
    },
  }
  await build({
    root,
    logLevel: 'warn',
    // The order is made in the worker, which is built by plugins of its own.
    worker: { format: 'es', plugins: () => [beat] },
    build: { outDir: folder, emptyOutDir: true, reportCompressedSize: false, chunkSizeWarningLimit: 2000 },
  })
  if (!isChanged) throw new Error(`The worker is built without ${source}: adapt the bench.`)
  return folder
}

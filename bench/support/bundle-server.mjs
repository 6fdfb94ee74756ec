// The server's sources as one module that a bench process can assemble by itself, with its own settings and its own feed.
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from '../../scripts/ready.mjs'
import { serverBundle } from '../../scripts/server-bundle.mjs'

const parts = `
export { createApp } from '#server/app.ts'
export { readConfig } from '#server/config.ts'
export { openDatabase } from '#server/db/database.ts'
export { ensureSecrets } from '#server/auth/secrets.ts'
export { seedDemo } from '#server/seed-demo.ts'
export { createLogger } from '#server/telemetry/logger.ts'
export { systemClock } from '#server/domain/clock.ts'
export { textMessage } from '#server/realtime/text-message.ts'
`

/**
 * Bundles the server as `npm run build` does and imports it; the files go when the process ends.
 * @returns {Promise<Record<string, Function>>} createApp, readConfig, openDatabase, ensureSecrets, seedDemo, createLogger, systemClock, textMessage
 */
export async function bundleServer() {
  const folder = path.join(root, 'build', `bench-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  await build({ ...serverBundle, outdir: folder, entryPoints: { 'db-worker': 'server/db/worker.ts' } })
  await build({
    ...serverBundle,
    outfile: path.join(folder, 'server.js'),
    stdin: { contents: parts, resolveDir: root, sourcefile: 'bench-parts.ts' },
  })
  return import(pathToFileURL(path.join(folder, 'server.js')).href)
}

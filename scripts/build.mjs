// npm run build: the console into dist/, the server into build/server/.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './ready.mjs'
import { serverBundle } from './server-bundle.mjs'

// Programs and threads of their own, by the name of their file in build/server/; the rest is bundled into its importer.
const entries = {
  main: 'server/main.ts',
  'db-worker': 'server/db/worker.ts',
  'pdf-worker': 'server/modules/exports/pdf/pdf-worker.ts',
}

const { build: bundleServer } = await import('esbuild')
const { build: buildConsole } = await import('vite')

// A development NODE_ENV of the shell must not end up as a development build of React.
process.env.NODE_ENV = 'production'
// Sizes are judged by check-bundle.mjs, after gzip.
const build = { emptyOutDir: true, reportCompressedSize: false, chunkSizeWarningLimit: 2000 }
await buildConsole({ root, logLevel: 'warn', build })

rmSync(join(root, 'build', 'server'), { recursive: true, force: true })
await bundleServer({ ...serverBundle, entryPoints: entries, outdir: 'build/server' })

// npm run dev: the console with hot reload on 5173, the server with watch on 8000; both end together.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureInstalled, requireNode, root } from './ready.mjs'

requireNode()
await ensureInstalled()

const programs = [
  [join(root, 'node_modules/tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', 'server/main.ts'],
  [join(root, 'node_modules/vite/bin/vite.js'), '--clearScreen', 'false'],
].map((args) => spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }))

for (const program of programs) program.once('exit', (code) => stop(code ?? 1))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0))

function stop(code) {
  process.exitCode ??= code
  for (const program of programs) program.kill('SIGTERM')
}

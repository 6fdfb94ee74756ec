// Before the journeys: a data folder as a server leaves it after its first start. Each journey's server starts with a copy.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// Playwright takes a default export and no other.
/** Playwright calls it once, and what it returns at the end. The folder's path is in `TEMPLATE_DATA_DIR` for the workers. */
// oxlint-disable-next-line import/no-default-export
export default async function makeTemplate(): Promise<() => void> {
  if (!existsSync('build/server/main.js')) throw new Error('Run "npm run build" first.')
  const folder = mkdtempSync(join(tmpdir(), 'callboard-e2e-template-'))
  const server = spawn('node', ['build/server/main.js'], {
    env: { ...process.env, PORT: '0', DATA_DIR: folder, DEMO: '1', FEED: 'none', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise<number | null>((resolve) => server.once('exit', resolve))
  server.stdout.setEncoding('utf8').on('data', (text: string) => {
    // It greets when it serves; with no feed nothing is written any more.
    if (text.includes('Callboard is on')) server.kill('SIGTERM')
  })
  const code = await gone
  if (code !== 0) throw new Error(`The server for the template ended with ${code}.`)
  process.env['TEMPLATE_DATA_DIR'] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}

// The built server as a process of its own, on a free port and a data folder that is thrown away, for every bench alike.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { wait } from './wait.mjs'

/** The folder of the project this bench belongs to. */
export const root = path.resolve(import.meta.dirname, '../..')

/** @returns {Promise<number>} a port nobody listens on at this moment */
export function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

/**
 * @typedef {object} ServerProcess
 * @property {number} pid
 * @property {number} port
 * @property {string} url `http://127.0.0.1:port`
 * @property {string} dataDir
 * @property {import('node:child_process').ChildProcess} child for messages, when started with `ipc`
 * @property {() => string} webhookSecret of the company `demo`
 * @property {() => Promise<void>} stop with grace; the data folder goes unless it was given
 */

/**
 * Starts a server and waits until `/readyz` says yes: by default the built one with the demo company and no feed.
 * @param {object} [options]
 * @param {number} [options.port] a free one when left out
 * @param {Record<string, string>} [options.env] added to the environment, e.g. `DATABASE_URL`
 * @param {string} [options.dataDir] a temporary one when left out
 * @param {string[]} [options.nodeArgs] for node itself, e.g. `--cpu-prof`
 * @param {string} [options.entry] the program, from the project's folder
 * @param {boolean} [options.ipc] opens a channel for messages to the program
 * @returns {Promise<ServerProcess>}
 */
export async function startServer(options = {}) {
  const port = options.port ?? (await freePort())
  const dataDir = options.dataDir ?? mkdtempSync(path.join(os.tmpdir(), 'callboard-bench-'))
  const child = spawn('node', [...(options.nodeArgs ?? []), options.entry ?? 'build/server/main.js'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataDir,
      FEED: 'none',
      DEMO: '1',
      LOG_LEVEL: 'error',
      ...options.env,
    },
    stdio: ['ignore', 'ignore', 'inherit', ...(options.ipc ? ['ipc'] : [])],
  })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await gone
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
  }
  if (!(await answers(`${url}/readyz`, child))) {
    child.kill('SIGKILL')
    await stop()
    throw new Error('The server did not start.')
  }
  const webhookSecret = () => readFileSync(path.join(dataDir, 'webhook-secret'), 'utf8').trim()
  return { pid: child.pid, port, url, dataDir, child, webhookSecret, stop }
}

/** True once the address answers 2xx; false after 30 s or when the process ended. */
async function answers(url, child) {
  for (let tries = 0; tries < 150 && child.exitCode === null; tries++) {
    const ready = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return true
    await wait(200)
  }
  return false
}

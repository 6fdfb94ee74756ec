// The server as a process of its own, as it runs in earnest: real signals, a real data folder, a real port.
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inject } from 'vitest'
import { demoPassword } from '#server/auth/demo-users.ts'
import { ask } from '#tests/support/ask.ts'
import { testSecrets } from '#tests/support/server.ts'

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface ServerProcess {
  pid: number
  /** Everything it wrote so far, both streams. */
  output(): string
  exited: Promise<Exit>
  /** Sends the signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<Exit>
}

export interface RunningServer extends ServerProcess {
  /** `http://127.0.0.1:<port>` */
  url: string
  /** Access token of a demo person, by their password. */
  signIn(person: string): Promise<string>
}

const children = new Set<ChildProcess>()
const folders = new Set<string>()

/** An empty folder that is removed by `cleanUp`; with `from` a copy of that one. */
export function makeFolder(from?: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'callboard-test-'))
  folders.add(folder)
  if (from) cpSync(from, folder, { recursive: true })
  return folder
}

/** A data folder that a server has started on before; removed by `cleanUp`. */
export function makeDataFolder(): string {
  return makeFolder(inject('databaseTemplate').dataDir)
}

/** Ends what still runs. */
export async function endProcesses(): Promise<void> {
  for (const child of children) {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }
}

/** Ends what still runs and removes the folders; for `afterAll`. */
export async function cleanUp(): Promise<void> {
  await endProcesses()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  folders.clear()
}

/** Starts the server with this environment and no other, on a free port unless told. */
export function spawnServer(env: Record<string, string>): ServerProcess {
  return spawnProgram(['server/main.ts'], env)
}

/** Starts a program of the repository, its arguments behind its path, with the server's environment of the tests. */
export function spawnProgram(program: readonly string[], env: Record<string, string>): ServerProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', ...program], {
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      FEED: 'none',
      LOG_LEVEL: 'warn',
      JWT_SECRET: testSecrets.jwtSecret,
      WEBHOOK_SECRET: testSecrets.webhookSecret,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const exited = new Promise<Exit>((resolve) => {
    // "close" and not "exit": by then everything it wrote was read.
    child.once('close', (code, signal) => {
      children.delete(child)
      resolve({ code, signal })
    })
  })
  return {
    pid: child.pid ?? 0,
    output: () => output,
    exited,
    stop(signal) {
      child.kill(signal)
      return exited
    },
  }
}

/** Starts a process and waits until it says where it is. Rejects with its output when it ends before. */
export async function startProcess(env: Record<string, string>): Promise<RunningServer> {
  const server = spawnServer(env)
  let over: Exit | null = null
  void server.exited.then((exit) => (over = exit))
  for (;;) {
    const [, url] = /Callboard is on (http:\S+)/.exec(server.output()) ?? []
    if (url !== undefined)
      return {
        ...server,
        url,
        async signIn(person) {
          const email = person.includes('@') ? person : `${person}@demo.callboard.test`
          const { body } = await ask<{ token: string }>(url, 'POST /api/v1/auth/login', {
            body: { email, password: demoPassword },
          })
          return body.token
        },
      }
    if (over !== null) throw new Error(`The server ended: ${JSON.stringify(over)}\n${server.output()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

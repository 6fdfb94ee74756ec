// npm start: from a fresh clone to a running console in one command. Only Node's own modules, for nothing is installed yet.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { say } from './console-line.mjs'
import { ensureBuilt, ensureInstalled, requireNode, root } from './ready.mjs'

// Longer than the server takes to say goodbye to its clients and to close its database.
const graceMs = 20_000

requireNode()
const settings = readArguments(process.argv.slice(2))
try {
  await ensureInstalled()
  await ensureBuilt()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
runServer(settings)

/** `--feed NAME`, `--file PATH`, or a bare path, become the variables the server reads. */
function readArguments(args) {
  const env = {}
  const rest = [...args]
  while (rest.length > 0) {
    const word = rest.shift()
    if (word === '--feed') env.FEED = rest.shift()
    else if (word === '--file') env.REPLAY_FILE = rest.shift()
    else if (word.startsWith('-'))
      fail(`Unknown option ${word}. Known: --feed simulator|replay|none, --file PATH.`)
    else env.REPLAY_FILE = word
  }
  if (env.REPLAY_FILE === undefined) {
    if (env.FEED === 'replay' && !process.env.REPLAY_FILE) {
      fail('Which recorded conversations? Say: npm run replay -- path/to/file')
    }
    return env
  }
  // npm changes into the project's folder; the path was written in the folder the user stood in.
  const file = resolve(process.env.INIT_CWD ?? process.cwd(), env.REPLAY_FILE)
  if (!existsSync(file)) fail(`No such file: ${file}`)
  return { ...env, FEED: env.FEED ?? 'replay', REPLAY_FILE: file }
}

function runServer(env) {
  const server = spawn(process.execPath, ['--enable-source-maps', join(root, 'build', 'server', 'main.js')], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  let asked = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (asked) return
      asked = true
      server.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal)
      setTimeout(() => {
        say(`the server did not close within ${graceMs / 1000} s: ending it`)
        server.kill('SIGKILL')
      }, graceMs).unref()
    })
  }
  server.once('error', (error) => fail(`The server could not be started: ${error.message}`))
  server.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

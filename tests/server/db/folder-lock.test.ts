import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FolderInUse, lockFolder } from '#server/db/folder-lock.ts'

let folder: string
let lockFile: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'callboard-lock-'))
  lockFile = path.join(folder, 'lock.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const owner = () => JSON.parse(readFileSync(lockFile, 'utf8')) as { pid: number; started: string | null }

/** A process that lives until it is told to end; resolves once it runs. */
async function startNeighbour() {
  const child = spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => {}, 1000)'])
  await new Promise((resolve) => child.stdout.once('data', resolve))
  return {
    pid: child.pid as number,
    async end() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
}

const startedAt = (pid: number) => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

test('the folder is made, locked for this process alone, and free again after the release', () => {
  const inside = path.join(folder, 'new', 'data')
  const release = lockFolder(inside)
  lockFile = path.join(inside, 'lock.json')
  expect(owner().pid).toBe(process.pid)
  expect(statSync(lockFile).mode & 0o777).toBe(0o600)
  expect(() => lockFolder(inside)).toThrow(FolderInUse)
  release()
  release()
  lockFolder(inside)()
})

test('a living holder is refused by its pid, and keeps its lock', async () => {
  const neighbour = await startNeighbour()
  const lock = JSON.stringify({ pid: neighbour.pid, started: startedAt(neighbour.pid) })
  writeFileSync(lockFile, lock)
  expect(() => lockFolder(folder)).toThrow(`${folder} is in use by process ${neighbour.pid}`)
  expect(readFileSync(lockFile, 'utf8')).toBe(lock)
  await neighbour.end()
})

test('the lock of a process that died is taken over', async () => {
  const neighbour = await startNeighbour()
  writeFileSync(lockFile, JSON.stringify({ pid: neighbour.pid, started: startedAt(neighbour.pid) }))
  await neighbour.end()
  const release = lockFolder(folder)
  expect(owner().pid).toBe(process.pid)
  release()
})

test('another process that got the dead holder’s number does not hold the folder', async () => {
  const neighbour = await startNeighbour()
  writeFileSync(lockFile, JSON.stringify({ pid: neighbour.pid, started: '1' }))
  const release = lockFolder(folder)
  expect(owner().pid).toBe(process.pid)
  release()
  await neighbour.end()
})

test.each(['', '{"pid":', 'null', '[]', '{}', '"text"'])(
  'a lock that was half written holds nobody up: %j',
  (text) => {
    writeFileSync(lockFile, text)
    const release = lockFolder(folder)
    expect(owner().pid).toBe(process.pid)
    release()
  },
)

test('a release after somebody else took over leaves their lock alone', () => {
  const release = lockFolder(folder)
  const theirs = JSON.stringify({ pid: 1, started: 'later' })
  writeFileSync(lockFile, theirs)
  release()
  expect(readFileSync(lockFile, 'utf8')).toBe(theirs)
})

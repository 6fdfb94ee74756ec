import { statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import { demoPassword } from '#server/auth/demo-users.ts'
import { ask } from '#tests/support/ask.ts'
import { eventually } from '#tests/support/eventually.ts'
import {
  cleanUp,
  makeDataFolder,
  makeFolder,
  spawnServer,
  startProcess,
} from '#tests/support/server-process.ts'

afterAll(cleanUp)

const stackLine = /\n\s+at /

test('on a fresh folder secrets are made that only their owner can read, and a second start keeps them', async () => {
  const dataDir = path.join(makeFolder(), 'new')
  const env = { DATA_DIR: dataDir, JWT_SECRET: '', WEBHOOK_SECRET: '' }
  const first = await startProcess(env)
  const token = await first.signIn('manager')
  expect(statSync(dataDir).mode & 0o777).toBe(0o700)
  for (const name of ['jwt-secret', 'webhook-secret', 'lock.json'])
    expect([name, statSync(path.join(dataDir, name)).mode & 0o777]).toEqual([name, 0o600])
  expect((await first.stop('SIGTERM')).code).toBe(0)
  const second = await startProcess(env)
  expect((await ask(second.url, 'GET /api/v1/calls', { token })).status).toBe(200)
  await second.stop('SIGKILL')
})

test('a second process on the same folder is refused in a sentence, and the first one goes on', async () => {
  const dataDir = makeDataFolder()
  const first = await startProcess({ DATA_DIR: dataDir })
  const second = spawnServer({ DATA_DIR: dataDir })
  expect(await second.exited).toEqual({ code: 1, signal: null })
  expect(second.output()).toContain(`${dataDir} is in use by process ${first.pid}`)
  expect(second.output()).toContain('DATA_DIR')
  expect(second.output()).not.toMatch(stackLine)
  expect((await ask(first.url, 'GET /readyz')).status).toBe(200)
  await first.stop('SIGKILL')
})

test('every fault of the environment is listed at once, by name and without its value', async () => {
  const server = spawnServer({
    DATA_DIR: makeFolder(),
    PORT: 'eighty',
    FEED: 'carrier-pigeon',
    SIM_CALLS: '0',
    JWT_SECRET: 'hunter2',
    DATABASE_URL: 'mysql://root:hunter2@db/x',
  })
  expect(await server.exited).toEqual({ code: 1, signal: null })
  for (const name of ['PORT', 'FEED', 'SIM_CALLS', 'JWT_SECRET', 'DATABASE_URL'])
    expect(server.output()).toMatch(new RegExp(`^  ${name}: `, 'm'))
  expect(server.output()).not.toMatch(/hunter2|pigeon|eighty/)
  expect(server.output()).not.toMatch(stackLine)
})

test('an address that is taken is told in a sentence', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const server = spawnServer({ DATA_DIR: makeDataFolder(), PORT: String(port) })
  expect(await server.exited).toEqual({ code: 1, signal: null })
  expect(server.output()).toContain(`127.0.0.1:${port}`)
  expect(server.output()).not.toMatch(stackLine)
  other.close()
})

test('without the demo its people and their password do not exist', async () => {
  const server = await startProcess({ DATA_DIR: makeFolder(), DEMO: '0', AUTH: 'local' })
  expect(server.output()).not.toContain(demoPassword)
  expect(server.output()).not.toContain('callboard.test')
  expect(server.output()).toContain('npm run create-owner')
  for (const email of ['owner@demo.callboard.test', 'manager@acme.callboard.test']) {
    const body = { email, password: demoPassword }
    const answer = await ask(server.url, 'POST /api/v1/auth/login', { body })
    expect([answer.status, answer.body.error.code]).toEqual([401, 'UNAUTHORIZED'])
  }
  await server.stop('SIGKILL')
})

test('recorded conversations are played as calls with their lines', async () => {
  const folder = makeDataFolder()
  const file = path.join(folder, 'recordings.jsonl')
  const recording = {
    id: 'rec-17',
    from: '+12105550123',
    business: 'roofing',
    lines: [
      { speaker: 'ai', text: 'Alamo Roofing, this call is recorded.', at_ms: 500 },
      { speaker: 'customer', text: 'My roof leaks.', at_ms: 1500 },
    ],
  }
  writeFileSync(file, `${JSON.stringify(recording)}\n`)
  const env = { DATA_DIR: folder, FEED: 'replay', REPLAY_FILE: file, SIM_SPEED: '10' }
  const server = await startProcess(env)
  const token = await server.signIn('manager')
  const said = await eventually(
    async () => {
      const path = 'GET /api/v1/calls?search=replay-&sort_order=asc'
      const { body } = await ask<{ calls: Call[] }>(server.url, path, { token })
      const call = body.calls.find(({ last_line }) => last_line?.text === 'My roof leaks.')
      expect(call).toBeDefined()
      return call
    },
    20_000,
    250,
  )
  expect(said).toMatchObject({
    direction: 'inbound',
    from_number: '+12105550123',
    business_name: 'Alamo Roofing',
    metadata: { recording: 'rec-17' },
  })
  expect((await server.stop('SIGTERM')).code).toBe(0)
})

import { afterAll, expect, test } from 'vitest'
import type { ClosingFrame, ServerFrame } from '#contract/protocol.ts'
import { ask, deliver } from '#tests/support/ask.ts'
import { callStarted, lineSaid } from '#tests/support/facts.ts'
import { connect, doors } from '#tests/support/protocol-client.ts'
import { type Exit, cleanUp, makeDataFolder, startProcess } from '#tests/support/server-process.ts'

/** Whoever stops a server waits this long before it takes harder means, ms. */
const patience = 10_000

afterAll(cleanUp)

const isClosing = (frame: ServerFrame): frame is ClosingFrame => frame.event === 'closing'
const inTime = (exited: Promise<Exit>) =>
  Promise.race([
    exited,
    new Promise<string>((resolve) => void setTimeout(() => resolve('still running'), patience).unref()),
  ])

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s: consoles on both doors are told that the server restarts, then it ends with 0',
  async (signal) => {
    const server = await startProcess({ DATA_DIR: makeDataFolder() })
    const token = await server.signIn('manager')
    const clients = await Promise.all(doors.map((door) => connect(server.url, door, token)))
    for (const client of clients) client.send('subscribe', { type: 'all_calls' })
    await Promise.all(
      clients.map((client) => client.until((frames) => frames.some(({ event }) => event === 'subscribed'))),
    )
    process.kill(server.pid, signal)
    for (const client of clients) expect((await client.next(isClosing)).data.code).toBe(1012)
    expect(await Promise.all(clients.map((client) => client.closed))).toEqual([null, 1012])
    expect(await inTime(server.exited)).toEqual({ code: 0, signal: null })
  },
)

test('the same signal twice, as a terminal sends it, stops it once and well', async () => {
  const server = await startProcess({ DATA_DIR: makeDataFolder(), LOG_LEVEL: 'info' })
  process.kill(server.pid, 'SIGINT')
  process.kill(server.pid, 'SIGTERM')
  expect(await inTime(server.exited)).toEqual({ code: 0, signal: null })
  expect(server.output().match(/"stopping"/g)).toHaveLength(1)
})

test('a console whose network is gone does not hold the server up', async () => {
  const server = await startProcess({ DATA_DIR: makeDataFolder() })
  const client = await connect(server.url, 'websocket', await server.signIn('manager'))
  client.send('subscribe', { type: 'all_calls' })
  await client.until((frames) => frames.some(({ event }) => event === 'subscribed'))
  client.pause()
  process.kill(server.pid, 'SIGTERM')
  expect(await inTime(server.exited)).toEqual({ code: 0, signal: null })
  client.resume()
  await client.closed
})

test('a server that stops under load loses nothing that it acknowledged, and leaves the folder free', async () => {
  const dataDir = makeDataFolder()
  const first = await startProcess({ DATA_DIR: dataDir })
  const acknowledged: string[] = []
  const sender = async (index: number) => {
    for (let count = 0; ; count++) {
      const line = `${index}-${count}`
      const events = [callStarted('busy'), lineSaid('busy', line)]
      const answer = await deliver(first.url, { id: line, events }).catch(() => null)
      if (answer?.status !== 200) return
      acknowledged.push(`Line ${line}`)
      if (acknowledged.length === 40) process.kill(first.pid, 'SIGTERM')
    }
  }
  await Promise.all(Array.from({ length: 10 }, (_, index) => sender(index)))
  expect(await inTime(first.exited)).toEqual({ code: 0, signal: null })

  const second = await startProcess({ DATA_DIR: dataDir })
  const token = await second.signIn('manager')
  const path = 'GET /api/v1/calls/busy/interactions'
  const { status, body } = await ask<{ interactions: { text: string }[] }>(second.url, path, { token })
  expect(status).toBe(200)
  const stored = body.interactions.map(({ text }) => text)
  expect(stored).toEqual(expect.arrayContaining(acknowledged))
  expect(new Set(stored).size).toBe(stored.length)
  await second.stop('SIGKILL')
}, 90_000)

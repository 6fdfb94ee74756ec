import { spawnSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Delivered, type Refused, ask, deliver } from '#tests/support/ask.ts'
import { eventually } from '#tests/support/eventually.ts'
import { callStarted, lineSaid } from '#tests/support/facts.ts'
import { cleanUp, endProcesses, makeFolder, startProcess } from '#tests/support/server-process.ts'

const disk = makeFolder()
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', disk], { encoding: 'utf8' })
const cannot = mounted.status !== 0
if (cannot)
  process.stdout.write(`Left out: a small disk cannot be mounted here (${mounted.stderr?.trim() ?? ''})\n`)

afterAll(cleanUp)

/** Writes until nothing fits any more. */
function fill(file: string): void {
  const handle = openSync(file, 'a')
  try {
    for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 4))
      try {
        for (;;) writeSync(handle, Buffer.alloc(size))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
  } finally {
    closeSync(handle)
  }
}

test.skipIf(cannot)(
  'a full disk refuses facts with 503 and loses none; with room again the server goes on by itself',
  async () => {
    const ballast = path.join(disk, 'ballast')
    try {
      const server = await startProcess({ DATA_DIR: path.join(disk, 'data') })
      const token = await server.signIn('manager')
      const acknowledged: string[] = []
      let deliveries = 0
      const send = async () => {
        const id = `d${++deliveries}`
        const events = [callStarted('full'), lineSaid('full', id, { text: `${id} ${'word '.repeat(2000)}` })]
        const answer = await deliver<Partial<Delivered & Refused>>(server.url, { id, events })
        if (answer.status === 200) acknowledged.push(id)
        return { id, events, ...answer }
      }
      for (let count = 0; count < 20; count++) expect((await send()).status).toBe(200)

      fill(ballast)
      let refused = await send()
      // What was set aside for the log of writes takes some more; then it is full for good.
      for (let count = 0; count < 5000 && refused.status === 200; count++) refused = await send()
      expect([refused.status, refused.body.error?.code]).toEqual([503, 'UNAVAILABLE'])
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      await eventually(async () => {
        fill(ballast)
        expect((await ask(server.url, 'GET /readyz')).status).toBe(503)
      })
      expect((await ask(server.url, 'GET /healthz')).status).toBe(200)

      rmSync(ballast)
      await eventually(
        async () => expect((await ask(server.url, 'GET /readyz')).status).toBe(200),
        30_000,
        100,
      )
      const again = await deliver(server.url, { id: refused.id, events: refused.events })
      expect([again.status, again.body.duplicate]).toEqual([200, false])
      acknowledged.push(refused.id)
      expect((await send()).status).toBe(200)

      const seen = new Map<string, number>()
      for (let offset = 0; ; offset += 1000) {
        const path = `GET /api/v1/calls/full/interactions?offset=${offset}`
        const { body } = await ask<{ interactions: { text: string }[] }>(server.url, path, { token })
        for (const { text } of body.interactions) {
          const id = text.split(' ', 1)[0] ?? ''
          seen.set(id, (seen.get(id) ?? 0) + 1)
        }
        if (body.interactions.length < 1000) break
      }
      expect(acknowledged.map((id) => [id, seen.get(id)])).toEqual(acknowledged.map((id) => [id, 1]))
      expect((await server.stop('SIGTERM')).code).toBe(0)
    } finally {
      await endProcesses()
      spawnSync('umount', ['-l', disk])
    }
  },
  120_000,
)

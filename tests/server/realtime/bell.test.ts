import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventFrame, ServerFrame } from '#contract/protocol.ts'
import type { DatabaseHandle } from '#server/db/database.ts'
import { openTestDatabase } from '#tests/support/database.ts'
import { connect } from '#tests/support/protocol-client.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

const hasRedis = spawnSync('redis-server', ['--version']).status === 0

describe.skipIf(!hasRedis)(
  'two nodes on one database, with a Redis between (needs redis-server on PATH)',
  () => {
    let redis: ChildProcess
    let database: DatabaseHandle
    let nodes: [TestServer, TestServer]

    beforeAll(async () => {
      const probe = createServer()
      await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
      const { port } = probe.address() as { port: number }
      await new Promise((resolve) => probe.close(resolve))
      redis = spawn('redis-server', [
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--appendonly',
        'no',
      ])
      await new Promise<void>((resolve) => {
        redis.stdout?.on('data', (text: Buffer) => {
          if (text.includes('Ready to accept')) resolve()
        })
      })
      database = await openTestDatabase({ server: '', demo: true })
      const env = {
        REDIS_URL: `redis://127.0.0.1:${port}`,
        DATABASE_URL: 'postgres://unused',
        JWT_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
      }
      // Nobody looks by themselves: what arrives at the other node was rung for.
      const realtime = { pollMs: 3_600_000 }
      nodes = [await startServer({ database, env, realtime }), await startServer({ database, env, realtime })]
    })
    afterAll(async () => {
      for (const node of nodes) await node.close()
      await database.close()
      redis.kill()
    })

    test('what one node takes in reaches a console at the other at once, in order', async () => {
      const [a, b] = nodes
      const client = await connect(b.url, 'websocket', await b.token('manager'))
      client.send('subscribe', { type: 'all_calls', since: 0, lines: 'all', batch: true })
      await client.until((frames) => frames.some(({ event }) => event === 'snapshot'))
      await a.submit([{ event: 'call.started', data: { call: { id: 'rung' } } }])
      for (const n of ['1', '2', '3'])
        await a.submit([
          {
            event: 'interaction.added',
            data: { call_id: 'rung', interaction: { id: n, speaker: 'ai', text: n } },
          },
        ])
      const lines = (frames: readonly ServerFrame[]) =>
        frames.filter(
          (frame): frame is EventFrame & { event: 'interaction.added' } =>
            frame.event === 'interaction.added',
        )
      await client.until((frames) => lines(frames).length >= 3)
      expect(lines(client.frames).map(({ data }) => data.interaction.text)).toEqual(['1', '2', '3'])
      client.close()
    })

    test('a node whose Redis answers is ready', async () => {
      const answer = await fetch(`${nodes[0].url}/readyz`)
      expect(answer.status).toBe(200)
    })
  },
)

import { afterAll, expect, test } from 'vitest'
import type { CallDetail } from '#contract/call-endpoints.ts'
import type { Call } from '#contract/call.ts'
import type { CallInteraction } from '#contract/transcript.ts'
import type { Pagination } from '#contract/primitives.ts'
import { ask } from '#tests/support/ask.ts'
import {
  cleanUp,
  makeDataFolder,
  makeFolder,
  spawnProgram,
  startProcess,
} from '#tests/support/server-process.ts'

afterAll(cleanUp)

interface Page {
  calls: Call[]
  pagination: Pagination
}

const seed = (dataDir: string, ...args: string[]) =>
  spawnProgram(['scripts/seed.ts', ...args], { DATA_DIR: dataDir })

test('a past that was seeded is what the calls list and the calls themselves show', async () => {
  const dataDir = makeDataFolder()
  const seeding = seed(dataDir, '--days', '90', '--calls', '300')
  expect([(await seeding.exited).code, seeding.output()]).toEqual([0, seeding.output()])
  expect(seeding.output()).toContain('300 of 300 calls')
  expect(seeding.output()).toMatch(
    /300 calls with [\d,]+ lines for Alamo Home Services: \S+ to \S+, America\/Chicago/,
  )
  expect(seeding.output()).toMatch(/calls\/s\. The database has \d+ MB/)

  const server = await startProcess({ DATA_DIR: dataDir })
  const token = await server.signIn('manager')
  const list = async (query: string) =>
    (await ask<Page>(server.url, `GET /api/v1/calls?${query}`, { token })).body
  const all = await list('limit=100&sort_by=started_at&sort_order=asc')
  expect(all.pagination.total).toBe(300)
  const oldest = Date.parse(all.calls[0]?.started_at ?? '')
  expect(Date.now() - oldest).toBeGreaterThan(80 * 24 * 3600_000)
  expect(all.calls.every(({ ended_at }) => ended_at !== undefined)).toBe(true)

  const { calls } = await list('status=completed&min_qa_score=0.5&limit=5')
  expect(calls).toHaveLength(5)
  for (const { id } of calls) {
    const { status, body } = await ask<CallDetail>(server.url, `GET /api/v1/calls/${id}`, { token })
    expect(status).toBe(200)
    expect(body.call.duration_seconds).toBeGreaterThan(5)
    expect(body.qa_scores?.call_id).toBe(id)
    const said = await ask<{ interactions: CallInteraction[]; total: number }>(
      server.url,
      `GET /api/v1/calls/${id}/interactions`,
      { token },
    )
    expect(said.body.total).toBe(body.interactions_count)
    expect(said.body.interactions.length).toBeGreaterThan(3)
    expect(said.body.interactions.some(({ sentiment }) => sentiment !== undefined)).toBe(true)
  }
  const { pagination } = await list('escalation_status=completed')
  expect(pagination.total).toBeGreaterThan(0)

  const meanwhile = seed(dataDir, '--seed', 'more', '--append')
  expect((await meanwhile.exited).code).toBe(1)
  expect(meanwhile.output()).toContain(`in use by process ${server.pid}`)
  expect(meanwhile.output()).toContain('stop the server, seed, and start it again')
  expect(meanwhile.output()).not.toMatch(/\n\s+at /)
  expect((await list('limit=1')).pagination.total).toBe(300)
  await server.stop('SIGTERM')
}, 120_000)

test('what the command cannot do it says in a sentence and leaves nothing behind', async () => {
  const refused = seed(makeFolder(), '--days', 'many')
  expect((await refused.exited).code).toBe(1)
  expect(refused.output()).toContain('--days: write a whole number from 1 to 1,830')
  expect(refused.output()).not.toMatch(/\n\s+at /)
})

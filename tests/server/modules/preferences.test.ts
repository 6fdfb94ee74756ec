import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Preferences } from '#contract/preferences.ts'
import { ask } from '#tests/support/ask.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startServer()
  token = await server.token('manager')
})
afterAll(() => server.close())
beforeEach(async () => {
  await server.database.db.deleteFrom('preferences').where('company_id', 'in', ['demo', 'acme']).execute()
})

const path = '/api/v1/me/preferences'
const read = async (by = token) =>
  (await ask<Preferences>(server.url, `GET ${path}`, { token: by })).body.preferences
const change = (preferences: unknown, by = token) =>
  ask<Preferences>(server.url, `PATCH ${path}`, { token: by, body: { preferences } })
const values = (preferences: Preferences['preferences']) =>
  Object.fromEntries(Object.entries(preferences).map(([key, { value }]) => [key, value]))

test('what was chosen is there at the next machine; keys nobody knows yet are kept as they are', async () => {
  await change({ density: { value: 'compact' }, 'not-yet-known': { value: { deep: [1, null, 'ü'] } } })
  await change({ theme: { value: 'light' } })
  expect(values(await read())).toEqual({
    density: 'compact',
    'not-yet-known': { deep: [1, null, 'ü'] },
    theme: 'light',
  })
})

test('the last to choose wins, key by key, and the answer says what is kept', async () => {
  await change({ density: { value: 'compact', age: 60 } })
  const older = await change({ density: { value: 'normal', age: 3600 }, zone: { value: 'UTC', age: 3600 } })
  expect(values(older.body.preferences)).toEqual({ density: 'compact', zone: 'UTC' })
  const newer = await change({ density: { value: 'normal' } })
  expect(values(newer.body.preferences)).toEqual({ density: 'normal' })
})

test('a choice taken back is null, and stays newer than one made before', async () => {
  await change({ theme: { value: null } })
  await change({ theme: { value: 'light', age: 60 } })
  expect(values(await read())).toEqual({ theme: null })
})

test('everybody has their own, in every role and company', async () => {
  await change({ density: { value: 'compact' } })
  expect(await read(await server.token('tech'))).toEqual({})
  expect(await read(await server.token('acme'))).toEqual({})
})

test.each([
  ['a key that is no name', { 'Not a key': { value: 1 } }, 'body.preferences.Not a key'],
  ['a value that is missing', { density: {} }, 'body.preferences.density.value'],
  ['a value that is too long', { density: { value: 'x'.repeat(16_000) } }, 'body.preferences.density.value'],
  ['an age below nothing', { density: { value: 1, age: -1 } }, 'body.preferences.density.age'],
  ['no preferences', undefined, 'body.preferences'],
])('%s is refused by its name', async (_, preferences, field) => {
  const { status, body } = await ask(server.url, `PATCH ${path}`, { token, body: { preferences } })
  expect([status, body.error.details?.[0]?.field]).toEqual([400, field])
})

test('a person cannot fill the house: past 64 keys nothing of the change is kept', async () => {
  const many = (from: number, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`key-${from + i}`, { value: i }]))
  expect((await change(many(0, 64))).status).toBe(200)
  const answer = await ask(server.url, `PATCH ${path}`, { token, body: { preferences: many(64, 1) } })
  expect([answer.status, answer.body.error.code]).toEqual([409, 'CONFLICT'])
  expect(Object.keys(await read())).toHaveLength(64)
})

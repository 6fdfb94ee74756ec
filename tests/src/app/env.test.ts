import { afterEach, expect, test } from 'vitest'
import { readConfig } from '#src/app/env.ts'

afterEach(() => {
  document.head.innerHTML = ''
})

function withMeta(content: string) {
  const meta = document.createElement('meta')
  meta.name = 'callboard-config'
  meta.content = content
  document.head.append(meta)
  return readConfig(document, { api: 'https://built.test' })
}

test('the server that serves the page decides, before what was built in', () => {
  const person = { email: 'a@b.test', name: 'A', role: 'owner', company: 'B' }
  const config = withMeta(
    JSON.stringify({ api: '', transport: 'websocket', auth: 'local', demo: [person, { name: 'x' }] }),
  )
  expect(config).toMatchObject({ api: '', transport: 'websocket', auth: 'local', demo: [person] })
})

test('a static console uses what it was built with', () => {
  expect(
    readConfig(document, { api: 'https://api.test/', clerkKey: 'pk_test_1', auth: 'clerk' }),
  ).toMatchObject({
    api: 'https://api.test',
    socket: 'https://api.test',
    auth: 'clerk',
    transport: 'socketio',
  })
})

test('a broken meta tag does not break the page, and Clerk without a key is not Clerk', () => {
  expect(withMeta('{oops')).toMatchObject({ api: 'https://built.test', auth: 'local' })
  document.head.innerHTML = ''
  expect(withMeta('{"auth":"clerk"}').auth).toBe('local')
})

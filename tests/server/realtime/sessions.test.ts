// P14: who is let in, for how long, and how the server says goodbye.
import { connect as dial } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { ClosingFrame, ErrorFrame, ServerFrame } from '#contract/protocol.ts'
import { accessTokenMs, createTokenIssuer } from '#server/auth/local-tokens.ts'
import { callStarted } from '#tests/support/facts.ts'
import { type Door, type ProtocolClient, connect, doors } from '#tests/support/protocol-client.ts'
import { startServer, testSecrets } from '#tests/support/server.ts'
import { fresh, isHeartbeat, named, subscribe, useRules } from '#tests/server/realtime/rule-rig.ts'

const grace = 400
const rules = useRules({ realtime: { connectionsPerUser: 3, tokenGraceMs: grace } })

const isClosing = (frame: ServerFrame): frame is ClosingFrame => frame.event === 'closing'
const isError = (frame: ServerFrame): frame is ErrorFrame => frame.event === 'error'

/** A person of its own, so that tests do not share standings; the token lives for `livesMs`. */
async function newcomer(role = 'manager') {
  const { db } = rules.server().database
  const id = fresh('person')
  const at = new Date().toISOString()
  const common = { company_id: 'demo', id, created_at: at }
  await db
    .insertInto('users')
    .values({
      ...common,
      email: `${id}@demo.callboard.test`,
      name: 'Somebody',
      role,
      is_active: true,
      password_hash: null,
      external_id: null,
    })
    .execute()
  await db
    .insertInto('sessions')
    .values({
      ...common,
      user_id: id,
      refresh_hash: id,
      previous_hash: null,
      rotated_at: null,
      expires_at: new Date(Date.now() + 3600_000).toISOString(),
      revoked_at: null,
      user_agent: null,
    })
    .execute()
  const token = async (livesMs = accessTokenMs) => {
    const issue = createTokenIssuer({
      secret: testSecrets.jwtSecret,
      clock: { now: () => Date.now() - accessTokenMs + livesMs },
    })
    return issue({ companyId: 'demo', userId: id, sessionId: id, role })
  }
  return { id, token }
}

/** Waits for the goodbye, and for the close that follows with the same code where the door has codes. */
async function goodbye(client: ProtocolClient, door: Door, ms?: number) {
  const frame = await client.next(isClosing, ms)
  expect(frame).toEqual({
    event: 'closing',
    data: { code: expect.any(Number), reason: expect.any(String) },
    at: expect.any(String),
  })
  expect(await client.closed).toBe(door === 'websocket' ? frame.data.code : null)
  expect(client.frames.at(-1)).toBe(frame)
  return { code: frame.data.code, at: Date.parse(frame.at) }
}

/** The plain door with the token in the first frame, and what came over it. */
async function openWithFirstFrame(first: unknown) {
  const socket = new WebSocket(`${rules.server().url.replace('http', 'ws')}/api/v1/ws/calls?auth=frame`)
  const frames: ServerFrame[] = []
  socket.on('message', (data) => frames.push(JSON.parse(data.toString()) as ServerFrame))
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  await new Promise((resolve) => socket.once('open', resolve))
  socket.send(typeof first === 'string' ? first : JSON.stringify(first))
  return { socket, frames, closed }
}

test('P14: on the plain door the token may come in the first frame, and in no address', async () => {
  const { token } = await (await newcomer()).token()
  const { socket, frames, closed } = await openWithFirstFrame({ event: 'auth', data: { token } })
  socket.send(JSON.stringify({ event: 'subscribe', data: { type: 'all_calls', since: 0, sub: 'first' } }))
  await vi.waitFor(() =>
    expect(frames.find(({ event }) => event === 'subscribed')).toMatchObject({ data: { sub: 'first' } }),
  )
  socket.close()
  await closed
})

test.each([
  ['something else', { event: 'subscribe', data: { type: 'all_calls' } }],
  ['no JSON', 'hello'],
  ['a bad token', { event: 'auth', data: { token: 'nonsense' } }],
])('P14: who promises a token and first says %s is told so, and closed', async (_, first) => {
  const { frames, closed } = await openWithFirstFrame(first)
  expect(await closed).toBe(4401)
  expect(frames).toMatchObject([{ event: 'closing', data: { code: 4401 } }])
})

describe.each(doors)('through %s', (door) => {
  const open = (token: string | null, origin?: string) => connect(rules.server().url, door, token, origin)
  const enter = async (livesMs?: number) => open((await (await newcomer()).token(livesMs)).token)

  test('P14: without a good token the socket is opened, told so, and closed', async () => {
    expect((await goodbye(await open(null), door)).code).toBe(4401)
    expect((await goodbye(await open('nonsense'), door)).code).toBe(4401)
    const expired = await (await newcomer()).token(-1000)
    expect((await goodbye(await open(expired.token), door)).code).toBe(4401)
  })

  test('P14: a role this server does not know may not listen', async () => {
    const { token } = await newcomer('astronaut')
    expect((await goodbye(await open((await token()).token), door)).code).toBe(4403)
  })

  test('P14: one connection more than allowed is refused, and allowed again once another is gone', async () => {
    const { token } = await newcomer()
    const own = (await token()).token
    const held = await Promise.all([open(own), open(own), open(own)])
    await Promise.all(held.map((client) => client.next(isHeartbeat)))
    expect((await goodbye(await open(own), door)).code).toBe(4429)
    held[0]?.close()
    await held[0]?.closed
    for (;;) {
      const next = await open(own)
      await next.until((frames) => frames.some((frame) => isHeartbeat(frame) || isClosing(frame)))
      if (next.frames.some(isClosing)) continue
      next.close()
      break
    }
    for (const client of held) client.close()
  })

  test('P14: a token that ran out counts for a while longer, then the socket is closed', async () => {
    const { token } = await newcomer()
    const { token: short, expiresAt } = await token(2000)
    const client = await open(short)
    const { code, at } = await goodbye(client, door)
    expect(code).toBe(4401)
    expect(at).toBeGreaterThanOrEqual(expiresAt + grace)
    const beats = client.frames.filter(isHeartbeat).map((frame) => Date.parse(frame.at))
    expect(beats.at(-1)).toBeGreaterThan(expiresAt)
  })

  test('P14: a renewed token keeps the socket open', async () => {
    const { token } = await newcomer()
    const short = (await token(2000)).token
    const renewed = await open(short)
    const left = await open(short)
    renewed.send('auth', { token: (await token()).token })
    expect((await goodbye(left, door)).code).toBe(4401)
    const { mode } = await subscribe(renewed)
    expect(mode).toBe('live')
    const id = fresh()
    await rules.happen(callStarted(id))
    await renewed.until((frames) => named(frames, 'call.started').some(({ data }) => data.call.id === id))
    expect(renewed.frames.filter(isError)).toEqual([])
    renewed.close()
  })

  test('P14: a bad renewal changes nothing, one for somebody else ends the connection', async () => {
    const client = await enter()
    client.send('auth', { token: 'nonsense' })
    expect((await client.next(isError)).data.code).toBe('unauthorized')
    expect((await subscribe(client)).mode).toBe('live')
    client.send('auth', { token: (await (await newcomer()).token()).token })
    expect((await goodbye(client, door)).code).toBe(4401)
  })

  test('P14: an ended session, a deactivation and a changed role close within ten seconds', async () => {
    const { db } = rules.server().database
    const people = await Promise.all([newcomer(), newcomer(), newcomer(), newcomer()])
    const clients = await Promise.all(people.map(async ({ token }) => open((await token()).token)))
    await Promise.all(clients.map((client) => client.next(isHeartbeat)))
    const [out, inactive, moved] = people.map(({ id }) => id)
    const revoked_at = new Date().toISOString()
    await db
      .updateTable('sessions')
      .set({ revoked_at })
      .where('id', '=', out ?? '')
      .execute()
    await db
      .updateTable('users')
      .set({ is_active: false })
      .where('id', '=', inactive ?? '')
      .execute()
    await db
      .updateTable('users')
      .set({ role: 'csr' })
      .where('id', '=', moved ?? '')
      .execute()
    const ends = await Promise.all(clients.slice(0, 3).map((client) => goodbye(client, door, 10_000)))
    expect(ends.map(({ code }) => code)).toEqual([4401, 4401, 4401])
    expect((await subscribe(clients[3] as ProtocolClient)).mode).toBe('live')
    clients[3]?.close()
  })

  test('P14: a page of another origin is not let in, one of our own is', async () => {
    const token = (await (await newcomer()).token()).token
    await expect(open(token, 'https://evil.example')).rejects.toThrow()
    const own = await open(token, rules.server().url)
    await own.next(isHeartbeat)
    own.close()
  })

  test('P14: three bad frames in a row end the connection; a good one in between starts the count anew', async () => {
    const client = await enter()
    client.sendBad()
    client.sendBad()
    await subscribe(client)
    client.sendBad()
    client.send('subscribe', { type: 'all_calls', since: -1 })
    await client.until((frames) => frames.filter(isError).length === 4)
    expect((await subscribe(client, { first: ['c1'] })).mode).toBe('live')
    client.send('subscribe', { type: 'all_calls', first: Array.from({ length: 201 }, (_, at) => `c${at}`) })
    client.send('subscribe', { type: 'all_calls', first: [7] })
    await client.until((frames) => frames.filter(isError).length === 6)
    for (const { data } of client.frames.filter(isError).slice(-2))
      expect(data.message).toBe('data.first: a list of at most 200 ids of calls is needed.')
    expect((await subscribe(client)).mode).toBe('live')
    client.sendBad()
    client.send('dance', {})
    client.send('subscribe', { type: 'call' })
    expect((await goodbye(client, door)).code).toBe(1008)
    expect(new Set(client.frames.filter(isError).map(({ data }) => data.code))).toEqual(
      new Set(['bad_frame']),
    )
  })

  test('P14: a server that goes says so', async () => {
    const server = await startServer()
    const client = await connect(server.url, door, await server.token('manager'))
    await subscribe(client)
    const closed = server.close()
    expect((await goodbye(client, door)).code).toBe(1012)
    await closed
  })

  test('P14: a reader that hangs does not keep the server from going', async () => {
    const server = await startServer()
    const client = await connect(server.url, door, await server.token('manager'))
    await subscribe(client, { lines: 'all' })
    client.pause()
    // Longer than a WebSocket waits for the answer to its close: only a cut line ends this in time.
    await expect(server.close()).resolves.toBeUndefined()
    client.resume()
    await client.closed
  }, 15_000)
})

test.each(['//', '/socket.iox', '/socket.io', '/elsewhere', '/api/v1/ws/calls/../x'])(
  'P14: an upgrade at %s is refused and harms nobody',
  async (path) => {
    const { hostname, port } = new URL(rules.server().url)
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = dial(Number(port), hostname, () =>
        socket.write(
          `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
            'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
        ),
      )
      let text = ''
      socket.on('data', (data) => (text += data.toString()))
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 404 /)
  },
)

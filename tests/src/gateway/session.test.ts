// The session of a browser with several tabs: renewed in time, once, and ended everywhere.
import { expect, test } from 'vitest'
import { type TabChannel, createSession } from '#src/gateway/session.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

type Listener = Parameters<TabChannel['listen']>[0]

/** Tabs of one browser. */
function createTabs(): () => TabChannel {
  const all = new Set<Listener>()
  let turn: Promise<unknown> = Promise.resolve()
  return () => {
    let own: Listener | null = null
    return {
      post: (message) => {
        for (const listener of all) if (listener !== own) listener(message)
      },
      listen(listener) {
        own = listener
        all.add(listener)
        return () => all.delete(listener)
      },
      exclusively<T>(run: () => Promise<T>) {
        const mine = turn.then(run)
        turn = mine.catch(() => {})
        return mine
      },
    }
  }
}

function setUp() {
  const clock = createFakeClock()
  const server = {
    renewals: 0,
    logouts: 0,
    state: 'up' as 'up' | 'down' | 'ended',
    user: 'u1',
    posts: [] as string[],
  }
  const fakeFetch: typeof fetch = async (url) => {
    const path = String(url).split('/').at(-1) ?? ''
    server.posts.push(path)
    if (server.state === 'down') throw new TypeError('Failed to fetch')
    if (path === 'logout') {
      server.logouts += 1
      return Response.json({ success: true })
    }
    if (server.state === 'ended') return Response.json({}, { status: 401 })
    if (path === 'refresh') server.renewals += 1
    return Response.json({
      token: `token-${server.posts.length}`,
      expires_at: new Date(clock.now() + 900_000).toISOString(),
      user: { user_id: server.user, tenant_id: 't', role: 'manager' },
    })
  }
  const tabs = createTabs()
  const open = () => createSession({ baseUrl: '', clock, fetch: fakeFetch, tabs: tabs() })
  return { clock, server, open }
}

test('signing in gives a token, and the user is known', async () => {
  const { open } = setUp()
  const session = open()
  expect(await session.token()).toBeNull()
  expect(await session.signIn('a@b.test', 'secret')).toMatchObject({ ok: true, value: { role: 'manager' } })
  expect(await session.token()).toBe('token-1')
  expect(session.user()?.user_id).toBe('u1')
})

test('the token is renewed a minute before its end, again and again', async () => {
  const { clock, server, open } = setUp()
  const session = open()
  const seen: (string | null)[] = []
  session.onChange((token) => seen.push(token))
  await session.signIn('a@b.test', 'secret')
  await clock.advance(839_000)
  expect(server.renewals).toBe(0)
  await clock.advance(1000)
  expect(server.renewals).toBe(1)
  await clock.advance(840_000)
  expect(seen).toEqual(['token-1', 'token-2', 'token-3'])
})

test('the life of a token is read from the token, for the clock of the desk may be wrong', async () => {
  const { clock, server, open } = setUp()
  const claims = btoa(JSON.stringify({ iat: 1000, exp: 1300 }))
  const session = createSession({
    baseUrl: '',
    clock,
    tabs: { post: () => {}, listen: () => () => {}, exclusively: (run) => run() },
    fetch: async () => {
      server.renewals += 1
      return Response.json({
        token: `x.${claims}.y`,
        expires_at: '2001-01-01T00:00:00Z',
        user: { user_id: 'u1' },
      })
    },
  })
  await session.restore()
  await clock.advance(239_000)
  expect(server.renewals).toBe(1)
  await clock.advance(1000)
  expect(server.renewals).toBe(2)
  expect(await open().token()).toBeNull()
})

test('after a sleep the first use renews before it hands out a token', async () => {
  const { clock, open } = setUp()
  const session = open()
  await session.signIn('a@b.test', 'secret')
  clock.sleep(3600_000)
  expect(await session.token()).toBe('token-2')
})

test('many askers at once cause one renewal', async () => {
  const { server, open } = setUp()
  const session = open()
  await session.signIn('a@b.test', 'secret')
  const tokens = await Promise.all([session.refresh(), session.refresh(), session.refresh()])
  expect(new Set(tokens)).toEqual(new Set(['token-2']))
  expect(server.renewals).toBe(1)
})

test('two tabs that renew at the same time spend the cookie once', async () => {
  const { clock, server, open } = setUp()
  const first = open()
  const second = open()
  await first.signIn('a@b.test', 'secret')
  expect(await second.token()).toBe('token-1')
  await clock.advance(841_000)
  expect(server.renewals).toBe(1)
  expect(await second.token()).toBe(await first.token())
})

test('a page that loads picks up the session of the cookie', async () => {
  const { open } = setUp()
  expect(await open().restore()).toMatchObject({ ok: true, value: { user_id: 'u1' } })
})

test('a page that loads without a session is told so', async () => {
  const { server, open } = setUp()
  server.state = 'ended'
  expect(await open().restore()).toEqual({ ok: true, value: null })
})

test('a network fault is no end of the session', async () => {
  const { clock, server, open } = setUp()
  const session = open()
  await session.signIn('a@b.test', 'secret')
  server.state = 'down'
  expect(await session.refresh()).toBe('token-1')
  expect(session.user()).not.toBeNull()
  server.state = 'up'
  await clock.advance(10_000)
  expect(await session.token()).not.toBe('token-1')
})

test('a session that the server ended is over here, in every tab that learns of it', async () => {
  const { server, open } = setUp()
  const session = open()
  await session.signIn('a@b.test', 'secret')
  const seen: (string | null)[] = []
  session.onChange((token) => seen.push(token))
  server.state = 'ended'
  expect(await session.refresh()).toBeNull()
  expect(seen).toEqual([null])
})

test('signing out ends all tabs and the cookie', async () => {
  const { server, open } = setUp()
  const first = open()
  const second = open()
  await first.signIn('a@b.test', 'secret')
  await first.signOut()
  expect([await first.token(), await second.token()]).toEqual([null, null])
  expect(server.logouts).toBe(1)
})

test('a renewal on its way does not undo the signing out', async () => {
  const { open } = setUp()
  const session = open()
  await session.signIn('a@b.test', 'secret')
  const renewal = session.refresh()
  await session.signOut()
  expect(await renewal).toBeNull()
  expect(session.user()).toBeNull()
})

test('a tab does not turn into somebody else who signed in meanwhile', async () => {
  const { server, open } = setUp()
  const session = open()
  await session.signIn('a@b.test', 'secret')
  server.user = 'u2'
  expect(await session.refresh()).toBeNull()
  expect(session.user()).toBeNull()
})

import { expect, test } from 'vitest'
import { type ClerkLine, createClerkTokens } from '#src/app/session/clerk-tokens.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

function setUp() {
  const clock = createFakeClock()
  const asked: boolean[] = []
  const clerk = {
    answer: () => Promise.resolve<string | null>('t1'),
    tell: (_token: string | null | undefined) => {},
  }
  const line: ClerkLine = {
    getToken(options) {
      asked.push(options?.skipCache ?? false)
      return clerk.answer()
    },
    listen(listener) {
      clerk.tell = listener
      return () => {
        clerk.tell = () => {}
      }
    },
  }
  return { clock, asked, clerk, tokens: createClerkTokens(line, clock) }
}

test('a token may come from Clerk’s memory, a refused one is made anew', async () => {
  const { asked, tokens } = setUp()
  expect([await tokens.token(), await tokens.refresh()]).toEqual(['t1', 't1'])
  expect(asked).toEqual([false, true])
})

test('on a dead network the held token answers within five seconds, whether Clerk fails or is silent', async () => {
  const { clock, clerk, tokens } = setUp()
  await tokens.token()
  clerk.answer = () => Promise.reject(new Error('offline'))
  expect(await tokens.refresh()).toBe('t1')
  clerk.answer = () => new Promise(() => {})
  const waiting = tokens.refresh()
  await clock.advance(5000)
  expect(await waiting).toBe('t1')
  expect(clock.pending()).toBe(0)
})

test('a network that fails before the first token is a failure, not a sign-out', async () => {
  const { clerk, tokens } = setUp()
  clerk.answer = () => Promise.reject(new Error('offline'))
  await expect(tokens.token()).rejects.toThrow('Clerk does not answer')
  clerk.answer = () => Promise.resolve(null)
  expect(await tokens.token()).toBeNull()
})

test('the socket hears of each new token once, of the end, and of nothing else', () => {
  const { clerk, tokens } = setUp()
  const heard: (string | null)[] = []
  const stop = tokens.onChange((token) => heard.push(token))
  for (const token of [undefined, 't1', 't1', 't2', 't2', null, null]) clerk.tell(token)
  stop()
  clerk.tell('t3')
  expect(heard).toEqual(['t1', 't2', null])
})

test('after the end of the session no held token answers for it', async () => {
  const { clerk, tokens } = setUp()
  await tokens.token()
  tokens.onChange(() => {})
  clerk.tell(null)
  clerk.answer = () => Promise.reject(new Error('offline'))
  await expect(tokens.token()).rejects.toThrow()
})

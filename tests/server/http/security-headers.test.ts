import { expect, test } from 'vitest'
import { consolePolicy, scriptPolicy } from '#server/http/security-headers.ts'

test('a worker of the console may reach the server and load nothing from elsewhere', () => {
  expect(scriptPolicy({ socketOrigin: 'https://live.example.com' })).toBe(
    "default-src 'none'; script-src 'self'; connect-src 'self' https://live.example.com wss://live.example.com; frame-ancestors 'none'",
  )
})

test('the policy names the addresses that are configured and nothing wide', () => {
  const policy = consolePolicy('N', {
    apiOrigin: 'https://api.example.com',
    socketOrigin: 'https://live.example.com',
    clerkOrigin: 'https://clerk.example.com',
  })
  const directives = Object.fromEntries(
    policy.split('; ').map((part) => [part.slice(0, part.indexOf(' ')), part.slice(part.indexOf(' ') + 1)]),
  )
  expect(directives['default-src']).toBe("'none'")
  expect(directives['script-src']).toBe(
    "'self' 'nonce-N' https://clerk.example.com https://challenges.cloudflare.com",
  )
  expect(directives['style-src']).toBe("'self' 'nonce-N'")
  expect(directives['connect-src']).toBe(
    "'self' https://api.example.com https://live.example.com wss://live.example.com https://clerk.example.com",
  )
  expect(directives['frame-ancestors']).toBe("'none'")
  expect(policy).not.toMatch(/unsafe|\*/)
  const ownScript = {
    clerkOrigin: 'https://clerk.example.com',
    clerkScriptOrigin: 'https://static.example.com',
  }
  const naming = consolePolicy('N', ownScript)
    .split('; ')
    .filter((part) => part.includes('https://static.example.com'))
  expect(naming.map((part) => part.split(' ')[0])).toEqual(['script-src'])
  expect(consolePolicy('N', {})).not.toContain('https:')
})

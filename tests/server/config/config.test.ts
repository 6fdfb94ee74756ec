import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { type Config, ConfigError, readConfig } from '#server/config.ts'
import { Variables } from '#server/environment.ts'
import { createLogger, withoutPersonalData } from '#server/telemetry/logger.ts'

type Env = Record<string, string>

function faultsOf(env: Env): string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.faults.map(({ name }) => name)
  }
}

const clerkKey = `pk_test_${Buffer.from('clerk.example.com$').toString('base64').replace(/=+$/, '')}`
const postgres = 'postgres://u:p@db.example.com/callboard'

test('nothing at all gives the demo with the simulator on loopback', () => {
  expect(readConfig({})).toMatchObject<Partial<Config>>({
    port: 8000,
    host: '127.0.0.1',
    dataDir: '.data',
    demo: true,
    auth: { mode: 'local' },
    logLevel: 'info',
    secureCookies: false,
    consoleTransport: 'websocket',
  })
  expect(readConfig({}).feed).toEqual({
    kind: 'simulator',
    calls: 120,
    speed: 1,
    scene: 'calm',
    seed: undefined,
    replayFile: undefined,
  })
})

test('an empty value counts as left out', () => {
  expect(readConfig({ PORT: '', AUTH: ' ', CLERK_PUBLISHABLE_KEY: '' })).toMatchObject({
    port: 8000,
    demo: true,
  })
})

test('all faults are listed at once, by name, with what to write and without the value', () => {
  const env = {
    PORT: '80000',
    SIM_SPEED: '-1',
    AUTH: 'magic',
    JWT_SECRET: 'too-short-secret',
    FEED: 'replay',
    CORS_ORIGINS: 'https://a.example.com/path',
  }
  expect(faultsOf(env).sort()).toEqual([
    'AUTH',
    'CORS_ORIGINS',
    'JWT_SECRET',
    'PORT',
    'REPLAY_FILE',
    'SIM_SPEED',
  ])
  expect(() => readConfig(env)).toThrow(/PORT: Write a whole number from 0 to 65535/)
  expect(() => readConfig(env)).not.toThrow(/too-short-secret|magic/)
})

test.each<[string, Env]>([
  ['PORT', { PORT: '80.5' }],
  ['SIM_SCENE', { SIM_SCENE: 'panic' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://x/y', AUTH: 'local' }],
  ['WEBHOOK_SECRET', { WEBHOOK_SECRET: 'abc' }],
  ['CLERK_PUBLISHABLE_KEY', { CLERK_PUBLISHABLE_KEY: 'pk_test_zzz' }],
  ['CLERK_PUBLISHABLE_KEY', { AUTH: 'clerk' }],
  ['DEMO', { AUTH: 'clerk', CLERK_PUBLISHABLE_KEY: clerkKey, DEMO: '1' }],
  ['DATABASE_URL', { REDIS_URL: 'redis://r', JWT_SECRET: 'x'.repeat(32) }],
  ['JWT_SECRET', { REDIS_URL: 'redis://r', DATABASE_URL: postgres, AUTH: 'local' }],
  ['METRICS_TOKEN', { METRICS_TOKEN: 'short' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
])('a fault in %s is told under its name', (name, env) => {
  expect(faultsOf(env)).toEqual([name])
})

test.each<[string, Env]>([
  ['another address than loopback', { HOST: '0.0.0.0' }],
  ['production', { NODE_ENV: 'production' }],
  ['PostgreSQL', { DATABASE_URL: postgres }],
  ['the demo switched off', { DEMO: '0' }],
])('with %s there is no demo by itself, and the server asks how people sign in', (_what, env) => {
  expect(faultsOf(env)).toEqual(['AUTH'])
  expect(() => readConfig(env)).toThrow(/create-owner/)
  expect(readConfig({ ...env, AUTH: 'local' })).toMatchObject({ demo: false, feed: { kind: 'none' } })
})

test('the demo can be asked for, and AUTH=local alone keeps the implied one', () => {
  expect(readConfig({ HOST: '0.0.0.0', DEMO: '1' }).demo).toBe(true)
  expect(readConfig({ AUTH: 'local' }).demo).toBe(true)
})

test('a publishable key is enough for Clerk', () => {
  const config = readConfig({ CLERK_PUBLISHABLE_KEY: clerkKey })
  expect(config.demo).toBe(false)
  expect(config.auth).toEqual({
    mode: 'clerk',
    publishableKey: clerkKey,
    secretKey: undefined,
    issuer: 'https://clerk.example.com',
    jwksUrl: 'https://clerk.example.com/.well-known/jwks.json',
    frontendOrigin: 'https://clerk.example.com',
    scriptUrl: undefined,
  })
})

test('Clerk’s script may come from an address of one’s own', () => {
  const scriptUrl = 'https://static.example.com/clerk-js/clerk.browser.js'
  const { auth } = readConfig({ CLERK_PUBLISHABLE_KEY: clerkKey, CLERK_JS_URL: scriptUrl })
  expect(auth).toMatchObject({ frontendOrigin: 'https://clerk.example.com', scriptUrl })
  expect(faultsOf({ CLERK_PUBLISHABLE_KEY: clerkKey, CLERK_JS_URL: '/clerk.js' })).toEqual(['CLERK_JS_URL'])
})

test('addresses and lists are read as they are meant', () => {
  const config = readConfig({
    PUBLIC_URL: 'https://calls.example.com/',
    CORS_ORIGINS: 'https://a.example.com, http://localhost:5173',
    TRUST_PROXY: 'loopback',
  })
  expect(config).toMatchObject({
    publicUrl: 'https://calls.example.com',
    secureCookies: true,
    corsOrigins: ['https://a.example.com', 'http://localhost:5173'],
    trustProxy: 'loopback',
  })
  expect(readConfig({ NODE_ENV: 'production', AUTH: 'local' }).secureCookies).toBe(true)
})

test('.env.example names every variable and no other', async () => {
  const text = await readFile('.env.example', 'utf8')
  const named = [...text.matchAll(/^# ?([A-Z_]+)=/gm)].map((match) => match[1]!)
  expect(named.sort()).toEqual(Object.keys(Variables.shape).sort())
})

test('what .env.example shows is what holds when nothing is said', async () => {
  const text = await readFile('.env.example', 'utf8')
  const shown = Object.fromEntries(
    [...text.matchAll(/^# ?([A-Z_]+)=(.*)$/gm)].map((match) => [match[1], match[2]]),
  )
  const { PORT, HOST, DATA_DIR, SIM_CALLS, SIM_SPEED, SIM_SCENE, LOG_LEVEL, CONSOLE_TRANSPORT } = shown
  const defaults = { PORT, HOST, DATA_DIR, SIM_CALLS, SIM_SPEED, SIM_SCENE, LOG_LEVEL, CONSOLE_TRANSPORT }
  expect(readConfig(defaults)).toEqual(readConfig({}))
})

test('logs keep ids and drop people, whatever somebody hands them', () => {
  const lines: string[] = []
  const log = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } })
  log.info(
    { callId: 'c-1', from_number: '+12105550142', call: { contact_name: 'Anna', token: 'abc' } },
    'said',
  )
  log.error(
    { err: new Error('no row for anna@example.com, +1 210 555 0142, eyJhbGciOi.eyJzdWIi.sig') },
    'failed',
  )
  log.error({ err: 'Anna called' }, 'threw a text')
  const text = lines.join('')
  expect(text).toContain('c-1')
  expect(text).toContain('no row for')
  expect(text).not.toMatch(/5550142|555 0142|Anna|anna@|abc"|eyJhbG/)
  expect(withoutPersonalData('GET /ws?token=abc&x=1')).toBe('GET /ws?token=[token]&x=1')
})

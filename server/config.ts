// The environment, parsed once: everything the server may be told, with all faults listed at once by name.
import { join } from 'node:path'
import { config as readDotenv } from 'dotenv'
import { type HttpLimits, defaultLimits } from '#server/http/limits.ts'
import {
  type ConfigFault,
  type Environment,
  type Variables,
  clerkHost,
  parseVariables,
} from '#server/environment.ts'
import type { LogLevel } from '#server/telemetry/logger.ts'

export interface ClerkConfig {
  mode: 'clerk'
  publishableKey: string | undefined
  secretKey: string | undefined
  issuer: string
  jwksUrl: string
  /** Origin of Clerk's frontend API, for the console's content security policy. */
  frontendOrigin: string
  /** Where browsers load clerk-js from; absent means from Clerk's frontend API. */
  scriptUrl: string | undefined
}

export interface Config {
  production: boolean
  port: number
  host: string
  dataDir: string
  /** Recordings of calls, a folder for each company. */
  recordingsDir: string
  /** Where browsers reach the server, when that is not `http://host:port`. */
  publicUrl: string | undefined
  /** Proxies whose `X-Forwarded-*` is believed. */
  trustProxy: boolean | string
  corsOrigins: string[]
  feed: {
    kind: 'simulator' | 'replay' | 'none'
    calls: number
    speed: number
    scene: 'calm' | 'storm' | 'breach' | 'cut-line'
    seed: string | undefined
    replayFile: string | undefined
  }
  databaseUrl: string | undefined
  redisUrl: string | undefined
  auth: { mode: 'local' } | ClerkConfig
  /** Absent: made once, see `ensureSecrets`. */
  jwtSecret: string | undefined
  webhookSecret: string | undefined
  /** Where a real voice platform takes commands; absent means the simulator does. */
  controlUrl: string | undefined
  /** Refresh cookies travel over https only. */
  secureCookies: boolean
  consoleTransport: 'socketio' | 'websocket'
  metricsToken: string | undefined
  /** IANA zone of companies that chose none: whose days analytics counts. */
  zone: string
  logLevel: LogLevel
  /** The demo company and its published passwords exist. */
  demo: boolean
  limits: HttpLimits
}

/** Thrown by `readConfig`; its message lists every fault, one line each. Values are never quoted: some are secrets. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly faults: readonly ConfigFault[]
  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map(({ name, message }) => `  ${name}: ${message}`)
    super(`The environment needs a change (see .env.example):\n${lines.join('\n')}`)
    this.faults = faults
  }
}

/** Adds the variables of `.env` in the working directory to the process's; those already set win. Returns all. */
export function loadEnv(): Environment {
  readDotenv({ quiet: true })
  return process.env
}

const isLoopback = (host: string) => /^(?:127\.\d+\.\d+\.\d+|localhost|::1|\[::1\])$/.test(host)

function clerkConfig(env: Variables): ClerkConfig {
  const host = env.CLERK_PUBLISHABLE_KEY ? clerkHost(env.CLERK_PUBLISHABLE_KEY) : null
  const issuer = (env.CLERK_ISSUER ?? `https://${host}`).replace(/\/$/, '')
  return {
    mode: 'clerk',
    publishableKey: env.CLERK_PUBLISHABLE_KEY,
    secretKey: env.CLERK_SECRET_KEY,
    issuer,
    jwksUrl: env.CLERK_JWKS_URL ?? `${issuer}/.well-known/jwks.json`,
    frontendOrigin: host ? `https://${host}` : new URL(issuer).origin,
    scriptUrl: env.CLERK_JS_URL,
  }
}

/** Rules between variables: what one demands of another. */
function crossFaults(env: Variables, wantsClerk: boolean, demo: boolean): ConfigFault[] {
  const faults: ConfigFault[] = []
  const fault = (name: string, message: string) => faults.push({ name, message })
  if (env.AUTH === undefined && !wantsClerk && !demo)
    fault(
      'AUTH',
      'Say how people sign in: set CLERK_PUBLISHABLE_KEY, or AUTH=local and run "npm run create-owner". ' +
        'The demo is implied only on loopback, outside production, without Clerk and DATABASE_URL.',
    )
  if (wantsClerk && !env.CLERK_PUBLISHABLE_KEY && !env.CLERK_ISSUER)
    fault('CLERK_PUBLISHABLE_KEY', 'Write the key that Clerk shows, or set CLERK_ISSUER.')
  if (wantsClerk && env.DEMO === true)
    fault('DEMO', 'The demo signs in with passwords of its own: leave DEMO out, or set AUTH=local.')
  if ((env.FEED === 'replay' || env.FEED === 'simulator') && !demo)
    fault('FEED', 'The simulator and the replay play for the demo company: set DEMO=1, or FEED=none.')
  if (env.FEED === 'replay' && !env.REPLAY_FILE)
    fault('REPLAY_FILE', 'Write the path of the recorded conversations that FEED=replay is to play.')
  if (env.REDIS_URL && !env.DATABASE_URL)
    fault('DATABASE_URL', 'Several nodes share one PostgreSQL: write its address beside REDIS_URL.')
  if (env.REDIS_URL && !env.JWT_SECRET && !wantsClerk)
    fault('JWT_SECRET', 'Several nodes must know the same secret: write one of at least 32 characters.')
  return faults
}

/** Parses the environment. Throws `ConfigError` with every fault at once. */
export function readConfig(environment: Environment): Config {
  const { variables: env, faults } = parseVariables(environment)
  const faulty = new Set(faults.map(({ name }) => name))
  const production = env.NODE_ENV === 'production'
  const hasClerk = Object.entries(environment).some(
    ([name, value]) => name.startsWith('CLERK_') && value?.trim(),
  )
  const wantsClerk = env.AUTH === 'clerk' || (env.AUTH === undefined && hasClerk)
  const implied = isLoopback(env.HOST) && !production && !hasClerk && !wantsClerk && !env.DATABASE_URL
  const demo = env.DEMO ?? implied
  const between = crossFaults(env, wantsClerk, demo).filter(({ name }) => !faulty.has(name))
  if (faults.length + between.length > 0) throw new ConfigError([...faults, ...between])

  return {
    production,
    port: env.PORT,
    host: env.HOST,
    dataDir: env.DATA_DIR,
    recordingsDir: env.RECORDINGS_DIR ?? join(env.DATA_DIR, 'recordings'),
    publicUrl: env.PUBLIC_URL?.replace(/\/$/, ''),
    trustProxy: env.TRUST_PROXY === 'true' ? true : (env.TRUST_PROXY ?? false),
    corsOrigins: env.CORS_ORIGINS,
    feed: {
      kind: env.FEED ?? (demo ? 'simulator' : 'none'),
      calls: env.SIM_CALLS,
      speed: env.SIM_SPEED,
      scene: env.SIM_SCENE,
      seed: env.SIM_SEED,
      replayFile: env.REPLAY_FILE,
    },
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    auth: wantsClerk ? clerkConfig(env) : { mode: 'local' },
    jwtSecret: env.JWT_SECRET,
    webhookSecret: env.WEBHOOK_SECRET,
    controlUrl: env.CONTROL_URL,
    secureCookies: env.PUBLIC_URL ? env.PUBLIC_URL.startsWith('https:') : production,
    consoleTransport: env.CONSOLE_TRANSPORT,
    metricsToken: env.METRICS_TOKEN,
    zone: env.ZONE,
    logLevel: env.LOG_LEVEL,
    demo,
    limits: defaultLimits,
  }
}

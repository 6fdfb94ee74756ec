// The environment's variables one by one: form, default, and what to write when one is wrong.
import { z } from 'zod'
import { isZone } from '#contract/zone-calendar.ts'
import { logLevels } from '#server/telemetry/logger.ts'

export type Environment = Record<string, string | undefined>

/** A whole number within bounds, written in digits. */
const whole = (min: number, max: number, example: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max)
    .catch(() => Number.NaN)
    .refine(
      (value) => !Number.isNaN(value),
      `Write a whole number from ${min} to ${max}, such as ${example}.`,
    )

const choice = <const V extends readonly [string, ...string[]]>(values: V) =>
  z.enum(values, `Write one of: ${values.join(', ')}.`)

const address = (protocols: readonly string[], example: string) =>
  z.string().refine((text) => {
    try {
      return protocols.includes(new URL(text).protocol)
    } catch {
      return false
    }
  }, `Write a full address, such as ${example}.`)

const webAddress = (example: string) => address(['http:', 'https:'], example)
const flag = z
  .enum(['0', '1', 'false', 'true'], 'Write 1 or 0.')
  .transform((value) => value === '1' || value === 'true')

const origins = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .refine(
    (list) => list.every((text) => URL.canParse(text) && new URL(text).origin === text),
    'Write origins with a comma between, such as https://console.example.com (no path, no slash at the end).',
  )

const webhookSecretForm = /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/

export const Variables = z.object({
  NODE_ENV: z.string().optional(),
  PORT: whole(0, 65_535, 8000).default(8000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  RECORDINGS_DIR: z.string().optional(),
  PUBLIC_URL: webAddress('https://calls.example.com').optional(),
  TRUST_PROXY: z.string().optional(),
  CORS_ORIGINS: origins.default([]),
  FEED: choice(['simulator', 'replay', 'none']).optional(),
  SIM_CALLS: whole(1, 20_000, 120).default(120),
  SIM_SPEED: z
    .string()
    .refine(
      (text) => Number(text) > 0 && Number(text) <= 1000,
      'Write a number above 0, up to 1000, such as 1.',
    )
    .transform(Number)
    .default(1),
  SIM_SCENE: choice(['calm', 'storm', 'breach', 'cut-line']).default('calm'),
  SIM_SEED: z.string().max(200, 'Write at most 200 characters.').optional(),
  REPLAY_FILE: z.string().optional(),
  DATABASE_URL: address(
    ['postgres:', 'postgresql:'],
    'postgres://user:password@db.example.com/callboard',
  ).optional(),
  REDIS_URL: address(['redis:', 'rediss:'], 'redis://cache.example.com:6379').optional(),
  AUTH: choice(['local', 'clerk']).optional(),
  JWT_SECRET: z
    .string()
    .min(32, 'Write at least 32 characters, or leave it out to have one made.')
    .optional(),
  WEBHOOK_SECRET: z
    .string()
    .regex(
      webhookSecretForm,
      'Write whsec_ and at least 24 bytes in base64, or leave it out to have one made.',
    )
    .optional(),
  CONTROL_URL: webAddress('https://voice.example.com/callboard').optional(),
  CLERK_PUBLISHABLE_KEY: z
    .string()
    .refine(
      (key) => clerkHost(key) !== null,
      'Write the key that Clerk shows, which begins with pk_test_ or pk_live_.',
    )
    .optional(),
  CLERK_SECRET_KEY: z.string().optional(),
  CLERK_JWKS_URL: webAddress('https://clerk.example.com/.well-known/jwks.json').optional(),
  CLERK_ISSUER: webAddress('https://clerk.example.com').optional(),
  CLERK_JS_URL: webAddress('https://static.example.com/clerk-js/clerk.browser.js').optional(),
  CONSOLE_TRANSPORT: choice(['socketio', 'websocket']).default('websocket'),
  METRICS_TOKEN: z.string().min(16, 'Write at least 16 characters.').optional(),
  ZONE: z.string().refine(isZone, 'Write the name of a time zone, such as America/Chicago.').default('UTC'),
  LOG_LEVEL: choice(logLevels).default('info'),
  DEMO: flag.optional(),
})
export type Variables = z.infer<typeof Variables>

export interface ConfigFault {
  name: string
  message: string
}

/** The frontend API host inside a Clerk publishable key, null when the key is not one. */
export function clerkHost(key: string): string | null {
  const [, encoded] = /^pk_(?:test|live)_([\w+/=-]+)$/.exec(key) ?? []
  const decoded = encoded ? Buffer.from(encoded, 'base64').toString('utf8') : ''
  return /^[\w.:-]+\$$/.test(decoded) ? decoded.slice(0, -1) : null
}

/** The variables that are right, and the faults of the others. An empty value counts as absent. */
export function parseVariables(env: Environment): { variables: Variables; faults: ConfigFault[] } {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const result = Variables.safeParse(given)
  if (result.success) return { variables: result.data, faults: [] }
  const faults = result.error.issues.map(({ path, message }) => ({ name: String(path[0]), message }))
  // The rest is parsed without the faulty ones, so that faults between variables are told in the same breath.
  const faulty = new Set(faults.map(({ name }) => name))
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !faulty.has(name)))
  return { variables: Variables.parse(rest), faults }
}

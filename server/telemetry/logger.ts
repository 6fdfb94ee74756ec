// Structured logs: one JSON line each, ids only, nothing personal and no token even by accident.
import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino'

export type Logger = PinoLogger
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Members that never leave, wherever someone puts them: at the top of a line or one or two levels down. */
const secretMembers = [
  'password',
  'token',
  'authorization',
  'cookie',
  'secret',
  'email',
  'name',
  'text',
  'message',
  'from_number',
  'to_number',
  'contact_name',
]

/** Database errors quote row values in `detail` and `where`; the stack's first line repeats the message. */
function presentError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code } = error as { code?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    reason: withoutPersonalData(error.message),
    stack: frames.slice(0, 12).join('\n'),
    ...(error.cause instanceof Error ? { cause: presentError(error.cause) } : {}),
  }
}

/** Text with quoted values, e-mail addresses, telephone numbers and tokens taken out. */
export function withoutPersonalData(text: string): string {
  return text
    .replace(/eyJ[\w-]+\.[\w-]*\.?[\w-]*/g, '[token]')
    .replace(/([?&]token=)[^&\s]+/g, '$1[token]')
    .replace(/[^\s@"'<>()]+@[^\s@"'<>()]+\.[^\s@"'<>()]+/g, '[email]')
    .replace(/\+?\d[\d\s().-]{7,}\d/g, '[number]')
    .slice(0, 500)
}

/**
 * A JSON logger. Pass ids, counts and an error as `err`; words that people said or wrote do not belong in it.
 * `destination` is where lines go, standard output when absent.
 */
export function createLogger(options: { level: LogLevel; destination?: DestinationStream }): Logger {
  const settings = {
    level: options.level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: secretMembers.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      censor: '[redacted]',
    },
    serializers: { err: presentError },
  }
  return options.destination ? pino(settings, options.destination) : pino(settings)
}

/** What one answered request leaves in the log. `route` is the pattern, never the address: that may hold a token. */
export interface RequestLine {
  id: string
  method: string
  route: string
  status: number
  ms: number
  userId?: string | undefined
  companyId?: string | undefined
}

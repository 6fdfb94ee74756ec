// What every answer tells the browser to forbid, and the content security policy of the console's pages.
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Placeholder in the built pages that each response replaces with its own nonce. */
export const noncePlaceholder = '__CSP_NONCE__'

export interface PolicySources {
  /** Where the API answers when not at this origin, e.g. `https://api.example.com`. */
  apiOrigin?: string | undefined
  /** Where the sockets answer when not at this origin, `ws(s)://` or `http(s)://`. */
  socketOrigin?: string | undefined
  /** Clerk's frontend API, e.g. `https://clerk.example.com`; absent without Clerk. */
  clerkOrigin?: string | undefined
  /** Where clerk-js is loaded from when not from `clerkOrigin`. */
  clerkScriptOrigin?: string | undefined
}

/** The `ws(s)` origin of an `http(s)` address; sockets need it named beside the other. */
function socketSources(origin: string): string[] {
  const { protocol, host } = new URL(origin)
  const secure = protocol === 'https:' || protocol === 'wss:'
  return secure ? [`https://${host}`, `wss://${host}`] : [`http://${host}`, `ws://${host}`]
}

const connectSources = ({ apiOrigin, socketOrigin }: PolicySources): string[] => [
  "'self'",
  ...(apiOrigin ? [apiOrigin] : []),
  ...(socketOrigin ? socketSources(socketOrigin) : []),
]

/** The policy of the console's scripts: a worker takes its own from the file it runs, and needs its line to the server. */
export function scriptPolicy(sources: PolicySources): string {
  const connect = [...new Set(connectSources(sources))].join(' ')
  return `default-src 'none'; script-src 'self'; connect-src ${connect}; frame-ancestors 'none'`
}

/** The policy of one page, whose scripts and styles carry `nonce`. */
export function consolePolicy(nonce: string, sources: PolicySources): string {
  const { clerkOrigin, clerkScriptOrigin } = sources
  const clerk = clerkOrigin ? [clerkOrigin] : []
  const clerkScripts = clerkScriptOrigin ? [clerkScriptOrigin] : []
  const challenge = clerkOrigin ? ['https://challenges.cloudflare.com'] : []
  const connect = [...connectSources(sources), ...clerk]
  const directives: Record<string, string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, ...clerk, ...clerkScripts, ...challenge],
    'style-src': ["'self'", `'nonce-${nonce}'`],
    'img-src': ["'self'", 'data:', 'blob:', ...(clerkOrigin ? ['https://img.clerk.com'] : [])],
    'font-src': ["'self'"],
    'connect-src': connect,
    'media-src': ["'self'", 'blob:'],
    'worker-src': ["'self'", ...(clerkOrigin ? ['blob:'] : [])],
    'frame-src': challenge.length > 0 ? challenge : ["'none'"],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  }
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${[...new Set(values)].join(' ')}`)
    .join('; ')
}

/** Reported only: a console kept open all day must not stop at a library that writes HTML. */
export const trustedTypesPolicy = "require-trusted-types-for 'script'"

/** Answers that are data load nothing and are shown in no frame. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'"

/** Writes the headers that every answer carries, refusals included. Later code may replace the policy. */
export function writeSecurityHeaders(
  request: FastifyRequest,
  reply: FastifyReply,
  options: { hsts: boolean; popups: boolean },
): void {
  reply.headers({
    'content-security-policy': dataPolicy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': options.popups ? 'same-origin-allow-popups' : 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), microphone=(self), geolocation=(self), payment=(), usb=()',
    'cache-control': 'no-store',
  })
  if (options.hsts || request.protocol === 'https')
    reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
}

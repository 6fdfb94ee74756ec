// Where the console learns which server it belongs to: a meta tag the server writes, else what it was built with.

export interface DemoPerson {
  email: string
  name: string
  role: string
  company: string
}

export interface ConsoleConfig {
  /** Origin of the API; empty for the page's own. */
  api: string
  /** Origin of the socket; empty for the page's own. */
  socket: string
  transport: 'socketio' | 'websocket'
  /** Where the token travels on the plain door: in the address, as documented, or in the first frame. */
  tokenIn: 'query' | 'frame'
  auth: 'local' | 'clerk'
  clerkKey: string
  /** Where clerk-js is loaded from, when not from Clerk's own servers. */
  clerkScript: string
  /** People of the demo company, each one click away; empty outside a demo. */
  demo: readonly DemoPerson[]
}

/** Name of the meta tag. */
export const configMetaName = 'callboard-config'

type Raw = Record<string, unknown>

function fromMeta(page: Document): Raw {
  const content = page.querySelector(`meta[name="${configMetaName}"]`)?.getAttribute('content')
  if (!content) return {}
  try {
    const value: unknown = JSON.parse(content)
    return typeof value === 'object' && value !== null ? (value as Raw) : {}
  } catch {
    return {}
  }
}

function fromBuild(): Raw {
  const env = import.meta.env
  return {
    api: env.VITE_API_URL,
    socket: env.VITE_SOCKET_URL,
    transport: env.VITE_TRANSPORT,
    auth: env.VITE_CLERK_PUBLISHABLE_KEY ? 'clerk' : undefined,
    clerkKey: env.VITE_CLERK_PUBLISHABLE_KEY,
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value.replace(/\/$/, '') : '')

function isPerson(value: unknown): value is DemoPerson {
  const person = value as Partial<DemoPerson> | null
  return [person?.email, person?.name, person?.role, person?.company].every(
    (part) => typeof part === 'string',
  )
}

/** Reads the configuration; what is missing or wrong falls back to a console on its own server in local mode. */
export function readConfig(page: Document, build: Raw = fromBuild()): ConsoleConfig {
  const meta = fromMeta(page)
  const get = (name: string) => meta[name] ?? build[name]
  const api = text(get('api'))
  const clerkKey = text(get('clerkKey'))
  const demo = get('demo')
  return {
    api,
    socket: text(get('socket')) || api,
    transport: get('transport') === 'websocket' ? 'websocket' : 'socketio',
    tokenIn: get('tokenIn') === 'frame' ? 'frame' : 'query',
    auth: get('auth') === 'clerk' && clerkKey !== '' ? 'clerk' : 'local',
    clerkKey,
    clerkScript: text(get('clerkScript')),
    demo: Array.isArray(demo) ? demo.filter(isPerson) : [],
  }
}

/** The nonce of this response, for styles that libraries add at run time. */
export function readNonce(page: Document): string | undefined {
  return page.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? undefined
}

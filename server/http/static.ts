// Hands out the built console: hashed files for ever, its page fresh each time with a nonce and the settings of the day.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '#server/domain/api-error.ts'
import {
  type PolicySources,
  consolePolicy,
  noncePlaceholder,
  scriptPolicy,
  trustedTypesPolicy,
} from '#server/http/security-headers.ts'

/** A published person of the demo, offered as one click. */
export interface DemoPerson {
  email: string
  name: string
  role: string
  company: string
}

/** What the console is told at run time, as JSON in `<meta name="callboard-config">`. */
export interface ConsoleSettings {
  /** Origin of the API; empty for the page's own. */
  api: string
  /** Origin of the sockets; empty for the page's own. */
  socket: string
  transport: 'socketio' | 'websocket'
  /** This server takes the token in the first frame of the plain door, so that it stands in no address. */
  tokenIn?: 'frame' | undefined
  auth: 'local' | 'clerk'
  clerkKey?: string | undefined
  /** Where clerk-js is loaded from, when not from Clerk's own servers. */
  clerkScript?: string | undefined
  demo?: readonly DemoPerson[] | undefined
}

export interface StaticOptions {
  /** Folder of the built console, with `index.html`. */
  root: string
  settings: ConsoleSettings
  sources: PolicySources
}

/** JSON that stands safely in an HTML attribute in single quotes. */
function attributeJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('&', '&amp;')
    .replaceAll("'", '&#39;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** The page with its nonce and settings. Exported for tests. */
export function renderPage(html: string, nonce: string, settings: ConsoleSettings): string {
  const config = `<meta name="callboard-config" content='${attributeJson(settings)}'>`
  const nonceMeta = `<meta name="csp-nonce" content="${nonce}">`
  return html
    .replace(/[ \t]*<meta\s+name="(?:callboard-config|csp-nonce)"[^>]*>\n?/g, '')
    .replaceAll(noncePlaceholder, nonce)
    .replace('</head>', () => `${nonceMeta}${config}</head>`)
}

/** The page's file, read again only when it has changed: a rebuild shows without a restart. */
function createPageSource(path: string): () => Promise<string> {
  let cached = { changed: -1, html: '' }
  return async () => {
    const { mtimeMs } = await stat(path).catch(() => {
      throw new ApiError('NOT_FOUND', 'The console is not built yet. Run "npm run build".')
    })
    if (cached.changed !== mtimeMs) cached = { changed: mtimeMs, html: await readFile(path, 'utf8') }
    return cached.html
  }
}

/** Serves the console from a server made by `createHttp`. */
export function registerStatic(app: FastifyInstance, options: StaticOptions): void {
  const source = createPageSource(join(options.root, 'index.html'))
  const sendPage = async (_request: FastifyRequest, reply: FastifyReply) => {
    const nonce = randomBytes(16).toString('base64')
    const html = renderPage(await source(), nonce, options.settings)
    reply.headers({
      'content-security-policy': consolePolicy(nonce, options.sources),
      'content-security-policy-report-only': trustedTypesPolicy,
      // The page names the newest hashed files and carries a nonce: it is never taken from a cache.
      'cache-control': 'no-store',
    })
    return reply.type('text/html; charset=utf-8').send(html)
  }
  app.kernel.page = sendPage
  app.get('/index.html', sendPage)

  if (!existsSync(options.root)) return
  const policy = scriptPolicy(options.sources)
  app.register(async (files) => {
    files.addHook('onRequest', async (request, reply) => {
      const isHashed = request.url.startsWith('/assets/')
      if (isHashed) reply.header('content-security-policy', policy)
      reply.header(
        'cache-control',
        isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=0, must-revalidate',
      )
    })
    await files.register(fastifyStatic, {
      root: options.root,
      wildcard: false,
      index: false,
      globIgnore: ['**/index.html', '**/*.br', '**/*.gz', '**/*.map'],
      preCompressed: true,
      cacheControl: false,
    })
  })
}

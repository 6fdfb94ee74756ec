// Clerk's frontend API in small: one person, their organizations, real signed tokens. Enough for clerk-js to sign in and out.
import { readFile } from 'node:fs/promises'
import { type IncomingMessage, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { clerkEnvironment, organization, person } from '#tests/e2e/support/clerk-objects.ts'

export interface ClerkApi {
  /** Where it listens, over plain http. */
  url: string
  /** The host browsers think they talk to; its requests must be led here. */
  host: string
  publishableKey: string
  /** Nobody is signed in; who signs in next has this organization chosen, or has to choose. */
  reset(activeOrganization: string | null): void
  isSignedIn(): boolean
  close(): Promise<void>
}

export interface ClerkApiOptions {
  /** Folder of clerk-js, served whatever folder they are asked for in. */
  scripts: string
  password: string
  /** Life of a token, s. */
  tokenLife: number
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return new URLSearchParams(Buffer.concat(chunks).toString())
}

export async function startClerkApi(options: ClerkApiOptions): Promise<ClerkApi> {
  const host = 'clerk.callboard.test'
  const keys = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }
  let isSignedIn = false
  let active: string | null = null
  let made = 0

  const makeToken = (azp: string) => {
    made += 1
    const now = Math.floor(Date.now() / 1000)
    const o = active ? { o: { id: active, rol: 'admin', slg: organization.slug } } : {}
    return new SignJWT({
      sid: 'sess_1',
      azp,
      sts: 'active',
      v: 2,
      fva: [0, -1],
      ...o,
      ...person.claims,
      jti: `${made}`,
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1', typ: 'JWT' })
      .setIssuer(`https://${host}`)
      .setSubject(person.user.id)
      .setIssuedAt(now)
      .setNotBefore(now - 5)
      .setExpirationTime(now + options.tokenLife)
      .sign(keys.privateKey)
  }
  const session = async (azp: string) => ({
    object: 'session',
    id: 'sess_1',
    status: 'active',
    user: person.user,
    public_user_data: person.publicData,
    last_active_organization_id: active,
    last_active_token: { object: 'token', jwt: await makeToken(azp) },
    expire_at: Date.now() + 86_400_000,
    abandon_at: Date.now() + 86_400_000,
    last_active_at: Date.now(),
    created_at: Date.now(),
    updated_at: Date.now(),
    actor: null,
    tasks: null,
    factor_verification_age: [0, -1],
  })
  const client = async (azp: string) => ({
    object: 'client',
    id: 'client_1',
    sessions: isSignedIn ? [await session(azp)] : [],
    sign_in: null,
    sign_up: null,
    last_active_session_id: isSignedIn ? 'sess_1' : null,
    created_at: Date.now(),
    updated_at: Date.now(),
  })

  const answers: Record<string, (azp: string, form: URLSearchParams) => unknown> = {
    'GET /v1/environment': () => clerkEnvironment,
    'PATCH /v1/environment': () => clerkEnvironment,
    'GET /v1/client': client,
    'POST /v1/dev_browser': () => ({ object: 'dev_browser', id: 'dvb_1', token: 'dvb_1' }),
    'POST /v1/client/sign_ins': (_azp, form) => {
      isSignedIn = form.get('password') === options.password
      return {
        object: 'sign_in',
        id: 'sia_1',
        status: isSignedIn ? 'complete' : 'needs_first_factor',
        supported_first_factors: [{ strategy: 'password' }],
        identifier: form.get('identifier'),
        created_session_id: isSignedIn ? 'sess_1' : null,
      }
    },
    'POST /v1/client/sessions/sess_1/tokens': async (azp) => ({ object: 'token', jwt: await makeToken(azp) }),
    'POST /v1/client/sessions/sess_1/touch': (azp, form) => {
      active = form.get('active_organization_id') || active
      return session(azp)
    },
    'DELETE /v1/client/sessions': (azp) => {
      isSignedIn = false
      return client(azp)
    },
    'GET /v1/me/organization_memberships': () => ({
      data: person.user.organization_memberships,
      total_count: 1,
    }),
    'GET /v1/me/organization_invitations': () => ({ data: [], total_count: 0 }),
    'GET /v1/me/organization_suggestions': () => ({ data: [], total_count: 0 }),
  }

  const server = createServer(async (request, response) => {
    const origin = request.headers.origin ?? ''
    response.setHeader('access-control-allow-origin', origin || '*')
    response.setHeader('access-control-allow-credentials', 'true')
    response.setHeader('cross-origin-resource-policy', 'cross-origin')
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname.endsWith('.js')) {
      const file = await readFile(join(options.scripts, basename(pathname))).catch(() => null)
      response.writeHead(file ? 200 : 404, { 'content-type': 'text/javascript' }).end(file ?? '')
      return
    }
    response.setHeader('content-type', 'application/json')
    if (pathname === '/.well-known/jwks.json') {
      response.end(JSON.stringify({ keys: [jwk] }))
      return
    }
    const method = searchParams.get('_method') ?? request.method
    const form = await formOf(request)
    const answer = answers[`${method} ${pathname}`]
    if (!answer) {
      process.stderr.write(`The Clerk of the journeys does not know ${method} ${pathname}\n`)
      response.writeHead(404).end(JSON.stringify({ errors: [{ code: 'not_found', message: pathname }] }))
      return
    }
    const body = await answer(origin, form)
    // Environment and tokens come bare, everything about the client comes beside it.
    const isBare = /environment|tokens|dev_browser/.test(pathname)
    const wrapped = isBare ? body : { response: body, client: await client(origin) }
    response.end(JSON.stringify(wrapped))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    host,
    publishableKey: `pk_test_${Buffer.from(`${host}$`).toString('base64').replace(/=+$/, '')}`,
    reset(activeOrganization) {
      isSignedIn = false
      active = activeOrganization
    },
    isSignedIn: () => isSignedIn,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

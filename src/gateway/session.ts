// The sign-in of this browser in local mode: holds the access token, renews it in time, and shares it among tabs.
import type { LoginResponse, Session } from '#contract/auth.ts'
import type { ApiProblem } from '#contract/errors.ts'
import { type Wire, sendRequest } from '#src/gateway/send-request.ts'
import type { TokenSource } from '#src/gateway/token-source.ts'
import type { Cancel } from '#src/lib/clock.ts'
import { type Result, fail, ok } from '#src/lib/result.ts'

export interface SessionHolder extends TokenSource {
  signIn(email: string, password: string): Promise<Result<Session, ApiProblem>>
  /** Picks up the session of the refresh cookie, e.g. when the page loads; `ok(null)` when there is none. */
  restore(): Promise<Result<Session | null, ApiProblem>>
  signOut(): Promise<void>
  /** Who is signed in here; null when nobody. */
  user(): Session | null
  stop(): void
}

/** What two tabs say to each other. */
type TabMessage = { kind: 'renewed'; answer: LoginResponse } | { kind: 'ended' }

export interface TabChannel {
  post(message: TabMessage): void
  listen(listener: (message: TabMessage) => void): Cancel
  /** Runs alone among all tabs: a rotating cookie must not be spent twice. */
  exclusively<T>(run: () => Promise<T>): Promise<T>
  /**
   * Whether a session may be there: set at sign-in, cleared at its end, kept over reloads. A page that was never signed
   * in asks for no renewal, which could only be refused. Without them the renewal is always tried.
   */
  isMarked?(): boolean
  mark?(signedIn: boolean): void
}

export interface SessionOptions extends Wire {
  /** Origin of the server, empty for the page's own. */
  baseUrl: string
  tabs: TabChannel
}

interface Held {
  token: string
  user: Session
  /** Epoch ms of this machine's clock. */
  expiresAt: number
}

const timeoutMs = 5000
/** Renewed so long before its end. */
const renewBeforeMs = 60_000
/** A token with less life than this is renewed before it is used. */
const leastLifeMs = 30_000
/** After a renewal that the network prevented. */
const retryMs = 10_000

/** A holder without a session; `restore()` or `signIn()` give it one. */
export function createSession(options: SessionOptions): SessionHolder {
  const { baseUrl, clock, tabs } = options
  const listeners = new Set<(token: string | null) => void>()
  let held: Held | null = null
  let renewal: Promise<Result<Session | null, ApiProblem>> | null = null
  let cancelTimer: Cancel = () => {}
  /** Counts endings: what was asked before one must not bring the session back. */
  let endings = 0

  const post = (path: string, body?: unknown): Promise<Result<unknown, ApiProblem>> =>
    sendRequest(options, { method: 'POST', url: `${baseUrl}/api/v1/auth/${path}`, body, timeoutMs })

  function hold(answer: LoginResponse): Session {
    const isNew = answer.token !== held?.token
    tabs.mark?.(true)
    held = { token: answer.token, user: answer.user, expiresAt: clock.now() + lifeOf(answer, clock.now()) }
    plan(held.expiresAt - clock.now() - renewBeforeMs)
    if (isNew) for (const listener of [...listeners]) listener(answer.token)
    return answer.user
  }

  function end(): void {
    cancelTimer()
    endings += 1
    if (!held) return
    held = null
    for (const listener of [...listeners]) listener(null)
  }

  function plan(ms: number): void {
    cancelTimer()
    cancelTimer = clock.after(Math.max(ms, 1000), () => void renew())
  }

  /** One renewal at a time in this tab, and one at a time among all tabs. */
  function renew(): Promise<Result<Session | null, ApiProblem>> {
    renewal ??= tabs.exclusively(renewAlone(held?.token, endings)).finally(() => {
      renewal = null
    })
    return renewal
  }

  /** `asked` is the count of endings when the renewal was wished for. */
  const renewAlone = (spent: string | undefined, asked: number) => async () => {
    // Another tab may have renewed while this one waited for its turn.
    if (held && held.token !== spent) return ok(held.user)
    if (asked !== endings) return ok(null)
    const answer = await post('refresh')
    if (asked !== endings) return ok(null)
    if (answer.ok) {
      const login = answer.value as LoginResponse
      if (held && held.user.user_id !== login.user.user_id) {
        // Somebody else signed in meanwhile: the cookie is theirs now.
        end()
        return ok(null)
      }
      tabs.post({ kind: 'renewed', answer: login })
      return ok(hold(login))
    }
    if (answer.problem.status === 401 || answer.problem.status === 403) {
      tabs.mark?.(false)
      end()
      return ok(null)
    }
    if (held) plan(retryMs)
    return fail(answer.problem)
  }

  const stopListening = tabs.listen((message) => {
    if (message.kind === 'ended') end()
    // Only for a tab that is signed in as the same person: another sign-in is not silently taken over.
    else if (held === null || held.user.user_id === message.answer.user.user_id) hold(message.answer)
    else end()
  })

  return {
    async token() {
      if (held && held.expiresAt - clock.now() > leastLifeMs) return held.token
      if (held) await renew()
      return held?.token ?? null
    },
    async refresh() {
      if (held) await renew()
      return held?.token ?? null
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async signIn(email, password) {
      const answer = await post('login', { email, password })
      if (!answer.ok) return fail(answer.problem)
      const login = answer.value as LoginResponse
      tabs.post({ kind: 'renewed', answer: login })
      return ok(hold(login))
    },
    async restore() {
      if (held) return ok(held.user)
      return tabs.isMarked?.() === false ? ok(null) : renew()
    },
    async signOut() {
      tabs.mark?.(false)
      end()
      tabs.post({ kind: 'ended' })
      await tabs.exclusively(() => post('logout'))
    },
    user: () => held?.user ?? null,
    stop() {
      cancelTimer()
      stopListening()
    },
  }
}

/** Milliseconds a token lives, from the token itself where it says so: this machine's clock may be wrong. */
function lifeOf({ token, expires_at }: LoginResponse, now: number): number {
  const claims = claimsOf(token)
  if (typeof claims.exp === 'number' && typeof claims.iat === 'number')
    return (claims.exp - claims.iat) * 1000
  return Date.parse(expires_at) - now
}

function claimsOf(token: string): { exp?: unknown; iat?: unknown } {
  try {
    const part = token.split('.')[1] ?? ''
    const claims: unknown = JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/')))
    return typeof claims === 'object' && claims !== null ? claims : {}
  } catch {
    return {}
  }
}

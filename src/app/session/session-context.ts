// Who is signed in, the same for every screen whether the session is our own or Clerk's.
import { createContext, useContext } from 'react'
import type { Session } from '#contract/auth.ts'
import type { ApiProblem } from '#contract/errors.ts'
import type { TokenSource } from '#src/gateway/token-source.ts'
import type { Result } from '#src/lib/result.ts'

export type SessionState =
  | { status: 'restoring' }
  /** `expired`: somebody was signed in here and the session ended by itself. */
  | { status: 'signed-out'; expired: boolean }
  /** The server did not answer when asked who is signed in. */
  | { status: 'unreachable'; retry: () => void }
  | { status: 'signed-in'; user: Session }

export interface SessionContextValue {
  state: SessionState
  tokens: TokenSource
  /** Local mode only; with Clerk its own parts sign in. */
  signIn(email: string, password: string): Promise<Result<Session, ApiProblem>>
  signOut(): void
  /** The server refused a fresh token too. */
  markExpired(): void
}

export const SessionContext = createContext<SessionContextValue | null>(null)

/** The session of this browser. */
export function useSession(): SessionContextValue {
  const session = useContext(SessionContext)
  if (!session) throw new Error('A session provider is missing above this component')
  return session
}

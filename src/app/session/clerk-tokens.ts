// Clerk's tokens as the console wants them: never waited for without end, and told once each to the open socket.
import type { TokenSource } from '#src/gateway/token-source.ts'
import type { Clock } from '#src/lib/clock.ts'

/** What is needed of Clerk, so that tests can stand in for it. */
export interface ClerkLine {
  /** Null when nobody is signed in. Clerk itself repeats for minutes on a dead network, then rejects. */
  getToken(options?: { skipCache: boolean }): Promise<string | null>
  /** Tells of the session's newest token after every change; null without a session, undefined while it loads. */
  listen(listener: (token: string | null | undefined) => void): () => void
}

/** How long Clerk may take for one token, ms; afterwards the held one has to do. */
const patienceMs = 5000

/** Tokens of Clerk. Asking rejects only when the network fails before the first token was seen. */
export function createClerkTokens(line: ClerkLine, clock: Pick<Clock, 'after'>): TokenSource {
  let held: string | null = null

  const ask = (options?: { skipCache: boolean }) =>
    new Promise<string | null>((resolve, reject) => {
      const settleWithHeld = () => {
        if (held === null) reject(new Error('Clerk does not answer'))
        else resolve(held)
      }
      const cancel = clock.after(patienceMs, settleWithHeld)
      line
        .getToken(options)
        .then((token) => {
          held = token
          resolve(token)
        }, settleWithHeld)
        .finally(cancel)
    })

  return {
    token: () => ask(),
    refresh: () => ask({ skipCache: true }),
    onChange(listener) {
      // Clerk tells of every change of the person too; only another token is news to the socket.
      let told: string | null | undefined
      return line.listen((token) => {
        if (token === undefined || token === told) return
        told = token
        held = token
        listener(token)
      })
    },
  }
}

// Lets an answer wait until a call has really ended, or until it has waited long enough.
import type { Clock } from '#server/domain/clock.ts'

export interface CallEnds {
  /** Resolves at the end of the call or after `ms`, whichever comes first. */
  wait(companyId: string, callId: string, ms: number): Promise<void>
  /** Told of every committed entry. */
  note(companyId: string, entries: readonly { event: string; callId: string }[]): void
}

export function createCallEnds(clock: Clock): CallEnds {
  const waiting = new Map<string, Set<() => void>>()
  const key = (companyId: string, callId: string) => `${companyId}\n${callId}`

  return {
    wait(companyId, callId, ms) {
      const name = key(companyId, callId)
      return new Promise((resolve) => {
        const done = () => {
          clock.clearTimeout(timer)
          const others = waiting.get(name)
          others?.delete(done)
          if (others?.size === 0) waiting.delete(name)
          resolve()
        }
        const timer = clock.setTimeout(done, ms)
        const others = waiting.get(name) ?? new Set()
        others.add(done)
        waiting.set(name, others)
      })
    },
    note(companyId, entries) {
      if (waiting.size === 0) return
      for (const { event, callId } of entries)
        if (event === 'call.ended')
          for (const done of [...(waiting.get(key(companyId, callId)) ?? [])]) done()
    },
  }
}

// Carries a person's choices between this browser and the server: fetched at sign-in, sent when changed, again when it failed.
import type { Api } from '#src/lib/api.ts'
import type { Cancel, Clock } from '#src/lib/clock.ts'
import type { PageEvents } from '#src/lib/page-events.ts'
import type { PreferenceStore } from '#src/lib/preferences.ts'

export interface PreferenceSyncOptions {
  store: PreferenceStore
  api: Api
  clock: Clock
  page: PageEvents
}

/** Choices made together travel together, ms. */
const gatherMs = 400
/** After a send that failed for a reason that passes. */
const retryMs = 30_000
/** Coming back to the page asks the server at most so often, ms. */
const askAgainMs = 15_000

/**
 * Starts with what the server has; returns the stop. A choice that the server refuses for good stays on this machine alone.
 */
export function startPreferenceSync({ store, api, clock, page }: PreferenceSyncOptions): Cancel {
  let isStopped = false
  let isSending = false
  let askedAt = Number.NEGATIVE_INFINITY
  let cancelSend: Cancel = () => {}
  const refused = new Set<string>()

  async function fetchNow(): Promise<void> {
    askedAt = clock.now()
    const answer = await api.request('GET /api/v1/me/preferences')
    if (isStopped) return
    if (answer.ok) store.take(valuesOf(answer.value.preferences))
    plan(0)
  }

  function plan(ms: number): void {
    cancelSend()
    if (!isStopped) cancelSend = clock.after(ms, () => void send())
  }

  async function send(): Promise<void> {
    const unsent = Object.entries(store.unsent()).filter(
      ([key, { value }]) => !refused.has(nameOf(key, value)),
    )
    if (isSending || isStopped || unsent.length === 0) return
    isSending = true
    const sent = Object.fromEntries(unsent)
    const answer = await api.request('PATCH /api/v1/me/preferences', { body: { preferences: sent } })
    isSending = false
    if (isStopped) return
    if (answer.ok) store.take(valuesOf(answer.value.preferences), sent)
    else if (answer.problem.status >= 400 && answer.problem.status < 429)
      for (const [key, { value }] of unsent) refused.add(nameOf(key, value))
    plan(answer.ok ? gatherMs : retryMs)
  }

  const stops = [
    store.subscribe(() => {
      if (!isSending && Object.keys(store.unsent()).length > 0) plan(gatherMs)
    }),
    page.onOnline(() => void fetchNow()),
    page.onVisible(() => {
      if (clock.now() - askedAt >= askAgainMs) void fetchNow()
    }),
  ]
  void fetchNow()
  return () => {
    isStopped = true
    cancelSend()
    for (const stop of stops) stop()
  }
}

const nameOf = (key: string, value: unknown): string => `${key} ${JSON.stringify(value)}`

function valuesOf(preferences: Record<string, { value: unknown }>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(preferences).map(([key, { value }]) => [key, value]))
}

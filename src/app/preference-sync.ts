// Carries a person's choices between this browser and the server: fetched at sign-in, sent when changed, again when it failed.
import type { Preferences } from '#contract/preferences.ts'
import type { Api } from '#src/lib/api.ts'
import type { Cancel, Clock } from '#src/lib/clock.ts'
import type { PageEvents } from '#src/lib/page-events.ts'
import type { PreferenceStore, UnsentPreference } from '#src/lib/preferences.ts'

export interface PreferenceSyncOptions {
  store: PreferenceStore
  api: Api
  clock: Clock
  page: PageEvents
  /** Tells of choices made on other machines as the server hears of them; null when some may have been missed. */
  news?: ((listener: (choices: Preferences | null) => void) => Cancel) | undefined
}

/** Choices made together travel together, ms. */
const gatherMs = 400
/** After a send that failed for a reason that passes. */
const retryMs = 30_000
/** Coming back to the page, or to the line, asks the server at most so often, ms. */
const askAgainMs = 15_000

/**
 * Starts with what the server has; returns the stop. A choice that the server refuses for good stays on this machine alone.
 */
export function startPreferenceSync({ store, api, clock, page, news }: PreferenceSyncOptions): Cancel {
  let isStopped = false
  let isSending = false
  let askedAt = Number.NEGATIVE_INFINITY
  let cancelSend: Cancel = () => {}
  let cancelAsk: Cancel = () => {}
  const refused = new Set<string>()
  /** When the newest choice under a key was made, as far as the server has said: two ways lead here, and one may be late. */
  const newest = new Map<string, number>()

  function take({ preferences }: Preferences, sent?: Record<string, UnsentPreference>): void {
    const values: Record<string, unknown> = {}
    for (const [key, { value, changed_at }] of Object.entries(preferences)) {
      const made = Date.parse(changed_at)
      if (made < (newest.get(key) ?? Number.NEGATIVE_INFINITY)) continue
      newest.set(key, made)
      values[key] = value
    }
    store.take(values, sent)
  }

  async function fetchNow(): Promise<void> {
    askedAt = clock.now()
    const answer = await api.request('GET /api/v1/me/preferences')
    if (isStopped) return
    if (answer.ok) take(answer.value)
    plan(0)
  }

  /** A line that breaks again and again does not ask each time. */
  function askSoon(): void {
    cancelAsk()
    cancelAsk = clock.after(Math.max(0, askedAt + askAgainMs - clock.now()), () => void fetchNow())
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
    if (answer.ok) take(answer.value, sent)
    else if (answer.problem.status >= 400 && answer.problem.status < 429)
      for (const [key, { value }] of unsent) refused.add(nameOf(key, value))
    plan(answer.ok ? gatherMs : retryMs)
  }

  const stops = [
    store.subscribe(() => {
      if (!isSending && Object.keys(store.unsent()).length > 0) plan(gatherMs)
    }),
    news?.((choices) => (choices ? take(choices) : askSoon())) ?? (() => {}),
    page.onOnline(() => void fetchNow()),
    page.onVisible(() => {
      if (clock.now() - askedAt >= askAgainMs) void fetchNow()
    }),
  ]
  void fetchNow()
  return () => {
    isStopped = true
    cancelSend()
    cancelAsk()
    for (const stop of stops) stop()
  }
}

const nameOf = (key: string, value: unknown): string => `${key} ${JSON.stringify(value)}`

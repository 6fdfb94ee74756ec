// Which reasons of attention last, for screens that show how long: apart from the scoring, which no screen needs.

/** Reasons that last: a screen counts up from `since` beside their words, so that the time shown is never old. */
export const timedReasons: ReadonlySet<string> = new Set([
  'mood_negative',
  'escalation_waiting',
  'ai_paused',
  'silence',
  'stale_stream',
  'ringing',
  'long_call',
])

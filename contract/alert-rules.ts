// The closed lists and numbers of alerts, free of the schema library so that the console can carry them.

/** From the least to the worst. */
export const alertSeverities = ['info', 'warning', 'critical'] as const
export const alertStates = ['active', 'acknowledged', 'resolved'] as const

/** More than `alerts` of warning or worse within `withinMs` are one storm: one card instead of a flood. */
export const stormRule = { alerts: 10, withinMs: 10 * 60_000 } as const

/** How long each choice of "snooze" lasts, ms. A shift is eight hours. */
export const snoozeMs = { '15m': 15 * 60_000, '1h': 3600_000, shift: 8 * 3600_000 } as const
export type SnoozeSpan = keyof typeof snoozeMs

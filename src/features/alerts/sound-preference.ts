// How loud alerts may be for this person: which sound, when not, and whether the system shows them. Pure.
import type { AlertSeverity } from '#contract/alert.ts'
import type { PreferenceSpec } from '#src/lib/preferences.ts'

export interface SoundSettings {
  /** Off until the person has heard it once. */
  on: boolean
  /** 0–1. */
  volume: number
  severities: Readonly<Record<AlertSeverity, boolean>>
  /** No cue between these times of the day, `hh:mm` on this desk's clock. */
  quiet: { on: boolean; from: string; to: string }
  /** Notifications of the system, when the browser allows them. */
  desktop: boolean
}

export const defaultSound: SoundSettings = {
  on: false,
  volume: 0.6,
  severities: { info: false, warning: true, critical: true },
  quiet: { on: false, from: '22:00', to: '06:00' },
  desktop: false,
}

const isTime = (value: unknown): value is string => typeof value === 'string' && /^\d\d:\d\d$/.test(value)

function parseSound(value: unknown): SoundSettings {
  if (typeof value !== 'object' || value === null) return defaultSound
  const { on, volume, severities, quiet, desktop } = value as Partial<SoundSettings>
  const isHeard = (severity: AlertSeverity) =>
    typeof severities?.[severity] === 'boolean' ? severities[severity] : defaultSound.severities[severity]
  return {
    on: on === true,
    volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : defaultSound.volume,
    severities: { info: isHeard('info'), warning: isHeard('warning'), critical: isHeard('critical') },
    quiet: {
      on: quiet?.on === true,
      from: isTime(quiet?.from) ? quiet.from : defaultSound.quiet.from,
      to: isTime(quiet?.to) ? quiet.to : defaultSound.quiet.to,
    },
    desktop: desktop === true,
  }
}

export const soundPreference: PreferenceSpec<SoundSettings> = { key: 'sound', parse: parseSound }

/** True within the quiet hours, which may go over midnight. `time` is `hh:mm`. */
export function isQuiet({ quiet }: SoundSettings, time: string): boolean {
  if (!quiet.on || quiet.from === quiet.to) return false
  return quiet.from < quiet.to ? time >= quiet.from && time < quiet.to : time >= quiet.from || time < quiet.to
}

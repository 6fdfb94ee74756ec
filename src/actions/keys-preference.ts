// The person's keys among their other choices.
import { type KeyChoice, parseKeyChoice } from '#src/actions/key-map.ts'
import type { PreferenceSpec } from '#src/lib/preferences.ts'

export const keysPreference: PreferenceSpec<KeyChoice> = { key: 'keys', parse: parseKeyChoice }

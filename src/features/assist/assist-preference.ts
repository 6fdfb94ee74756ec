// Whether a person wants the assist panel open; it stays as they left it.
import type { PreferenceSpec } from '#src/lib/preferences.ts'

export const assistPreference: PreferenceSpec<'open' | 'closed'> = {
  key: 'assist',
  parse: (value) => (value === 'open' ? 'open' : 'closed'),
}

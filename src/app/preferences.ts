// The choices that concern the whole console: how tall rows are, the theme, the zone of its clocks.
import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core'
import type { PreferenceSpec, PreferenceStore } from '#src/lib/preferences.ts'

export type Density = 'normal' | 'compact'

export const densityPreference: PreferenceSpec<Density> = {
  key: 'density',
  parse: (value) => (value === 'compact' ? 'compact' : 'normal'),
}

export const themePreference: PreferenceSpec<MantineColorScheme> = {
  key: 'theme',
  parse: (value) => (value === 'light' || value === 'auto' ? value : 'dark'),
}

/** IANA name of the zone that clocks are written in; null is the zone of this machine. */
export const zonePreference: PreferenceSpec<string | null> = {
  key: 'zone',
  parse: (value) => (typeof value === 'string' && isZone(value) ? value : null),
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Lets Mantine keep its theme where all choices are kept, and follow a choice made in another tab or on another machine. */
export function themeManager(store: PreferenceStore): MantineColorSchemeManager {
  const { key, parse } = themePreference
  let stop = (): void => {}
  const theme = (): MantineColorScheme => parse(store.get(key))
  return {
    get: theme,
    set(value) {
      if (value !== theme()) store.set(key, value)
    },
    subscribe(onUpdate) {
      let shown = theme()
      stop = store.subscribe(() => {
        if (shown === theme()) return
        shown = theme()
        onUpdate(shown)
      })
    },
    unsubscribe: () => stop(),
    clear: () => store.set(key, null),
  }
}

// What a person prefers on this machine: one versioned record in local storage, checked when it is read.
import { useCallback, useState } from 'react'

export interface Preferences {
  density: 'normal' | 'compact'
}

const storageKey = 'callboard.preferences.1'
const defaults: Preferences = { density: 'normal' }

function read(): Preferences {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    const density = (value as Partial<Preferences> | null)?.density
    return { density: density === 'compact' ? 'compact' : 'normal' }
  } catch {
    return defaults
  }
}

/** The preferences and their setter; a full or forbidden storage only forgets them. */
export function usePreferences(): [Preferences, (change: Partial<Preferences>) => void] {
  const [preferences, setPreferences] = useState(read)
  const change = useCallback(
    (part: Partial<Preferences>) =>
      setPreferences((before) => {
        const next = { ...before, ...part }
        try {
          localStorage.setItem(storageKey, JSON.stringify(next))
        } catch {
          // Private windows may refuse; the choice then lasts as long as the page.
        }
        return next
      }),
    [],
  )
  return [preferences, change]
}

// What a person chose for themselves: kept on this machine, so that it is there before the first paint, and sent on later.
import type { Cancel } from '#src/lib/clock.ts'

/** One preference as its owner knows it: its key, and what any stored value means. */
export interface PreferenceSpec<T> {
  readonly key: string
  /** Never throws: what is missing (undefined, null) or not understood is the default. */
  parse(value: unknown): T
}

/** Where the record lies. A storage that refuses only forgets. */
export interface PreferenceStorage {
  read(): string | null
  write(text: string): void
  /** Another tab of this browser has written. */
  onChange(listener: () => void): Cancel
}

/** A choice that the server does not know yet. */
export interface UnsentPreference {
  value: unknown
  /** Seconds since it was made, by this machine's clock alone. */
  age: number
}

export interface PreferenceStore {
  /** The stored value as it is; undefined where nothing was chosen. Equal calls give the same object. */
  get(key: string): unknown
  /** Chooses; null takes the choice back. Every tab of this browser hears of it at once. */
  set(key: string, value: unknown): void
  /** Tells of every change, wherever it was made. */
  subscribe(listener: () => void): Cancel
  /** From now on the choices are those of this person; what somebody else chose here is kept for them. */
  belongTo(owner: string): void
  unsent(): Record<string, UnsentPreference>
  /** What the server holds. A choice that it does not know yet stays, unless it is in `answered` and was not changed since. */
  take(values: Record<string, unknown>, answered?: Record<string, UnsentPreference>): void
}

interface Entry {
  value: unknown
  /** When it was chosen, epoch ms of this machine; 0 when nobody knows. */
  at: number
  unsent?: true
}
type Entries = Readonly<Record<string, Entry>>

interface Kept {
  owner: string
  /** The latest people of this machine, newest first. */
  people: Readonly<Record<string, Entries>>
}

const storageName = 'callboard.preferences.2'
const earlierName = 'callboard.preferences.1'
/** People whose choices one browser keeps. */
const peopleKept = 5

const isBag = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseEntries(value: unknown): Entries {
  if (!isBag(value)) return {}
  const entries: Record<string, Entry> = {}
  for (const [key, entry] of Object.entries(value)) {
    if (!isBag(entry) || !('value' in entry)) continue
    const at = typeof entry['at'] === 'number' ? entry['at'] : 0
    entries[key] = {
      value: entry['value'],
      at,
      ...(entry['unsent'] === true ? { unsent: true as const } : {}),
    }
  }
  return entries
}

function parseKept(text: string | null): Kept {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    if (!isBag(value) || !isBag(value['people'])) return { owner: '', people: {} }
    const owner = typeof value['owner'] === 'string' ? value['owner'] : ''
    const people = Object.entries(value['people']).map(([name, entries]) => [name, parseEntries(entries)])
    return { owner, people: Object.fromEntries(people) as Kept['people'] }
  } catch {
    return { owner: '', people: {} }
  }
}

/** A store over `storage`; `now` gives epoch ms of this machine. */
export function createPreferenceStore(storage: PreferenceStorage, now: () => number): PreferenceStore {
  const listeners = new Set<() => void>()
  let seen = storage.read()
  let kept = parseKept(seen)
  /** What another tab has written meanwhile. Values that did not change keep their identity: nobody is woken for nothing. */
  const refresh = (): void => {
    const text = storage.read()
    if (text === null || text === seen) return
    seen = text
    kept = keepSame(kept, parseKept(text))
  }
  const mine = (): Entries => kept.people[kept.owner] ?? {}
  const tell = (): void => {
    for (const listener of [...listeners]) listener()
  }
  storage.onChange(() => {
    refresh()
    tell()
  })
  const keep = (owner: string, entries: Entries): void => {
    const others = Object.entries(kept.people).filter(([name]) => name !== owner)
    kept = { owner, people: Object.fromEntries([[owner, entries], ...others].slice(0, peopleKept)) }
    seen = JSON.stringify(kept)
    storage.write(seen)
    tell()
  }
  return {
    get: (key) => mine()[key]?.value ?? undefined,
    set(key, value) {
      refresh()
      keep(kept.owner, { ...mine(), [key]: { value: value ?? null, at: now(), unsent: true } })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    belongTo(owner) {
      if (owner === kept.owner) return
      // What was chosen before anybody signed in goes to the first who does.
      const nobodys = kept.people['']
      const own = kept.people[owner] ?? nobodys ?? {}
      if (nobodys) kept = { ...kept, people: { ...kept.people, '': {} } }
      keep(owner, own)
    },
    unsent() {
      const found: Record<string, UnsentPreference> = {}
      for (const [key, { value, at, unsent }] of Object.entries(mine()))
        if (unsent) found[key] = { value, age: at === 0 ? unknownAge : Math.max(0, (now() - at) / 1000) }
      return found
    },
    take(values, answered = {}) {
      refresh()
      const entries: Record<string, Entry> = { ...mine() }
      let isNew = false
      for (const [key, value] of Object.entries(values)) {
        const held = entries[key]
        const isAnswered = key in answered && Object.is(held?.value, answered[key]?.value)
        if (held?.unsent && !isAnswered) continue
        if (held && !held.unsent && JSON.stringify(held.value) === JSON.stringify(value)) continue
        const isSame = held !== undefined && JSON.stringify(held.value) === JSON.stringify(value)
        entries[key] = { value: isSame ? held.value : value, at: held?.at ?? 0 }
        isNew = true
      }
      if (isNew) keep(kept.owner, entries)
    },
  }
}

/** An age that loses against whatever the server has: ten years, in seconds. */
const unknownAge = 10 * 365 * 24 * 3600

function keepSame(before: Kept, after: Kept): Kept {
  const known = before.people[after.owner]
  const read = after.people[after.owner]
  if (!known || !read) return after
  const entries = Object.entries(read).map(([key, entry]) => {
    const held = known[key]
    const isSame = held !== undefined && JSON.stringify(held.value) === JSON.stringify(entry.value)
    return [key, isSame ? { ...entry, value: held.value } : entry]
  })
  return { ...after, people: { ...after.people, [after.owner]: Object.fromEntries(entries) as Entries } }
}

/** The browser's local storage. A private window may refuse it: choices then last as long as the page. */
export function browserPreferenceStorage(): PreferenceStorage {
  let last: string | null = null
  return {
    read() {
      try {
        return localStorage.getItem(storageName) ?? earlier()
      } catch {
        return last
      }
    },
    write(text) {
      last = text
      try {
        localStorage.setItem(storageName, text)
      } catch {
        // Full or forbidden.
      }
    },
    onChange(listener) {
      const onStorage = (event: StorageEvent): void => {
        if (event.key === storageName) listener()
      }
      window.addEventListener('storage', onStorage)
      return () => window.removeEventListener('storage', onStorage)
    },
  }
}

/** What the release before this one has kept. */
function earlier(): string | null {
  const text = localStorage.getItem(earlierName)
  const theme = localStorage.getItem('mantine-color-scheme-value')
  if (text === null && theme === null) return null
  const before: unknown = JSON.parse(text ?? '{}')
  const entries: Record<string, Entry> = {}
  if (isBag(before) && before['density'] === 'compact')
    entries['density'] = { value: 'compact', at: 0, unsent: true }
  if (theme !== null) entries['theme'] = { value: theme, at: 0, unsent: true }
  return JSON.stringify({ owner: '', people: { '': entries } })
}

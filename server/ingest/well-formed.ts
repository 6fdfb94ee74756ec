// Text the database can hold: no NUL characters, no halves of characters. Anything else stays as it was said.

const suspicious = /\0|[\ud800-\udfff]/

function clean(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed()
}

/** True when nothing inside has to change; looks without copying, for hardly anything ever has to. */
function isClean(value: unknown): boolean {
  if (typeof value === 'string') return !suspicious.test(value)
  if (value === null || typeof value !== 'object') return true
  if (Array.isArray(value)) return value.every(isClean)
  for (const key in value)
    if (suspicious.test(key) || !isClean((value as Record<string, unknown>)[key])) return false
  return true
}

/** The same value with every string inside made storable; the very same object when nothing had to change. */
export function wellFormed<T>(value: T): T {
  return isClean(value) ? value : mended(value)
}

function mended<T>(value: T): T {
  if (typeof value === 'string') return clean(value) as T
  if (Array.isArray(value)) {
    const next = value.map(wellFormed)
    return next.some((item, index) => item !== value[index]) ? (next as T) : value
  }
  if (value !== null && typeof value === 'object') {
    let changed = false
    const entries = Object.entries(value).map(([key, item]) => {
      const next = wellFormed(item)
      const name = suspicious.test(key) ? clean(key) : key
      if (next !== item || name !== key) changed = true
      return [name, next] as const
    })
    return changed ? (Object.fromEntries(entries) as T) : value
  }
  return value
}

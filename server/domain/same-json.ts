// Whether two values are the same once they are written as JSON, told without writing them.

type Members = Readonly<Record<string, unknown>>

/** True of plain values that JSON does not tell apart: members that are undefined do not count. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) return isSameList(a, b)
  const [left, right] = [a as Members, b as Members]
  for (const key in left) if (!isSameJson(left[key], right[key])) return false
  for (const key in right) if (right[key] !== undefined && left[key] === undefined) return false
  return true
}

function isSameList(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
  return a.every((item, index) => isSameJson(item, b[index]))
}

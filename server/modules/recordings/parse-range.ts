// The bytes that a `Range` header asks for. Pure.

export interface ByteRange {
  /** First and last byte, both included. */
  from: number
  to: number
}

/**
 * One range of a file of `size` bytes; null where the whole file is meant, which is also what several ranges and forms that
 * are not understood get (RFC 9110, 14.2). `unsatisfiable`: it lies behind the end.
 */
export function parseRange(
  header: string | string[] | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | null {
  if (typeof header !== 'string') return null
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? []
  if (first === '' && last === '') return null
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { from: size - length, to: size - 1 }
  }
  const from = Number(first)
  if (from >= size) return 'unsatisfiable'
  if (last !== '' && Number(last) < from) return null
  return { from, to: last === '' ? size - 1 : Math.min(Number(last), size - 1) }
}

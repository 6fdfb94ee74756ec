// Expected failures are values: a call that may fail returns a Result instead of throwing.

export type Result<Value, Problem> = { ok: true; value: Value } | { ok: false; problem: Problem }

/** A success. */
export function ok<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value }
}

/** A failure the caller is expected to handle. */
export function fail<Problem>(problem: Problem): { ok: false; problem: Problem } {
  return { ok: false, problem }
}

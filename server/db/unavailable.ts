// The one error that says: not now, nothing happened, try again.

export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable'
  constructor(cause?: unknown) {
    super('The database cannot take queries at the moment.', { cause })
  }
}

/** What the PostgreSQL client says, without a code, of a connection that ended or could not be had in time. */
const lostConnection = /^Connection terminated|not queryable|timeout exceeded when trying to connect/

/** SQLSTATE classes and system codes that mean the server is down, full or shutting down rather than the query wrong. */
export function meansUnavailable(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code !== 'string')
    return (
      error instanceof DatabaseUnavailable || (error instanceof Error && lostConnection.test(error.message))
    )
  return (
    /^(08|53|57P|58|XX)/.test(code) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'].includes(code)
  )
}

// Where tokens come from, whoever issues them: the bundled sign-in or an identity provider.

export interface TokenSource {
  /** A token good for at least the next half minute, renewed when needed; null when nobody is signed in. */
  token(): Promise<string | null>
  /**
   * A new token although the held one looks good: the server refused it. Null when the session is over; the held
   * token again when the network failed.
   */
  refresh(): Promise<string | null>
  /** Tells of every new token, and of null at the end of the session. Returns its end. */
  onChange(listener: (token: string | null) => void): () => void
}

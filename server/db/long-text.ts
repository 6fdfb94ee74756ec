// A text of hundreds of kilobytes on its way into a statement: drivers may carry it as bytes and need not look into it.

export class LongText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** The PostgreSQL client asks for this. */
  toPostgres(): string {
    return this.text
  }
}

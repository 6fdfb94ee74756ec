// JSON of values that one group writes more than once: a call and its score stand in the log and in the call's state.

export class JsonTexts {
  readonly #texts = new Map<object, string>()

  /** The value as JSON, remembered: nobody may change the value any more. */
  of(value: object): string {
    let text = this.#texts.get(value)
    if (text === undefined) {
      text = JSON.stringify(value)
      this.#texts.set(value, text)
    }
    return text
  }

  /** The value as JSON, for the last time. */
  last(value: object): string {
    return this.#texts.get(value) ?? JSON.stringify(value)
  }

  /** An object as JSON of which one member is written elsewhere, too. */
  around(data: object, shared: string): string {
    let text = ''
    for (const [key, value] of Object.entries(data) as [string, unknown][]) {
      if (value === undefined) continue
      const written =
        key === shared && typeof value === 'object' && value !== null ? this.of(value) : JSON.stringify(value)
      text += `${text === '' ? '{' : ','}${JSON.stringify(key)}:${written}`
    }
    return text === '' ? '{}' : `${text}}`
  }
}

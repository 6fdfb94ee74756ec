// The businesses to choose one from, wherever calls are filtered: those that have a name, and "none of them".
import { noBusiness } from '#contract/call-filter.ts'

export interface Choice {
  value: string
  label: string
}

/** As analytics names them in its table. */
export const noBusinessWords = 'No business'

/**
 * By name, and calls without a business last. `chosen` stays to be seen, though nobody knows its name.
 */
export function businessChoices(known: Iterable<Choice>, chosen: string | null | undefined): Choice[] {
  const labels = new Map([...known].map(({ value, label }) => [value, label]))
  if (chosen && !labels.has(chosen)) labels.set(chosen, chosen)
  labels.delete(noBusiness)
  return [
    ...[...labels].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label)),
    { value: noBusiness, label: noBusinessWords },
  ]
}

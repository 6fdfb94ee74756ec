// Turns a template into the words of one call: `{a|b}` becomes one of the two, `{street}` the call's street.
import type { Random } from '#server/feed/simulator/random.ts'

export type Slots = Readonly<Record<string, string>>

/** The index of the brace that closes the one at `open`. Throws SyntaxError when there is none. */
function closing(template: string, open: number): number {
  let depth = 0
  for (let i = open; i < template.length; i++) {
    if (template[i] === '{') depth++
    else if (template[i] === '}' && --depth === 0) return i
  }
  throw new SyntaxError(`brace without its pair: ${template}`)
}

/** The parts of `a|{b|c}|d` between bars that stand outside braces. */
function choices(inner: string): string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < inner.length; i++) {
    if (inner[i] === '{') depth++
    else if (inner[i] === '}') depth--
    else if (inner[i] === '|' && depth === 0) {
      found.push(inner.slice(from, i))
      from = i + 1
    }
  }
  return [...found, inner.slice(from)]
}

function fill(template: string, slots: Slots, random: Random): string {
  const open = template.indexOf('{')
  if (open < 0) return template
  const close = closing(template, open)
  const parts = choices(template.slice(open + 1, close))
  let middle: string
  if (parts.length > 1) middle = fill(random.pick(parts), slots, random)
  else {
    const slot = slots[parts[0] ?? '']
    if (slot === undefined) throw new RangeError(`no slot named ${parts[0]}`)
    middle = slot
  }
  return template.slice(0, open) + middle + fill(template.slice(close + 1), slots, random)
}

/** The words of a line. Throws RangeError for a slot that does not exist, SyntaxError for braces that do not match. */
export function renderLine(template: string, slots: Slots, random: Random): string {
  const text = fill(template, slots, random).replace(/\s+/g, ' ').trim()
  return text.charAt(0).toUpperCase() + text.slice(1)
}

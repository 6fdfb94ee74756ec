// The marks of a row, each in a place of its own that it keeps when it is empty: nothing moves when one comes or goes.
import { byUrgency, urgencyOf } from '#contract/alert-words.ts'
import { holderOf } from '#contract/claim-rules.ts'
import { initials } from '#src/lib/initials.ts'
import type { PaintCell } from '#src/features/live-grid/paint-cell.ts'
import { shapes } from '#src/ui/state-mark.tsx'
import { attributeWriter, put, putSvg, shownWriter, textWriter } from '#src/ui/write.ts'

/** Who has claimed the call. */
function claimMark(place: Element): PaintCell {
  const chip = put(place, 'span', 'grid-claim')
  const [text, title, isShown] = [
    textWriter(chip),
    attributeWriter(chip, 'title'),
    attributeWriter(chip, 'data-shown'),
  ]
  return ({ call, now }) => {
    const holder = holderOf(call, now)
    text(holder ? initials(holder.name) : '')
    title(
      holder
        ? `${holder.name} has this call${holder.asked ? `, ${holder.asked.name} asks for it` : ''}`
        : null,
    )
    isShown(holder ? '' : null)
  }
}

/** Who has the call open: one by initials, several by their number. */
function watchersMark(place: Element): PaintCell {
  const chip = put(place, 'span', 'grid-watchers')
  const [text, title, isShown] = [
    textWriter(chip),
    attributeWriter(chip, 'title'),
    attributeWriter(chip, 'data-shown'),
  ]
  return ({ call: { presence } }) => {
    const [first] = presence?.watchers ?? []
    const count = presence ? presence.watchers.length + presence.more : 0
    isShown(first ? '' : null)
    text(!first ? '' : count === 1 ? first.initials : String(count))
    title(presence && first ? `Watching: ${presence.watchers.map(({ name }) => name).join(', ')}` : null)
  }
}

/** The worst open alert of the call: filled while nobody has it, an outline once somebody does. */
function alertMark(place: Element): PaintCell {
  const svg = putSvg(place, 'svg', { class: 'grid-alert', viewBox: '0 0 12 12', role: 'img' })
  const path = attributeWriter(putSvg(svg, 'path'), 'd')
  const [name, severity, state] = [
    attributeWriter(svg, 'aria-label'),
    attributeWriter(svg, 'data-severity'),
    attributeWriter(svg, 'data-state'),
  ]
  const title = textWriter(putSvg(svg, 'title'))
  const shown = shownWriter(svg)
  return ({ call: { alerts } }) => {
    const [worst] =
      alerts && alerts.length > 1
        ? alerts.toSorted((a, b) => byUrgency(urgencyOf(a), urgencyOf(b)))
        : (alerts ?? [])
    shown(worst !== undefined)
    severity(worst?.severity ?? null)
    state(worst?.state ?? null)
    if (!worst || !alerts) {
      name(null)
      title('')
      return
    }
    path(
      worst.severity === 'critical'
        ? shapes.act
        : worst.severity === 'warning'
          ? shapes.attention
          : shapes.live,
    )
    const more = alerts.length > 1 ? ` and ${alerts.length - 1} more` : ''
    const words = `Alert, ${worst.severity}: ${worst.reason}${worst.owner ? `, ${worst.owner.name} has it` : ''}${more}`
    name(words)
    title(words)
  }
}

/** The places from left to right. A new mark is a painter here and a width in `live-grid.css`. */
const places: readonly { name: string; draw: (place: Element) => PaintCell }[] = [
  { name: 'claim', draw: claimMark },
  { name: 'watchers', draw: watchersMark },
  { name: 'alert', draw: alertMark },
]

/** The cell of the marks. */
export function marks(cell: Element): PaintCell {
  const paints = places.map(({ name, draw }) => {
    const place = put(cell, 'span', 'grid-mark')
    place.dataset.mark = name
    return draw(place)
  })
  return (facts) => {
    for (const paint of paints) paint(facts)
  }
}

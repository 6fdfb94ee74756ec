// The small drawings of a row, painted by hand: marks, moods, the mood line, steps. They look as their components in `ui`.
import type { Meaning } from '#src/lib/meaning.ts'
import { formatMood } from '#src/lib/format.ts'
import { moodGlyph, moodStep, moodWord } from '#src/ui/mood-scale.ts'
import { type SparkPath, sparkHeight, sparkPath, sparkWidth } from '#src/ui/spark-path.ts'
import { shapes } from '#src/ui/state-mark.tsx'
import { attributeWriter, put, putSvg, shownWriter, textWriter } from '#src/ui/write.ts'

/** The sign of a state with its name. */
export function drawMark(cell: Element): (meaning: Meaning, label: string) => void {
  const mark = putSvg(cell, 'svg', { viewBox: '0 0 12 12', role: 'img' })
  const title = textWriter(putSvg(mark, 'title'))
  const path = attributeWriter(putSvg(mark, 'path'), 'd')
  const className = attributeWriter(mark, 'class')
  const name = attributeWriter(mark, 'aria-label')
  return (meaning, label) => {
    className(`mark mark-${meaning}`)
    name(label)
    title(label)
    path(shapes[meaning])
  }
}

/** The box that shows whether a row is picked. Decorative: the row says it, and its style follows the row. */
export function drawCheck(cell: Element): void {
  put(cell, 'span', 'grid-check').setAttribute('aria-hidden', 'true')
}

/** A mood as glyph and number; undefined shows nothing. */
export function drawMood(cell: Element): (score: number | undefined) => void {
  const mood = put(cell, 'span')
  mood.setAttribute('role', 'img')
  const label = attributeWriter(mood, 'aria-label')
  const shown = shownWriter(mood)
  const className = attributeWriter(mood, 'class')
  const glyph = textWriter(put(mood, 'span'))
  const number = textWriter(mood)
  return (score) => {
    shown(score !== undefined)
    if (score === undefined) {
      for (const write of [glyph, number]) write('')
      return
    }
    className(`mood mood-${moodStep(score)}`)
    label(`Mood ${formatMood(score)}, ${moodWord(score)}`)
    glyph(moodGlyph(score))
    number(formatMood(score))
  }
}

/** The mood line; null leaves its place empty. Decorative: the number beside it says the mood. */
export function drawSpark(cell: Element): (values: readonly (number | null)[] | null) => void {
  const box = `0 0 ${sparkWidth + 4} ${sparkHeight}`
  const spark = putSvg(cell, 'svg', { class: 'spark', viewBox: box, 'aria-hidden': 'true' })
  const shown = shownWriter(spark)
  const inner = putSvg(spark, 'g')
  const innerShown = shownWriter(inner)
  putSvg(inner, 'path', { class: 'spark-zero', d: `M0 ${sparkHeight / 2}H${sparkWidth}` })
  const below = attributeWriter(putSvg(inner, 'path', { class: 'spark-below' }), 'd')
  const line = putSvg(inner, 'path')
  const [lineClass, linePath] = [attributeWriter(line, 'class'), attributeWriter(line, 'd')]
  const dot = putSvg(inner, 'circle', { r: '2' })
  const [dotClass, dotX, dotY] = ['class', 'cx', 'cy'].map((name) => attributeWriter(dot, name))
  const write = ({ line, below: area, end, step }: SparkPath): void => {
    linePath(line)
    below(area)
    lineClass(`spark-line mood-stroke-${step}`)
    dotClass?.(`mood-fill-${step}`)
    dotX?.(String(end[0]))
    dotY?.(String(end[1]))
  }
  let last: readonly (number | null)[] | null = null
  return (values) => {
    shown(values !== null)
    if (values === null || values === last) return
    last = values
    const path = sparkPath(values)
    innerShown(path !== null)
    if (path) write(path)
  }
}

/** Three steps as small bars; the words beside them say the step. */
export function drawPips(
  cell: Element,
): (steps: { done: number; current: boolean; meaning: 'act' | 'human' } | null) => void {
  const pips = put(cell, 'span')
  pips.setAttribute('aria-hidden', 'true')
  const shown = shownWriter(pips)
  const className = attributeWriter(pips, 'class')
  const bars = [0, 1, 2].map(() => attributeWriter(put(pips, 'i'), 'class'))
  return (steps) => {
    shown(steps !== null)
    if (!steps) return
    className(`pips pips-${steps.meaning}`)
    for (const [index, bar] of bars.entries())
      bar(index < steps.done ? 'done' : index === steps.done && steps.current ? 'current' : '')
  }
}

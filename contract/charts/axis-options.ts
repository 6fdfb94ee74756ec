// What all charts share: type, quiet axes, hairlines, and which of many places get a label.
import type { EChartsOption } from 'echarts'
import type { ChartInk } from '#contract/charts/chart-ink.ts'
import type { Place } from '#contract/charts/chart.ts'
import { type Unit, figureText } from '#contract/charts/figure-text.ts'

/** Roughly how wide a text of 11 px is, px. */
export const widthOf = (text: string): number => Math.ceil(text.length * 6.3)

/** Nothing moves by itself, and letters are those of the page. */
export const ground = (ink: ChartInk): EChartsOption => ({
  animation: false,
  textStyle: { fontFamily: ink.font, fontSize: 11, color: ink.axis },
})

/** Which places are labelled so that labels do not touch: of hours over days only the midnights. `room` in px. */
export function labelled(places: readonly Place[], room: number): ReadonlySet<number> {
  const midnights = places.flatMap(({ tick }, index) => (/^\d\d:\d\d$/.test(tick) ? [] : [index]))
  const hasHours = midnights.length > 0 && midnights.length < places.length
  const wanted = hasHours && places.length > 30 ? midnights : places.map((_, index) => index)
  const widest = Math.max(...wanted.map((index) => widthOf(places[index]?.tick ?? '')), 1)
  const most = Math.max(1, Math.floor(room / (widest + 10)))
  const each = Math.ceil(wanted.length / most)
  return new Set(wanted.filter((_, index) => index % each === 0))
}

/** The axis of places at the foot. */
export function placeAxis(places: readonly Place[], room: number, ink: ChartInk, gap: boolean) {
  const shown = labelled(places, room)
  return {
    type: 'category' as const,
    data: places.map(({ tick }) => tick),
    boundaryGap: gap,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: ink.grid } },
    axisLabel: {
      color: ink.axis,
      fontSize: 11,
      margin: 10,
      hideOverlap: false,
      interval: (index: number) => shown.has(index),
    },
  }
}

/** The axis of values at the left. */
export function valueAxis(unit: Unit, ink: ChartInk, [min, max]: readonly [number, number]) {
  return {
    type: 'value' as const,
    min,
    max,
    interval: (max - min) / 4,
    splitLine: { lineStyle: { color: ink.grid } },
    axisLabel: {
      color: ink.axis,
      fontSize: 11,
      margin: 10,
      formatter: (value: number) => figureText(unit, value),
    },
  }
}

/** The next round number in four equal steps: of counts in whole ones, of times in whole minutes. */
export function roundTop(unit: Unit, value: number): number {
  if (unit === 'percent' && value > 50) return 100
  if (unit === 'seconds') return Math.max(1, Math.ceil(value / 240)) * 240
  const least = unit === 'count' ? 4 : unit === 'percent' ? 4 : 0.04
  if (value <= least) return least
  const power = 10 ** Math.floor(Math.log10(value / 4))
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10].find(
    (size) => size * power * 4 >= value && (unit !== 'count' || Number.isInteger(size * power)),
  )
  return (step ?? 10) * power * 4
}

// The one door of ECharts: what of it our charts need, and nothing that writes markup or styles of its own.
import { BarChart, LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'
import type { EChartsOption } from 'echarts'
import type { ChartSize } from '#contract/charts/chart.ts'

register([BarChart, LineChart, ScatterChart, GridComponent, MarkLineComponent, LabelLayout, CanvasRenderer])

export interface Drawing {
  /** Draws; what was there before is changed, not made anew. */
  draw(option: EChartsOption, size: ChartSize): void
  /** Where a place of the axes is, px from the left and top; null outside. */
  pixelOf(x: number, y: number): readonly [number, number] | null
  /** Marks one part of a series drawn as bars or cells; null marks nothing. */
  mark(part: { series: number; index: number } | null): void
  dispose(): void
}

/** A chart in the element, which must have a size. */
export function createDrawing(element: HTMLElement): Drawing {
  const chart = init(element, null, { renderer: 'canvas' })
  // Pictures are told in words by the page; the canvas is one of its parts.
  return {
    draw(option, size) {
      if (chart.getWidth() !== size.width || chart.getHeight() !== size.height) chart.resize(size)
      chart.setOption(option, { replaceMerge: ['series'], lazyUpdate: false })
    },
    pixelOf(x, y) {
      const at: unknown = chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [x, y])
      if (!Array.isArray(at)) return null
      const [left, top] = at as unknown[]
      return typeof left === 'number' && typeof top === 'number' && Number.isFinite(left + top)
        ? [left, top]
        : null
    },
    mark(part) {
      chart.dispatchAction({ type: 'downplay' })
      if (part)
        chart.dispatchAction({ type: 'highlight', seriesId: `s${part.series}`, dataIndex: part.index })
    },
    dispose: () => chart.dispose(),
  }
}

// A chart in its frame: title, remark, and the same numbers as a table.
import { useState } from 'react'
import type { Chart } from '#contract/charts/chart.ts'
import type { ChartInk } from '#contract/charts/chart-ink.ts'
import { chartTable } from '#contract/charts/chart-points.ts'
import { ChartCanvas } from '#src/features/analytics/chart-canvas.tsx'
import { type Copy, CopyTable, PanelFrame } from '#src/features/analytics/panel-frame.tsx'
import { PanelTable } from '#src/features/analytics/panel-table.tsx'

interface ChartPanelProps {
  chart: Chart
  ink: ChartInk
  /** Every chart of the page as a table. */
  tables: boolean
  onCopy: Copy
}

/** Px: those that are read along time are lower than those that are read by rows. */
function heightOf(chart: Chart): number {
  if (chart.form === 'ranks') return Math.max(96, chart.places.length * 32 + 8)
  if (chart.form === 'heat') return 232
  return chart.span === 12 ? 280 : 252
}

const rowsShown = 12

/** One panel of the page. */
export function ChartPanel({ chart, ink, tables, onCopy }: ChartPanelProps) {
  const [own, setOwn] = useState<boolean | null>(null)
  const [seen, setSeen] = useState(tables)
  // The choice for the whole page takes back what was chosen here.
  if (seen !== tables) {
    setSeen(tables)
    setOwn(null)
  }
  const isTable = own ?? tables
  const table = isTable ? chartTable(chart) : null
  const height = heightOf(chart)
  const isEmpty = chart.form === 'cloud' ? chart.dots.length === 0 : chart.places.length === 0
  return (
    <PanelFrame
      part={chart}
      acts={
        <>
          {table && <CopyTable title={chart.title} table={() => table} onCopy={onCopy} />}
          <button
            type="button"
            className="an-act"
            aria-pressed={isTable}
            aria-label={`${chart.title} as a table`}
            onClick={() => setOwn(!isTable)}
          >
            Table
          </button>
        </>
      }
    >
      {isEmpty ? (
        <p className="an-none t3">Nothing to show here in this period.</p>
      ) : table ? (
        <PanelTable
          title={chart.title}
          table={table}
          maxHeight={Math.max(height, table.rows.length > rowsShown ? 300 : 0)}
        />
      ) : (
        <ChartCanvas chart={chart} ink={ink} height={height} />
      )}
    </PanelFrame>
  )
}

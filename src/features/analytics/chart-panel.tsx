// A chart in its frame: title, remark, and the same numbers as a table.
import { useState } from 'react'
import type { Chart } from '#contract/charts/chart.ts'
import type { ChartInk } from '#contract/charts/chart-ink.ts'
import { chartTable, tableText } from '#contract/charts/chart-points.ts'
import { BehindLink } from '#src/features/analytics/behind-link.tsx'
import { ChartCanvas } from '#src/features/analytics/chart-canvas.tsx'

interface ChartPanelProps {
  chart: Chart
  ink: ChartInk
  /** Every chart of the page as a table. */
  tables: boolean
  onCopy: (text: string, done: string) => void
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
    <section className="an-panel" data-span={chart.span} aria-label={chart.title} data-chart={chart.id}>
      <header>
        <h2>{chart.title}</h2>
        {chart.note && <span className="an-note clip">{chart.note}</span>}
        <span className="an-panel-acts">
          {isTable && (
            <button
              type="button"
              className="an-act"
              aria-label={`Copy the table of ${chart.title}`}
              onClick={() => onCopy(tableText(chartTable(chart)), `Copied “${chart.title}” as a table.`)}
            >
              Copy
            </button>
          )}
          <button
            type="button"
            className="an-act"
            aria-pressed={isTable}
            aria-label={`${chart.title} as a table`}
            onClick={() => setOwn(!isTable)}
          >
            Table
          </button>
        </span>
      </header>
      {isEmpty ? (
        <p className="an-none t3">Nothing to show here in this period.</p>
      ) : table ? (
        <div
          className="an-table-scroll"
          style={{ maxHeight: Math.max(height, table.rows.length > rowsShown ? 300 : 0) }}
          tabIndex={0}
          role="group"
          aria-label={`${chart.title}, table`}
        >
          <table className="an-table">
            <thead>
              <tr>
                {table.head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row, line) => (
                // Two hours of one name exist where clocks are set back.
                <tr key={`${row.name} ${line}`}>
                  <th scope="row">{row.name}</th>
                  {row.cells.map((cell, index) => (
                    <td key={table.head[index + 1]}>
                      <BehindLink behind={cell.behind}>{cell.text}</BehindLink>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <ChartCanvas chart={chart} ink={ink} height={height} />
      )}
    </section>
  )
}

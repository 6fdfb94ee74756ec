// Numbers of a panel as a table: each leads to the call or the calls behind it.
import type { ChartTable } from '#contract/charts/chart-points.ts'
import { BehindLink } from '#src/features/analytics/behind-link.tsx'

interface PanelTableProps {
  title: string
  table: ChartTable
  /** Px, beyond which it scrolls. */
  maxHeight?: number
}

/** The table, which scrolls within its panel. */
export function PanelTable({ title, table, maxHeight }: PanelTableProps) {
  return (
    <div
      className="an-table-scroll"
      style={{ maxHeight }}
      tabIndex={0}
      role="group"
      aria-label={`${title}, table`}
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
              <th scope="row">
                <BehindLink behind={row.behind ?? null}>{row.name}</BehindLink>
              </th>
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
  )
}

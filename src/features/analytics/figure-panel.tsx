// A table that stands for itself, such as the AI beside people: every number opens its calls.
import type { FigureTable } from '#contract/charts/chart.ts'
import { BehindLink } from '#src/features/analytics/behind-link.tsx'

interface FigurePanelProps {
  table: FigureTable
  onCopy: (text: string, done: string) => void
}

/** One panel of the page. */
export function FigurePanel({ table, onCopy }: FigurePanelProps) {
  const text = () =>
    [table.head, ...table.rows.map(({ name, cells }) => [name, ...cells.map((cell) => cell.text)])]
      .map((cells) => cells.join('\t'))
      .join('\n')
  return (
    <section className="an-panel" data-span={table.span} aria-label={table.title} data-chart={table.id}>
      <header>
        <h2>{table.title}</h2>
        {table.note && <span className="an-note clip">{table.note}</span>}
        <span className="an-panel-acts">
          <button
            type="button"
            className="an-act"
            aria-label={`Copy the table ${table.title}`}
            onClick={() => onCopy(text(), `Copied “${table.title}” as a table.`)}
          >
            Copy
          </button>
        </span>
      </header>
      {table.rows.length === 0 ? (
        <p className="an-none t3">Nobody in this period.</p>
      ) : (
        <div className="an-table-scroll" tabIndex={0} role="group" aria-label={`${table.title}, table`}>
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
              {table.rows.map((row) => (
                <tr key={row.name}>
                  <th scope="row">
                    <BehindLink behind={row.behind}>{row.name}</BehindLink>
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
      )}
    </section>
  )
}

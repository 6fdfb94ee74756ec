// A table that stands for itself, such as the AI beside people: every number opens its calls.
import type { FigureTable } from '#contract/charts/chart.ts'
import { type Copy, CopyTable, PanelFrame } from '#src/features/analytics/panel-frame.tsx'
import { PanelTable } from '#src/features/analytics/panel-table.tsx'

interface FigurePanelProps {
  table: FigureTable
  onCopy: Copy
}

/** One panel of the page. */
export function FigurePanel({ table, onCopy }: FigurePanelProps) {
  const { title, rows } = table
  return (
    <PanelFrame part={table} acts={<CopyTable title={title} table={() => table} onCopy={onCopy} />}>
      {rows.length === 0 ? (
        <p className="an-none t3">Nobody in this period.</p>
      ) : (
        <PanelTable title={title} table={table} />
      )}
    </PanelFrame>
  )
}

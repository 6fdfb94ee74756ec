// The frame of every panel of a page: title, remark, and what can be done with it.
import type { ReactNode } from 'react'
import type { Chart, FigureTable } from '#contract/charts/chart.ts'
import { type ChartTable, tableText } from '#contract/charts/chart-points.ts'

/** Takes a table as text, and what to say once it is copied. */
export type Copy = (text: string, done: string) => void

interface PanelFrameProps {
  part: Pick<Chart | FigureTable, 'id' | 'title' | 'note' | 'span'>
  /** At the right of the head. */
  acts: ReactNode
  children: ReactNode
}

/** A section with its head. */
export function PanelFrame({ part, acts, children }: PanelFrameProps) {
  const { id, title, note, span } = part
  return (
    <section className="an-panel" data-span={span} aria-label={title} data-chart={id}>
      <header>
        <h2>{title}</h2>
        {note && <span className="an-note clip">{note}</span>}
        <span className="an-panel-acts">{acts}</span>
      </header>
      {children}
    </section>
  )
}

interface CopyTableProps {
  title: string
  table: () => ChartTable
  onCopy: Copy
}

/** The act that copies the table of a panel. */
export function CopyTable({ title, table, onCopy }: CopyTableProps) {
  return (
    <button
      type="button"
      className="an-act"
      aria-label={`Copy the table of ${title}`}
      onClick={() => onCopy(tableText(table()), `Copied “${title}” as a table.`)}
    >
      Copy
    </button>
  )
}

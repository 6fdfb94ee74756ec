// A page of analytics as sections of a PDF: figures, then every chart with the table behind it.
import { chartTable } from '#contract/charts/chart-points.ts'
import { type Sheet, isTable } from '#contract/charts/chart.ts'
import type { PdfSection } from '#server/modules/exports/pdf/pdf-document.ts'

/** More rows than this behind a chart are for a spreadsheet. */
const rowsAtMost = 200

/** Sections of one page; without `charts` the tables alone. */
export function sheetSections(title: string, sheet: Sheet, charts: boolean): PdfSection[] {
  if (sheet.calls === 0) return [{ title, text: sheet.none ?? 'No calls in this period.' }]
  return [
    {
      title,
      table: {
        titles: ['Figure', 'Value', 'Change', ''],
        rows: sheet.tiles.map(({ name, text, change, of }) => [name, text, change ?? '', of ?? '']),
      },
    },
    ...sheet.charts.map((part): PdfSection => {
      const { head, rows } = isTable(part) ? part : chartTable(part)
      const left = rows.length - rowsAtMost
      const text = [
        part.note,
        left > 0 ? `The first ${rowsAtMost} of ${rows.length}; all are in the CSV.` : undefined,
      ]
        .filter((remark) => remark !== undefined)
        .join(' · ')
      return {
        title: part.title,
        ...(text ? { text } : {}),
        ...(charts && !isTable(part) ? { chart: part } : {}),
        table: {
          titles: head,
          rows: rows.slice(0, rowsAtMost).map(({ name, cells }) => [name, ...cells.map((cell) => cell.text)]),
        },
      }
    }),
  ]
}

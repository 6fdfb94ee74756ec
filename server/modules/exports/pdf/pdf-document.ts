// What a PDF is made of, as plain data: it goes to a thread of its own.
import type { Chart } from '#contract/charts/chart.ts'

export interface PdfTable {
  titles: readonly string[]
  rows: readonly (readonly string[])[]
}

export interface PdfSection {
  title?: string
  /** A sentence under the title. */
  text?: string
  /** Drawn as vectors. */
  chart?: Chart
  table?: PdfTable
}

export interface PdfDocument {
  title: string
  /** Lines above all else: name and value. */
  head: readonly (readonly [string, string])[]
  sections: readonly PdfSection[]
}

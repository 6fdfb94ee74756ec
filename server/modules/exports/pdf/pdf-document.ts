// What a PDF is made of, as plain data: it goes to a thread of its own.

export interface PdfTable {
  titles: readonly string[]
  rows: readonly (readonly string[])[]
}

export interface PdfSection {
  title?: string
  /** A sentence under the title. */
  text?: string
  /** A chart as SVG, drawn as vectors. */
  svg?: string
  /** What the chart shows, in words. */
  alt?: string
  table?: PdfTable
}

export interface PdfDocument {
  title: string
  /** Lines above all else: name and value. */
  head: readonly (readonly [string, string])[]
  sections: readonly PdfSection[]
}

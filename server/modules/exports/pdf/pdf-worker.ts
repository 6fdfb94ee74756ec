// The thread that lays out one PDF and ends: it works for seconds without a pause, which nobody who serves may do.
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type * as echarts from 'echarts'
import pdfmake from 'pdfmake'
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { paperInk } from '#contract/charts/chart-ink.ts'
import { chartOption } from '#contract/charts/chart-option.ts'
import type { Chart } from '#contract/charts/chart.ts'
import type { PdfDocument, PdfSection, PdfTable } from '#server/modules/exports/pdf/pdf-document.ts'

const require = createRequire(import.meta.url)
const font = (name: string) => require.resolve(`@expo-google-fonts/inter/${name}.ttf`)
const regular = font('400Regular/Inter_400Regular')
const semibold = font('600SemiBold/Inter_600SemiBold')

pdfmake.addFonts({ Inter: { normal: regular, bold: semibold, italics: regular, bolditalics: semibold } })
// A document is made of what it was given: nothing is fetched, and of the disk only the fonts are read.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => path === regular || path === semibold)

const ink = '#1b1f27'
const dim = '#5b6472'
const rule = '#d5d9e0'
/** Inside the margins of a page across, points. */
const width = 770

/** Px at which charts are drawn: as wide as points, so that letters have the size they say. */
const heights = { lines: 220, areas: 220, columns: 220, heat: 240, cloud: 300 } as const

/** The chart as SVG, by the very options of the screen. The library is large, and lists have no charts. */
function drawn(chart: Chart): string {
  // In one file: as modules it is hundreds.
  const { init } = require('echarts') as typeof echarts
  const height = chart.form === 'ranks' ? 40 + chart.places.length * 24 : heights[chart.form]
  const view = init(null, null, { renderer: 'svg', ssr: true, width, height })
  view.setOption({ ...chartOption(chart, paperInk, { width, height }), animation: false })
  const svg = view.renderToSVGString()
  view.dispose()
  return svg
}

function table({ titles, rows }: PdfTable): Content {
  return {
    table: {
      headerRows: 1,
      widths: titles.map(() => 'auto'),
      body: [
        titles.map((title) => ({ text: title, bold: true })),
        ...rows.map((cells) => cells.map((cell) => ({ text: cell }))),
      ],
      dontBreakRows: true,
    },
    layout: {
      hLineWidth: (place: number) => (place === 1 ? 0.8 : 0.4),
      vLineWidth: () => 0,
      hLineColor: () => rule,
      paddingLeft: () => 3,
      paddingRight: () => 5,
      paddingTop: () => 2,
      paddingBottom: () => 2,
    },
    fontSize: titles.length > 10 ? 6.5 : 8,
    margin: [0, 4, 0, 14],
  }
}

function section({ title, text, chart, table: rows }: PdfSection): Content[] {
  const above: Content[] = [
    ...(title ? [{ text: title, bold: true, fontSize: 12, margin: [0, 10, 0, 2] } as Content] : []),
    ...(text ? [{ text, color: dim, margin: [0, 0, 0, 4] } as Content] : []),
    ...(chart ? [{ svg: drawn(chart), width, margin: [0, 2, 0, 2] } as Content] : []),
  ]
  // A title never stands alone at the foot of a page.
  return [{ stack: above, unbreakable: true }, ...(rows ? [table(rows)] : [])]
}

function definition({ title, head, sections }: PdfDocument): TDocumentDefinitions {
  return {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [36, 36, 36, 40],
    info: { title: `Callboard: ${title}`, creator: 'Callboard', producer: 'Callboard' },
    defaultStyle: { font: 'Inter', fontSize: 9, color: ink },
    content: [
      { text: title, bold: true, fontSize: 18, margin: [0, 0, 0, 6] },
      {
        table: {
          widths: ['auto', '*'],
          body: head.map(([name, value]) => [{ text: name, color: dim }, { text: value }]),
        },
        layout: 'noBorders',
        margin: [0, 0, 0, 8],
      },
      ...sections.flatMap(section),
    ],
    footer: (page, pages) => ({
      columns: [
        { text: `Callboard · ${title}`, color: dim },
        { text: `Page ${page} of ${pages}`, alignment: 'right', color: dim },
      ],
      fontSize: 8,
      margin: [36, 14, 36, 0],
    }),
  }
}

const bytes = await pdfmake.createPdf(definition(workerData as PdfDocument)).getBuffer()
parentPort?.postMessage(new Uint8Array(bytes))

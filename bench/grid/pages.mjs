// The three pages under test: where they are, and by which handles the driver reads their rows.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { serveFolder } from './serve-folder.mjs'

/**
 * How a page's rows are found.
 * @typedef {{ scroller: string, row: string, rowId: string, col: string }} Handles
 * @typedef {{ name: 'A' | 'F' | 'console', title: string, handles: Handles, address: (given: { server: string,
 *   token: string, height: number, beat?: number }) => string }} Page
 */

/** @type {Handles} the product's own, see the design's "Handles for measuring" */
const handles = {
  scroller: '[data-grid-scroller]',
  row: '[data-grid-scroller] [data-call-id]',
  rowId: 'data-call-id',
  col: 'data-col',
}

/** @type {Handles} AG Grid's */
const agHandles = {
  scroller: '.ag-grid-viewport',
  row: '.ag-grid-viewport .ag-row[row-id]',
  rowId: 'row-id',
  col: 'col-id',
}

/**
 * Builds the reference pages into a temporary folder and serves them.
 * @returns {Promise<{ pages: Record<'A' | 'F' | 'console', Page>, origin: string, close: () => void }>}
 */
export async function preparePages() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'callboard-grid-'))
  process.env.NODE_ENV = 'production'
  await build({
    configFile: path.join(import.meta.dirname, 'vite.config.mjs'),
    build: { outDir: folder, emptyOutDir: true },
  })
  const files = await serveFolder(folder)
  const reference =
    (name) =>
    ({ server, token, height, beat }) =>
      `${files.origin}/${name}/index.html#server=${encodeURIComponent(server)}&token=${token}&height=${height}&options=${process.env.BENCH_AG ?? ''}${beat ? `&beat=${beat}` : ''}`
  return {
    pages: {
      A: { name: 'A', title: 'AG Grid', handles: agHandles, address: reference('ag-grid') },
      F: { name: 'F', title: 'bare floor', handles, address: reference('floor') },
      console: { name: 'console', title: 'console', handles, address: ({ server }) => `${server}/live` },
    },
    origin: files.origin,
    close() {
      files.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

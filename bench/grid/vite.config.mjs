// Builds the two reference pages for the grid bench, as small as Vite makes them.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { defineConfig } from 'vite'

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname)
const pages = ['ag-grid', 'floor']
const addressOf = (name) => path.join(here, name, 'index.html')

/** The pages are one document with another script each. */
const onePage = {
  name: 'one-page',
  enforce: 'pre',
  resolveId: (id) => (pages.some((name) => addressOf(name) === id) ? id : null),
  load(id) {
    const name = pages.find((page) => addressOf(page) === id)
    return name ? readFileSync(path.join(here, 'page/page.html'), 'utf8').replaceAll('%page%', name) : null
  },
}

export default defineConfig({
  root: here,
  base: './',
  logLevel: 'warn',
  plugins: [onePage],
  build: {
    target: 'es2023',
    emptyOutDir: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rollupOptions: { input: Object.fromEntries(pages.map((name) => [name, addressOf(name)])) },
  },
})

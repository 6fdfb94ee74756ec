// Builds the two reference pages for the grid bench, as small as Vite makes them.
import path from 'node:path'
import { defineConfig } from 'vite'

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname)

export default defineConfig({
  root: here,
  base: './',
  logLevel: 'warn',
  build: {
    target: 'es2023',
    emptyOutDir: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      input: {
        'ag-grid': path.join(here, 'ag-grid/index.html'),
        floor: path.join(here, 'floor/index.html'),
      },
    },
  },
})

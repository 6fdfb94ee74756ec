import react from '@vitejs/plugin-react'
import { type Plugin, defineConfig } from 'vite'
import { demoPeople } from './server/auth/demo-users.ts'

/** Under `npm run dev` Vite serves the page, so it has to write what the bundled server writes otherwise. */
const demoSettings: Plugin = {
  name: 'demo-settings',
  apply: 'serve',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { name: 'callboard-config', content: JSON.stringify({ auth: 'local', demo: demoPeople() }) },
      injectTo: 'head',
    },
  ],
}

export default defineConfig({
  plugins: [react(), demoSettings],
  // Each response of the bundled server puts its own nonce here.
  html: { cspNonce: '__CSP_NONCE__' },
  worker: { format: 'es' },
  // One style sheet: code that comes later comes alone, and can be asked for again when the server was away.
  build: { outDir: 'dist', target: 'es2023', assetsInlineLimit: 0, cssCodeSplit: false },
  server: {
    port: 5173,
    strictPort: true,
    proxy: {
      '/api': { target: 'http://127.0.0.1:8000', ws: true },
      '/socket.io': { target: 'http://127.0.0.1:8000', ws: true },
    },
  },
})

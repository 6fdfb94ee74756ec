// How the server's sources become files that Node runs: one way for the build and for the benches.
import { join } from 'node:path'
import { root } from './ready.mjs'

/** esbuild's settings for all that is made of the server's sources; what is bundled and where it goes is the caller's. */
export const serverBundle = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  // #contract and #server name our own sources: bundled although they look like packages.
  plugins: [{ name: 'own-sources', setup: bundleOwnSources }],
  sourcemap: true,
  logLevel: 'warning',
}

function bundleOwnSources(build) {
  build.onResolve({ filter: /^#/ }, ({ path }) => ({ path: join(root, path.slice(1)) }))
}

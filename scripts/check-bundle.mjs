// npm run bundle:check: what a browser fetches before the first screen, after gzip, stays within the budget.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './ready.mjs'

// kB (1,000 bytes) after gzip, scripts and styles that index.html names. Raise it only with a reason in the commit.
const budgetKb = 230

const dist = join(root, 'dist')
if (!existsSync(join(dist, 'index.html'))) {
  console.error('There is no build to weigh. Run: npm run build')
  process.exit(1)
}
const page = readFileSync(join(dist, 'index.html'), 'utf8')
const files = [...page.matchAll(/<(script|link)\b[^>]*>/g)]
  .filter(([tag, kind]) => kind === 'script' || /rel="(stylesheet|modulepreload)"/.test(tag))
  .map(([tag]) => /(?:src|href)="([^"]+\.(?:js|css))"/.exec(tag)?.[1])
  .filter((file) => file !== undefined)

let total = 0
for (const file of new Set(files)) {
  const size = gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1000
  total += size
  console.log(`${size.toFixed(1).padStart(8)} kB  ${file}`)
}
console.log(`${total.toFixed(1).padStart(8)} kB  first load, budget ${budgetKb} kB`)
if (files.length === 0 || total > budgetKb) {
  console.error(
    files.length === 0 ? 'index.html names no script: is the build whole?' : 'The first load is over budget.',
  )
  process.exit(1)
}

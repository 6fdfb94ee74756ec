// npm run bundle:check: what a browser fetches until the board shows, after gzip, stays within the budget.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './ready.mjs'

// kB (1,000 bytes) after gzip. Raise them only with a reason in the commit.
const budgets = { js: 155, css: 32 }
/** Fetched for the board beside what index.html names: the page itself and the worker that keeps the floor. */
const boardFiles = /^(live-page|live-worker)-.*\.(js|css)$/

const dist = join(root, 'dist')
if (!existsSync(join(dist, 'index.html'))) {
  console.error('There is no build to weigh. Run: npm run build')
  process.exit(1)
}
const page = readFileSync(join(dist, 'index.html'), 'utf8')
const named = [...page.matchAll(/<(script|link)\b[^>]*>/g)]
  .filter(([tag, kind]) => kind === 'script' || /rel="(stylesheet|modulepreload)"/.test(tag))
  .map(([tag]) => /(?:src|href)="([^"]+\.(?:js|css))"/.exec(tag)?.[1])
  .filter((file) => file !== undefined)
const forBoard = readdirSync(join(dist, 'assets'))
  .filter((file) => boardFiles.test(file))
  .map((file) => `/assets/${file}`)

const sums = { js: 0, css: 0 }
for (const file of new Set([...named, ...forBoard])) {
  const size = gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1000
  sums[file.endsWith('.css') ? 'css' : 'js'] += size
  console.log(`${size.toFixed(1).padStart(8)} kB  ${file}`)
}
let isOver = false
for (const [kind, budget] of Object.entries(budgets)) {
  console.log(`${sums[kind].toFixed(1).padStart(8)} kB  ${kind} until the board shows, budget ${budget} kB`)
  isOver ||= sums[kind] > budget
}
if (named.length === 0 || forBoard.length < 2 || isOver) {
  console.error(
    isOver ? 'The first load is over budget.' : 'Files of the first load are missing: is the build whole?',
  )
  process.exit(1)
}

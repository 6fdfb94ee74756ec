// npm run docs:check: what the documents point at exists. Finds dead links, commands that are no scripts, paths that are not there.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pathsOfAClone } from './clone-paths.mjs'
import { findDocFaults } from './doc-faults.mjs'

const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'))
const scripts = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts)

const exists = pathsOfAClone(root)

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'contract/PROTOCOL.md',
  ...markdownBelow('docs'),
]
const present = documents.filter((file) => existsSync(join(root, file)))
const faults = present.flatMap((file) => {
  const text = readFileSync(join(root, file), 'utf8')
  return findDocFaults({ text, root, folder: dirname(join(root, file)), scripts, exists }).map(
    ({ line, what }) => `${file}:${line}  ${what}`,
  )
})
for (const required of documents.slice(0, 4)) {
  if (!present.includes(required)) faults.push(`${required}  is missing`)
}

for (const fault of faults) console.error(fault)
console.log(`${present.length} documents, ${faults.length} faults`)
process.exitCode = faults.length > 0 ? 1 : 0

function markdownBelow(folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

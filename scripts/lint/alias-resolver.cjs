// Tells the fence plugin where an import leads: package aliases (#src/…) and relative paths; the rest is a package.
const { existsSync } = require('node:fs')
const path = require('node:path')

const root = path.resolve(__dirname, '../..')

exports.interfaceVersion = 2

/** Answers `found: false` for packages, which the fence plugin then judges by name. */
exports.resolve = (source, file) => {
  if (source.startsWith('#')) return at(path.join(root, source.slice(1)))
  if (source.startsWith('.')) return at(path.resolve(path.dirname(file), source))
  return { found: false }
}

function at(target) {
  const bare = target.replace(/\?.*$/, '')
  return existsSync(bare) ? { found: true, path: bare } : { found: false }
}

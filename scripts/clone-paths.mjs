// What a fresh clone has, told without making one: a file that only lies on this machine is not there for anybody else.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A check of paths relative to `root`, folders with or without their slash. True for what is committed or about to be,
 * and for what `.gitignore` names, which a command makes. Outside a work tree (an unpacked archive) it is what lies there.
 */
export function pathsOfAClone(root) {
  const files = git(root, ['ls-files', '--cached', '--others', '--exclude-standard', '-z'])
  if (files === null) return (path) => existsSync(join(root, path))
  const known = new Set([''])
  for (const file of files.split('\0')) {
    for (let path = file; path !== '.' && path !== '' && !known.has(path); path = folderOf(path))
      known.add(path)
  }
  return (path) => {
    const bare = path.replace(/\/$/, '')
    if (known.has(bare)) return existsSync(join(root, bare))
    if (bare.startsWith('..')) return existsSync(join(root, bare))
    return git(root, ['check-ignore', '--quiet', '--', path]) !== null
  }
}

function folderOf(path) {
  const end = path.lastIndexOf('/')
  return end < 0 ? '' : path.slice(0, end)
}

/** Output of a git command, or null when it fails: no work tree, no git, or the answer "no". */
function git(root, args) {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return null
  }
}

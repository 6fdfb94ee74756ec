// Reads one Markdown text and names what it points at in vain.
import { relative, resolve } from 'node:path'

const topFolders = ['src', 'server', 'contract', 'tests', 'scripts', 'docs', 'public', 'bench', '.ci']
// Lifecycle names that npm runs without `run`.
const lifecycle = ['start', 'test']

/**
 * Faults of a document: `{ line, what }`, lines counted from 1. `folder` is where its relative links start;
 * `exists(path)` says of a path relative to `root` whether a clone has it.
 */
export function findDocFaults({ text, root, folder, scripts, exists }) {
  const faults = []
  const lines = text.split('\n')
  let tree = null
  let inFence = false
  lines.forEach((content, index) => {
    const report = (what) => faults.push({ line: index + 1, what })
    if (/^\s*(```|~~~)/.test(content)) {
      inFence = !inFence
      tree = inFence && isTree(lines, index + 1) ? { folders: [] } : null
      return
    }
    for (const name of commandsIn(content)) {
      if (!scripts.includes(name)) report(`npm script "${name}" does not exist`)
    }
    if (tree !== null) {
      const path = treePath(content, tree)
      if (path !== null && !exists(path)) report(`${path} does not exist`)
      return
    }
    if (inFence) return
    for (const target of linksIn(content)) {
      if (!exists(relative(root, resolve(folder, target)))) report(`link to ${target} leads nowhere`)
    }
    for (const path of pathsIn(content)) {
      if (!exists(path)) report(`${path} does not exist`)
    }
  })
  return faults
}

function commandsIn(content) {
  const named = [...content.matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map((match) => match[1])
  const bare = [...content.matchAll(/\bnpm (start|test)\b/g)].map((match) => match[1])
  return [...named, ...bare.filter((name) => lifecycle.includes(name))]
}

function linksIn(content) {
  return [...withoutCode(content).matchAll(/\]\(([^)\s]+)[^)]*\)/g)]
    .map((match) => decodeURI(match[1].replace(/[#?].*$/, '')))
    .filter((target) => target !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(target) && !target.startsWith('/'))
}

/** Backticked words that start in one of our folders and hold no pattern: `src/live/use-live.ts`, `#contract/call.ts`. */
function pathsIn(content) {
  return [...content.matchAll(/`([^`\s]+)`/g)]
    .map((match) => match[1].replace(/^#/, '').replace(/:\d+$/, ''))
    .filter((word) => topFolders.some((folder) => word.startsWith(`${folder}/`)))
    .filter((word) => !/[<>*{}…()|$]|\bNNNN\b/.test(word))
}

function withoutCode(content) {
  return content.replace(/`[^`]*`/g, '')
}

/** A fence shows a tree when its first entry is one of our folders. */
function isTree(lines, start) {
  const first = lines.slice(start).find((line) => line.trim() !== '') ?? ''
  return topFolders.some((folder) => first.startsWith(`${folder}/`))
}

/** Path of a tree's line: its first word below the folders that stand further left. Notes are what follows. */
function treePath(content, tree) {
  const match = /^(\s*)(\S+)/.exec(content)
  if (match === null) return null
  const indent = match[1].length
  const name = match[2]
  while (tree.folders.length > 0 && tree.folders.at(-1).indent >= indent) tree.folders.pop()
  const path = [...tree.folders.map((folder) => folder.name), name].join('').replace(/\/$/, '')
  if (/[<>*{}…]/.test(name)) return null
  if (name.endsWith('/')) tree.folders.push({ indent, name })
  return path
}

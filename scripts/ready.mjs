// Brings a clone to the point where it runs: the right Node, the packages of the lockfile, a build of the sources.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { say, took } from './console-line.mjs'
import { runProgram } from './run-program.mjs'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

const installStamp = join(root, 'node_modules', '.callboard-lock')
const buildStamp = join(root, 'build', '.sources')
const minimum = [20, 19]

/** Ends the process with advice when this Node is too old. */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > minimum[0] || (major === minimum[0] && minor >= minimum[1])) return
  console.error(`Callboard needs Node ${minimum.join('.')} or newer; this is ${version}.`)
  console.error(
    'Install a newer one from https://nodejs.org, or run "nvm install" in this folder, then try again.',
  )
  process.exit(1)
}

/** Installs the lockfile's packages unless they are there already. Throws when npm fails. */
export async function ensureInstalled() {
  const wanted = installKey()
  if (read(installStamp) === wanted) return
  if (!matchesLockfile()) {
    const startedAt = Date.now()
    say('installing packages (npm ci) …')
    // Development packages too: they build the console, whatever NODE_ENV says.
    const code = await runProgram('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root })
    if (code !== 0) throw new Error(`npm ci failed with code ${code}: see its output above.`)
    say(`packages installed in ${took(startedAt)}`)
  }
  writeFileSync(installStamp, wanted)
}

/** Builds console and server unless the build on disk is of these sources. Throws when the build fails. */
export async function ensureBuilt() {
  const wanted = sourcesKey()
  if (read(buildStamp) === wanted && existsSync(join(root, 'dist', 'index.html'))) return
  const startedAt = Date.now()
  say('building …')
  const code = await runProgram(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root })
  if (code !== 0) throw new Error(`The build failed with code ${code}: see its output above.`)
  mkdirSync(dirname(buildStamp), { recursive: true })
  writeFileSync(buildStamp, wanted)
  say(`built in ${took(startedAt)}`)
}

function installKey() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  return hash.update(`${process.platform} ${process.arch} ${process.versions.modules}`).digest('hex')
}

/** True when npm's own record of what it installed names every package of the lockfile, at its version. */
function matchesLockfile() {
  const record = read(join(root, 'node_modules', '.package-lock.json'))
  if (record === null) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const installed = JSON.parse(record).packages
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version,
  )
}

function sourcesKey() {
  const hash = createHash('sha256')
  const single = [
    'index.html',
    'vite.config.ts',
    'package.json',
    'package-lock.json',
    'tsconfig.base.json',
    '.env',
  ]
  const files = ['src', 'server', 'contract', 'public'].flatMap(filesBelow)
  for (const file of [...single, 'scripts/build.mjs', 'scripts/server-bundle.mjs', ...files].sort(byText)) {
    const path = join(root, file)
    if (existsSync(path)) hash.update(`${file}\0`).update(readFileSync(path)).update('\0')
  }
  const settings = Object.entries(process.env).filter(([name]) => name.startsWith('VITE_'))
  return hash.update(JSON.stringify(settings.sort(([a], [b]) => byText(a, b)))).digest('hex')
}

function byText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0
}

function filesBelow(folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : []
  })
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

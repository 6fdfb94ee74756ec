// clerk-js itself, fetched once from the package registry: the journey runs the script that people run.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export const clerkJsVersion = '5.128.0'
const fetchMs = 60_000

/** Folder with `clerk.browser.js` and its chunks. Throws when it is not there and cannot be fetched. */
export function fetchClerkScript(): string {
  const cache = join('node_modules', '.cache', 'clerk-js')
  const folder = join(cache, clerkJsVersion)
  const dist = join(folder, 'dist')
  if (existsSync(join(dist, 'clerk.browser.js'))) return dist
  const fresh = join(cache, `fetching-${process.pid}`)
  mkdirSync(fresh, { recursive: true })
  try {
    const pack = ['pack', `@clerk/clerk-js@${clerkJsVersion}`, '--pack-destination', fresh]
    execFileSync('npm', pack, { timeout: fetchMs, stdio: 'pipe', shell: process.platform === 'win32' })
    const archive = join(fresh, `clerk-clerk-js-${clerkJsVersion}.tgz`)
    execFileSync('tar', ['-xzf', archive, '-C', fresh], { timeout: fetchMs, stdio: 'pipe' })
    rmSync(folder, { recursive: true, force: true })
    renameSync(join(fresh, 'package'), folder)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return dist
}

// The browser of the journeys: found on this machine, or brought here.
import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { say } from './console-line.mjs'
import { runProgram } from './run-program.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Path of $CHROMIUM or of a Chromium on PATH; undefined when there is none. */
export function findBrowser(env = process.env) {
  if (env.CHROMIUM) return env.CHROMIUM
  return names.map((name) => which(name, env.PATH)).find((path) => path !== undefined)
}

/**
 * Makes sure that journeys have a browser: one that is here, else Debian's package, else Playwright's download.
 * Resolves false, with advice printed, when none could be had.
 */
export async function ensureBrowser() {
  const found = findBrowser()
  if (found !== undefined && existsSync(found)) return true
  if (found !== undefined) {
    console.error(`$CHROMIUM names ${found}, which does not exist.`)
    return false
  }
  if (existsSync(downloadedBrowser())) return true
  if (process.getuid?.() === 0 && which('apt-get') !== undefined) {
    say('no Chromium here: installing the system package …')
    await runProgram('apt-get', ['update', '-q'])
    const install = ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation']
    await runProgram('apt-get', install, { env: { DEBIAN_FRONTEND: 'noninteractive' } })
    if (findBrowser() !== undefined) return true
  }
  say('no Chromium here: asking Playwright for one …')
  await runProgram('npx', ['playwright', 'install', 'chromium'])
  if (existsSync(downloadedBrowser())) return true
  console.error('The browser journeys need Chromium, and none could be found or installed. Do one of these:')
  console.error('  apt-get install chromium          or another package of your system')
  console.error('  npx playwright install chromium   with access to the internet')
  console.error('  CHROMIUM=/path/to/chromium npm test')
  return false
}

function downloadedBrowser() {
  return createRequire(import.meta.url)('@playwright/test').chromium.executablePath()
}

function which(name, path = process.env.PATH) {
  return (path ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

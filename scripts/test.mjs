// npm test: everything there is to test, from a fresh clone too. The last line is the sum.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { say, took } from './console-line.mjs'
import { ensureBuilt, ensureInstalled, requireNode, root } from './ready.mjs'
import { runProgram } from './run-program.mjs'
import { addCounts, readPlaywright, readVitest, sumLine } from './test-counts.mjs'

requireNode()
const startedAt = Date.now()
const reports = mkdtempSync(join(tmpdir(), 'callboard-test-'))
const results = [failedChecks()]
try {
  await ensureInstalled()
  const hasBrowser = await ensureBrowser()
  // The journeys run what npm start runs, so the build is part of the test.
  const isBuilt = await built()
  results.push(await runUnitTests())
  if (!isBuilt) results.push({ passed: 0, failed: 1, skipped: 0, failures: ['The build failed.'] })
  else if (!hasBrowser) {
    results.push({ passed: 0, failed: 1, skipped: 0, failures: ['No Chromium for the browser journeys.'] })
  } else results.push(await runJourneys())
} catch (error) {
  results.push({ passed: 0, failed: 1, skipped: 0, failures: [error.message] })
} finally {
  rmSync(reports, { recursive: true, force: true })
}

const total = addCounts(results)
say(`tests ran for ${took(startedAt)}`)
if (total.failures.length > 0) {
  console.log(`\nFailed:\n${total.failures.map((failure) => `  ✗ ${failure}`).join('\n')}\n`)
}
console.log(sumLine(total))
process.exitCode = total.failed > 0 ? 1 : 0

// What the caller checked before and found wanting (names with spaces between) belongs into the one sum.
function failedChecks() {
  const names = (process.env.FAILED_CHECKS ?? '').split(' ').filter(Boolean)
  return { passed: 0, failed: names.length, skipped: 0, failures: names.map((name) => `npm run ${name}`) }
}

async function built() {
  try {
    await ensureBuilt()
    return true
  } catch (error) {
    console.error(error.message)
    return false
  }
}

// In CI a test that fails is tried once more: real sockets and processes share two cores there. The runners name what
// passed only the second time; by hand nothing is tried twice.
async function runUnitTests() {
  const file = join(reports, 'vitest.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  if (process.env.CI) args.push('--retry=1')
  const code = await runProgram(process.execPath, [bin('vitest/vitest.mjs'), ...args], { cwd: root })
  return readVitest(file, code, root)
}

async function runJourneys() {
  const file = join(reports, 'playwright.json')
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file }
  const args = [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json']
  if (process.env.CI) args.push('--retries=1')
  const code = await runProgram(process.execPath, args, { cwd: root, env })
  return readPlaywright(file, code)
}

function bin(path) {
  return join(root, 'node_modules', path)
}

// Reads the reports of the two test runners into one kind of count. A run that broke counts as a failure, never as nothing.
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'

/** Counts of a Vitest JSON report. A file that could not be loaded, or an error outside any test, counts as one failure. */
export function readVitest(file, exitCode, root) {
  if (!existsSync(file)) return broken('Vitest', exitCode)
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const count = { passed: 0, failed: 0, skipped: 0, failures: [] }
  for (const suite of report.testResults) {
    const name = relative(root, suite.name)
    for (const test of suite.assertionResults) {
      if (test.status === 'passed') count.passed++
      else if (test.status === 'failed') addFailure(count, `${name} › ${test.fullName}`)
      else count.skipped++
    }
    if (suite.status === 'failed' && !suite.assertionResults.some((test) => test.status === 'failed')) {
      addFailure(count, `${name} could not be run`)
    }
  }
  return withExitCode(count, 'Vitest', exitCode)
}

/** Counts of a Playwright JSON report. A test that only passed when repeated counts as passed. */
export function readPlaywright(file, exitCode) {
  if (!existsSync(file)) return broken('Playwright', exitCode)
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const count = { passed: 0, failed: 0, skipped: 0, failures: [] }
  for (const error of report.errors) addFailure(count, `Playwright: ${firstLine(error.message)}`)
  for (const suite of report.suites) readSuite(suite, count)
  return withExitCode(count, 'Playwright', exitCode)
}

/** Adds up counts and keeps every failure's name. */
export function addCounts(counts) {
  return {
    passed: sum(counts, 'passed'),
    failed: sum(counts, 'failed'),
    skipped: sum(counts, 'skipped'),
    failures: counts.flatMap((count) => count.failures),
  }
}

/** The last line of a run, in a form that programs read. */
export function sumLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function readSuite(suite, count) {
  for (const inner of suite.suites ?? []) readSuite(inner, count)
  for (const spec of suite.specs ?? []) {
    for (const test of spec.tests) {
      if (test.status === 'skipped') count.skipped++
      else if (test.status === 'unexpected') addFailure(count, `${spec.file} › ${spec.title}`)
      else count.passed++
    }
  }
}

function withExitCode(count, runner, exitCode) {
  if (exitCode !== 0 && count.failed === 0) {
    addFailure(count, `${runner} ended with code ${exitCode} though no test failed: see its output`)
  }
  return count
}

function broken(runner, exitCode) {
  return {
    passed: 0,
    failed: 1,
    skipped: 0,
    failures: [`${runner} ended with code ${exitCode} and left no report`],
  }
}

function addFailure(count, name) {
  count.failed++
  count.failures.push(name)
}

function firstLine(text = 'unknown error') {
  return text.split('\n')[0]
}

function sum(counts, key) {
  return counts.reduce((total, count) => total + count[key], 0)
}

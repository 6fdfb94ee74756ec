// The sum at the end of a run must not flatter: whatever broke is counted.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { addCounts, readPlaywright, readVitest, sumLine } from '../../scripts/test-counts.mjs'

const folder = mkdtempSync(join(tmpdir(), 'callboard-counts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let reports = 0
function report(content: unknown): string {
  const file = join(folder, `${++reports}.json`)
  writeFileSync(file, JSON.stringify(content))
  return file
}

const unitTest = (status: string, fullName = status) => ({ status, fullName })
const suite = (status: string, ...tests: object[]) => ({
  name: '/home/tests/call.test.ts',
  status,
  assertionResults: tests,
})

describe('unit tests', () => {
  test('counts what passed, failed and was skipped, and names the failure', () => {
    const file = report({
      testResults: [
        suite('failed', unitTest('passed'), unitTest('failed', 'keeps the row'), unitTest('skipped')),
      ],
    })
    expect(readVitest(file, 1, '/home')).toEqual({
      passed: 1,
      failed: 1,
      skipped: 1,
      failures: ['tests/call.test.ts › keeps the row'],
    })
  })
  test('counts a file that could not be loaded', () => {
    const file = report({ testResults: [suite('failed')] })
    expect(readVitest(file, 1, '/home')).toMatchObject({ passed: 0, failed: 1 })
  })
  test('counts an error outside of every test', () => {
    const file = report({ testResults: [suite('passed', unitTest('passed'))] })
    expect(readVitest(file, 1, '/home')).toMatchObject({ passed: 1, failed: 1 })
  })
  test('counts a run that left no report', () => {
    expect(readVitest(join(folder, 'none.json'), 137, '/home')).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe('browser journeys', () => {
  const spec = (title: string, status: string) => ({ title, file: 'watch.spec.ts', tests: [{ status }] })

  test('counts nested suites', () => {
    const inner = { specs: [spec('ends a call', 'unexpected'), spec('later', 'skipped')] }
    const file = report({ errors: [], suites: [{ specs: [spec('signs in', 'expected')], suites: [inner] }] })
    expect(readPlaywright(file, 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 1,
      failures: ['watch.spec.ts › ends a call'],
    })
  })
  test('counts a run in which nothing could be started', () => {
    const file = report({ errors: [{ message: 'No tests found\nat …' }], suites: [] })
    expect(readPlaywright(file, 1)).toMatchObject({ failed: 1, failures: ['Playwright: No tests found'] })
  })
})

test('the last line names skipped tests only when there are some', () => {
  const total = addCounts([
    { passed: 2, failed: 0, skipped: 0, failures: [] },
    { passed: 3, failed: 1, skipped: 0, failures: ['x'] },
  ])
  expect(sumLine(total)).toBe('5 passed, 1 failed')
  expect(sumLine({ ...total, skipped: 4 })).toBe('5 passed, 1 failed, 4 skipped')
})

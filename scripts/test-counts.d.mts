// Types of test-counts.mjs, for its test.

export interface Count {
  passed: number
  failed: number
  skipped: number
  failures: string[]
}

export function readVitest(file: string, exitCode: number, root: string): Count
export function readPlaywright(file: string, exitCode: number): Count
export function addCounts(counts: Count[]): Count
export function sumLine(count: Omit<Count, 'failures'>): string

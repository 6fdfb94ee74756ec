// Files as somebody might write them, each with the finding that it must cause, or none.
import { beforeAll, expect, test } from 'vitest'
import { type Finding, lintFiles } from './lint-tree.ts'

/** A single file: its path, its text, and the finding it must cause; without one it must cause none. */
export interface Snippet {
  name: string
  file: string
  text: string
  bites?: string
}

/** A file that uses the whole of another one. */
export const uses = (source: string) => `import * as part from '${source}'\nexport const kept = part\n`

/**
 * A test for each snippet. All are linted in one go, beside files that they import; what was found in any of those can be
 * asked for.
 */
export function testSnippets(
  snippets: readonly Snippet[],
  beside: Record<string, string> = {},
): { rulesIn(file: string): string[] } {
  let findings: Finding[] = []
  const rulesIn = (file: string) => findings.filter((found) => found.file === file).map(({ rule }) => rule)
  beforeAll(async () => {
    const single = Object.fromEntries(snippets.map(({ file, text }) => [file, text]))
    findings = await lintFiles({ ...beside, ...single })
  }, 120_000)
  test.each(snippets.filter((snippet) => snippet.bites))('refused: $name', ({ file, bites }) => {
    expect(rulesIn(file)).toContain(bites)
  })
  test.each(snippets.filter((snippet) => !snippet.bites))('allowed: $name', ({ file }) => {
    expect(rulesIn(file)).toEqual([])
  })
  return { rulesIn }
}

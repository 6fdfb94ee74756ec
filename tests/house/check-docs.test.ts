// The check of the documents must find each kind of rot, and leave sound documents alone.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { root } from './lint-tree.ts'

const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** Runs the check over a small project whose README holds the text; the other documents are sound. */
function checkReadme(
  text: string,
  prepare: (folder: string) => void = () => {},
): { code: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-docs-'))
  folders.push(folder)
  const files = {
    'package.json': '{ "scripts": { "start": "x", "docs:check": "x" } }',
    'README.md': text,
    'CONTRIBUTING.md': 'Read the [map](docs/map.md#trees).',
    'CHANGELOG.md': '# Changelog',
    'contract/PROTOCOL.md': 'P1 in `contract/call.ts`.',
    'contract/call.ts': '',
    'docs/map.md': 'Back to the [start](../README.md).',
  }
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  prepare(folder)
  const run = spawnSync(process.execPath, [join(root, 'scripts/check-docs.mjs'), folder], {
    encoding: 'utf8',
  })
  return { code: run.status, output: run.stdout + run.stderr }
}

const tree = (...lines: string[]) => ['```', ...lines, '```'].join('\n')

test.each([
  ['a link to a file', 'See [the map](docs/map.md).'],
  ['a link to the outside', 'See [Node](https://nodejs.org).'],
  ['a script', 'Run `npm run docs:check`, then `npm start`.'],
  ['a path in backticks', 'It is in `contract/call.ts` and `#contract/call.ts`.'],
  ['a pattern instead of a path', 'Write `src/features/<name>/` and `server/modules/*`.'],
  ['a tree', tree('contract/          both sides', '  call.ts          a call', 'docs/', '  map.md')],
])('is content with %s', (_name, text) => {
  expect(checkReadme(text)).toMatchObject({ code: 0 })
})

test.each([
  ['a dead link', 'See [the map](docs/gone.md).', 'README.md:1  link to docs/gone.md leads nowhere'],
  ['a script that is none', 'Run `npm run lint`.', 'README.md:1  npm script "lint" does not exist'],
  ['a script in a code block', tree('npm run build'), 'README.md:2  npm script "build" does not exist'],
  ['npm test without a test script', 'Run npm test.', 'README.md:1  npm script "test" does not exist'],
  ['a path that is gone', '\nSee `server/app.ts`.', 'README.md:2  server/app.ts does not exist'],
  [
    'an entry of a tree',
    tree('contract/', '  call.ts', '  gone.ts   a note'),
    'README.md:4  contract/gone.ts does not exist',
  ],
])('finds %s', (_name, text, fault) => {
  const { code, output } = checkReadme(text)
  expect(output).toContain(fault)
  expect(code).toBe(1)
})

describe('in a work tree', () => {
  function withLocalOutput(folder: string) {
    spawnSync('git', ['init', '--quiet'], { cwd: folder })
    mkdirSync(join(folder, 'bench/results'), { recursive: true })
    mkdirSync(join(folder, 'scripts/empty'), { recursive: true })
    writeFileSync(join(folder, '.gitignore'), 'bench/results/\n')
  }

  test('a folder that a clone would not have is found missing, though it lies here', () => {
    const { code, output } = checkReadme('See `scripts/empty/`.', withLocalOutput)
    expect(output).toContain('README.md:1  scripts/empty/ does not exist')
    expect(code).toBe(1)
  })

  test('what a command writes and git ignores may be named', () => {
    expect(checkReadme('Results are in `bench/results/`.', withLocalOutput)).toMatchObject({ code: 0 })
  })
})

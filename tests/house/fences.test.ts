// Proves that the fences bite: each known-bad import must fail, each allowed one pass, and the real tree be clean.
import { describe, expect, test } from 'vitest'
import { lintFolder, root } from './lint-tree.ts'
import { type Snippet, testSnippets, uses } from './snippets.ts'

// One folder of each kind, and what it may import beside the contract and itself.
const web = {
  'src/lib': [],
  'src/actions': ['src/lib'],
  'src/ui': ['src/lib', 'src/actions'],
  'src/floor': ['src/lib'],
  'src/live': ['src/floor', 'src/lib'],
  'src/gateway': ['src/lib'],
  'src/worker': ['src/floor', 'src/live', 'src/gateway', 'src/lib'],
  'src/features/grid': ['src/floor', 'src/live', 'src/gateway', 'src/actions', 'src/ui', 'src/lib'],
  'src/features/pane': ['src/floor', 'src/live', 'src/gateway', 'src/actions', 'src/ui', 'src/lib'],
  'src/app': [
    'src/floor',
    'src/live',
    'src/worker',
    'src/gateway',
    'src/actions',
    'src/ui',
    'src/lib',
    'src/features/grid',
    'src/features/pane',
  ],
}
const server = {
  'server/telemetry': [],
  'server/domain': ['server/telemetry'],
  'server/db': ['server/telemetry'],
  'server/ingest': ['server/telemetry', 'server/domain', 'server/db'],
  'server/feed': ['server/telemetry', 'server/domain', 'server/ingest'],
  'server/auth': ['server/telemetry', 'server/domain', 'server/db'],
  'server/http': ['server/telemetry', 'server/domain'],
  'server/realtime': ['server/telemetry', 'server/domain', 'server/db', 'server/auth'],
  'server/control': ['server/telemetry', 'server/domain', 'server/db'],
  'server/jobs': ['server/telemetry', 'server/domain', 'server/db'],
  'server/modules/calls': [
    'server/telemetry',
    'server/domain',
    'server/db',
    'server/ingest',
    'server/control',
    'server/jobs',
    'server/auth',
  ],
}
const matrix: Record<string, string[]> = { contract: [], ...web, ...server }
const folders = Object.keys(matrix)
const pairs = folders.flatMap((from) => folders.filter((to) => to !== from).map((to) => ({ from, to })))

const named = (folder: string) => folder.replaceAll('/', '-')
// Type imports count, so the matrix is tried with them; the schema rule below is about imports at run time.
const probe = (from: string, to: string) => `${from}/to-${named(to)}.ts`
const matrixFiles: Record<string, string> = {}
for (const folder of folders)
  matrixFiles[`${folder}/thing.ts`] = 'export interface Thing {\n  id: string\n}\n'
for (const { from, to } of pairs) {
  matrixFiles[probe(from, to)] = `import type { Thing } from '#${to}/thing.ts'\nexport type Mine = Thing\n`
}

const snippets: Snippet[] = [
  {
    name: 'a feature reaches for another one by a relative path',
    file: 'src/features/grid/a.ts',
    text: "export type { Thing } from '../pane/thing.ts'\n",
    bites: 'boundaries(dependencies)',
  },
  {
    name: 'a feature reaches for another one when it runs',
    file: 'src/features/grid/b.ts',
    text: "export const later = () => import('#src/features/pane/thing.ts')\n",
    bites: 'boundaries(dependencies)',
  },
  {
    name: 'a page joins two features',
    file: 'src/app/c.ts',
    text: "import type { Thing } from '#src/features/grid/thing.ts'\nimport type { Thing as Other } from '#src/features/pane/thing.ts'\nexport type Both = Thing & Other\n",
  },
  {
    name: 'a file lies in a folder nobody decided on',
    file: 'server/misc/d.ts',
    text: 'export const stray = 1\n',
    bites: 'boundaries(no-unknown-files)',
  },
  {
    name: 'an import leads to a folder nobody decided on',
    file: 'server/http/e.ts',
    text: uses('#server/misc/d.ts'),
    bites: 'boundaries(no-unknown-dependencies)',
  },
  {
    name: 'an import leads nowhere',
    file: 'server/http/f.ts',
    text: uses('./not-there.ts'),
    bites: 'boundaries(no-unknown-dependencies)',
  },
  {
    name: 'the product imports a test',
    file: 'server/http/g.ts',
    text: uses('#tests/support/thing.ts'),
    bites: 'boundaries(no-ignored-dependencies)',
  },
  {
    name: 'the console imports the server',
    file: 'src/live/h.ts',
    text: "import type { Thing } from '#server/domain/thing.ts'\nexport type Mine = Thing\n",
    bites: 'boundaries(dependencies)',
  },
  {
    name: 'a folder reads the environment through the configuration',
    file: 'server/db/i.ts',
    text: uses('#server/config.ts'),
    bites: 'boundaries(dependencies)',
  },
  {
    name: 'a root of the server joins its folders',
    file: 'server/app.ts',
    text: "import type { Thing } from '#server/realtime/thing.ts'\nimport type { Settings } from '#server/config.ts'\nexport type Parts = Thing & Settings\n",
  },
  {
    name: 'a module asks the service of another one',
    file: 'server/modules/calls/j.ts',
    text: uses('#server/modules/agents/agents-service.ts'),
  },
  {
    name: 'a module reads the tables of another one',
    file: 'server/modules/calls/k.ts',
    text: uses('#server/modules/agents/queries.ts'),
    bites: 'boundaries(dependencies)',
  },
]

const beside: Record<string, string> = {
  'server/config.ts': 'export interface Settings {\n  port: string\n}\n',
  'server/modules/agents/agents-service.ts': 'export const agents = 1\n',
  'server/modules/agents/queries.ts': 'export const rows = 1\n',
  'tests/support/thing.ts': 'export const thing = 1\n',
}

const { rulesIn } = testSnippets(snippets, { ...matrixFiles, ...beside })

const mayImport = (from: string, to: string) => to === 'contract' || matrix[from]!.includes(to)

describe('who may import whom', () => {
  test.each(folders)('%s imports what its row allows and nothing else', (from) => {
    const expected = pairs
      .filter((pair) => pair.from === from)
      .map(({ to }) => ({ to, rules: mayImport(from, to) ? [] : ['boundaries(dependencies)'] }))
    const found = expected.map(({ to }) => ({ to, rules: rulesIn(probe(from, to)) }))
    expect(found).toEqual(expected)
  })
})

test('the house itself stands inside its fences', async () => {
  const fences = /^(boundaries|house)\(|no-cycle|no-process-env/
  const broken = (await lintFolder(root)).filter(({ rule }) => fences.test(rule))
  expect(broken).toEqual([])
}, 120_000)

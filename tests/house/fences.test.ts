// Proves that the fences bite: each known-bad import must fail, each allowed one pass, and the real tree be clean.
import { beforeAll, describe, expect, test } from 'vitest'
import { lintFiles, lintFolder, root, type Finding } from './lint-tree.ts'

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

const zodFile =
  "import { z } from 'zod'\nexport const Call = z.object({})\nexport type Call = z.infer<typeof Call>\n"
const uses = (source: string) => `import * as part from '${source}'\nexport const kept = part\n`

/** Bad and good single files: path, text, and the finding it must (not) cause. */
const snippets: { name: string; file: string; text: string; bites?: string }[] = [
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

  {
    name: 'socket.io-client outside the gateway',
    file: 'src/live/l.ts',
    text: uses('socket.io-client'),
    bites: 'boundaries(dependencies)',
  },
  { name: 'socket.io-client in the gateway', file: 'src/gateway/l.ts', text: uses('socket.io-client') },
  {
    name: 'zustand outside the live store',
    file: 'src/ui/m.ts',
    text: uses('zustand/vanilla'),
    bites: 'boundaries(dependencies)',
  },
  { name: 'zustand in the live store', file: 'src/live/m.ts', text: uses('zustand/vanilla') },
  {
    name: 'Clerk outside the session',
    file: 'src/app/n.ts',
    text: uses('@clerk/clerk-react'),
    bites: 'boundaries(dependencies)',
  },
  { name: 'Clerk in the session', file: 'src/app/session/n.ts', text: uses('@clerk/clerk-react') },
  {
    name: 'socket.io outside realtime',
    file: 'server/http/o.ts',
    text: uses('socket.io'),
    bites: 'boundaries(dependencies)',
  },
  { name: 'socket.io in realtime', file: 'server/realtime/o.ts', text: uses('socket.io') },
  {
    name: 'fastify outside its folders',
    file: 'server/domain/p.ts',
    text: uses('fastify'),
    bites: 'boundaries(dependencies)',
  },
  {
    name: "fastify's plugins outside its folders",
    file: 'server/ingest/p.ts',
    text: uses('@fastify/cookie'),
    bites: 'boundaries(dependencies)',
  },
  { name: 'fastify in a module', file: 'server/modules/calls/p.ts', text: uses('fastify') },
  {
    name: 'a database driver outside db',
    file: 'server/ingest/q.ts',
    text: uses('pg'),
    bites: 'boundaries(dependencies)',
  },
  {
    name: 'React in the contract',
    file: 'contract/r.ts',
    text: uses('react'),
    bites: 'boundaries(dependencies)',
  },
  { name: 'React in lib', file: 'src/lib/r.ts', text: uses('react'), bites: 'boundaries(dependencies)' },
  {
    name: 'React in the actions',
    file: 'src/actions/r.ts',
    text: uses('react'),
    bites: 'boundaries(dependencies)',
  },
  { name: 'React in a feature', file: 'src/features/grid/r.ts', text: uses('react') },
  {
    name: "Node's modules in the contract",
    file: 'contract/s.ts',
    text: uses('node:fs'),
    bites: 'boundaries(dependencies)',
  },
  {
    name: "Node's modules in the console",
    file: 'src/gateway/s.ts',
    text: uses('node:fs'),
    bites: 'boundaries(dependencies)',
  },
  {
    name: 'the schema library in the console',
    file: 'src/gateway/t.ts',
    text: uses('zod'),
    bites: 'boundaries(dependencies)',
  },
  {
    name: 'the schema library through a contract file',
    file: 'src/gateway/u.ts',
    text: uses('#contract/call.ts'),
    bites: 'boundaries(dependencies)',
  },
  {
    name: 'a type of that contract file',
    file: 'src/gateway/v.ts',
    text: "import type { Call } from '#contract/call.ts'\nexport type Row = Call\n",
  },
  {
    name: 'a contract file without schemas',
    file: 'src/gateway/w.ts',
    text: uses('#contract/permissions.ts'),
  },

  {
    name: 'the environment of the process outside config.ts',
    file: 'server/http/x.ts',
    text: 'export const port = process.env.PORT\n',
    bites: 'node(no-process-env)',
  },
  {
    name: 'the environment of the process in config.ts',
    file: 'server/config.ts',
    text: 'export interface Settings {\n  port: string\n}\nexport const port = process.env.PORT\n',
  },
  {
    name: 'the environment of the console outside env.ts',
    file: 'src/ui/y.ts',
    text: 'export const api = import.meta.env.VITE_API_URL\n',
    bites: 'house(env-door)',
  },
  {
    name: 'the environment of the console in env.ts',
    file: 'src/app/env.ts',
    text: 'export const api = import.meta.env.VITE_API_URL\n',
  },
  {
    name: 'two files import each other',
    file: 'src/lib/one.ts',
    text: "import { two } from '#src/lib/two.ts'\nexport const one = (): number => two()\n",
    bites: 'import(no-cycle)',
  },
  {
    name: 'two files import types of each other',
    file: 'server/domain/one.ts',
    text: "import type { Two } from './two.ts'\nexport interface One {\n  two: Two\n}\n",
    bites: 'import(no-cycle)',
  },

  {
    name: 'a promise nobody waits for',
    file: 'server/http/za.ts',
    text: 'const save = () => Promise.resolve(1)\nexport function act() {\n  save()\n}\n',
    bites: 'typescript(no-floating-promises)',
  },
  {
    name: 'a switch that forgets a case',
    file: 'src/lib/zb.ts',
    text: "export function word(kind: 'a' | 'b') {\n  switch (kind) {\n    case 'a':\n      return 1\n  }\n  return 2\n}\n",
    bites: 'typescript(switch-exhaustiveness-check)',
  },
  {
    name: 'any',
    file: 'src/lib/zc.ts',
    text: 'export const loose = (value: any): unknown => value\n',
    bites: 'typescript(no-explicit-any)',
  },
  {
    name: 'a hook under a condition',
    file: 'src/ui/zd.ts',
    text: "import { useState } from 'react'\nexport function useMaybe(on: boolean) {\n  if (on) return useState(0)\n  return null\n}\n",
    bites: 'react-hooks(rules-of-hooks)',
  },
  {
    name: 'an effect that forgets what it reads',
    file: 'src/ui/ze.ts',
    text: "import { useEffect } from 'react'\nexport function useTitle(title: string) {\n  useEffect(() => {\n    document.title = title\n  }, [])\n}\n",
    bites: 'react-hooks(exhaustive-deps)',
  },
  {
    name: 'a picture without words',
    file: 'src/ui/zf.tsx',
    text: 'export const Picture = () => <img src="a.png" />\n',
    bites: 'jsx-a11y(alt-text)',
  },
  {
    name: 'a word to the console',
    file: 'server/http/zg.ts',
    text: "console.log('hello')\n",
    bites: 'eslint(no-console)',
  },
  {
    name: 'a default export',
    file: 'src/lib/zh.ts',
    text: 'export default 1\n',
    bites: 'import(no-default-export)',
  },
  {
    name: 'a file name in another case',
    file: 'src/lib/BadName.ts',
    text: 'export const named = 1\n',
    bites: 'unicorn(filename-case)',
  },
  {
    name: 'a file of 301 lines',
    file: 'src/lib/zi.ts',
    text: `export const long = [\n${'  1,\n'.repeat(299)}]\n`,
    bites: 'eslint(max-lines)',
  },
]
const beside: Record<string, string> = {
  'contract/call.ts': zodFile,
  'contract/permissions.ts': 'export const roles = []\n',
  'server/modules/agents/agents-service.ts': 'export const agents = 1\n',
  'server/modules/agents/queries.ts': 'export const rows = 1\n',
  'tests/support/thing.ts': 'export const thing = 1\n',
  'src/lib/two.ts': "import { one } from '#src/lib/one.ts'\nexport const two = (): number => one()\n",
  'server/domain/two.ts': "import type { One } from './one.ts'\nexport interface Two {\n  one: One\n}\n",
}

const mayImport = (from: string, to: string) => to === 'contract' || matrix[from]!.includes(to)

let findings: Finding[] = []
const rulesIn = (file: string) => findings.filter((found) => found.file === file).map((found) => found.rule)

beforeAll(async () => {
  const single = Object.fromEntries(snippets.map(({ file, text }) => [file, text]))
  findings = await lintFiles({ ...matrixFiles, ...beside, ...single })
}, 120_000)

describe('who may import whom', () => {
  test.each(folders)('%s imports what its row allows and nothing else', (from) => {
    const expected = pairs
      .filter((pair) => pair.from === from)
      .map(({ to }) => ({ to, rules: mayImport(from, to) ? [] : ['boundaries(dependencies)'] }))
    const found = expected.map(({ to }) => ({ to, rules: rulesIn(probe(from, to)) }))
    expect(found).toEqual(expected)
  })
})

describe('doors and habits', () => {
  test.each(snippets.filter((snippet) => snippet.bites))('refused: $name', ({ file, bites }) => {
    expect(rulesIn(file)).toContain(bites)
  })
  test.each(snippets.filter((snippet) => !snippet.bites))('allowed: $name', ({ file }) => {
    expect(rulesIn(file)).toEqual([])
  })
})

test('the house itself stands inside its fences', async () => {
  const fences = /^(boundaries|house)\(|no-cycle|no-process-env/
  const broken = (await lintFolder(root)).filter(({ rule }) => fences.test(rule))
  expect(broken).toEqual([])
}, 120_000)

// Proves that libraries, schemas and the environment have one door each, and that no files import each other in a ring.
import { type Snippet, testSnippets, uses } from './snippets.ts'

const zodFile =
  "import { z } from 'zod'\nexport const Call = z.object({})\nexport type Call = z.infer<typeof Call>\n"

const snippets: Snippet[] = [
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
    name: 'ECharts outside its file',
    file: 'src/ui/e.ts',
    text: uses('echarts/core'),
    bites: 'boundaries(dependencies)',
  },
  { name: 'ECharts in its file', file: 'src/features/analytics/draw-chart.ts', text: uses('echarts/core') },
  {
    name: 'ECharts at run time in the contract',
    file: 'contract/e.ts',
    text: uses('echarts'),
    bites: 'boundaries(dependencies)',
  },
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
]

const beside: Record<string, string> = {
  'contract/call.ts': zodFile,
  'contract/permissions.ts': 'export const roles = []\n',
  'src/lib/two.ts': "import { one } from '#src/lib/one.ts'\nexport const two = (): number => one()\n",
  'server/domain/two.ts': "import type { One } from './one.ts'\nexport interface Two {\n  one: One\n}\n",
}

testSnippets(snippets, beside)

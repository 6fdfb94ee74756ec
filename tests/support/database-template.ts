// Databases to begin with, made once for all tests: the embedded engine takes seconds to make one, and none to load it.
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '#server/db/database.ts'
import { seedDemo } from '#server/seed-demo.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseTemplate: {
      /** Archive of a migrated, empty database. */
      empty: string
      /** Archive with the demo people in it. */
      demo: string
      /** Data folder of a server that was never asked anything; the demo people are in it. */
      dataDir: string
    }
  }
}

const cache = path.resolve('node_modules/.cache/callboard-test-database')
/** What the templates are made of; a change makes them anew. */
const sources = [
  'node_modules/@electric-sql/pglite/package.json',
  'server/db',
  'server/auth/demo-users.ts',
  ...['seed-demo', 'demo-alerts', 'demo-floor', 'demo-knowledge'].map((name) => `server/${name}.ts`),
]

/** Vitest calls it once before a project's files. */
export async function setup(project: TestProject): Promise<void> {
  const hash = createHash('sha256')
  for (const file of sources.flatMap(filesBelow)) hash.update(file).update(readFileSync(file))
  const folder = path.join(cache, hash.digest('hex').slice(0, 16))
  if (!existsSync(folder)) await make(folder)
  project.provide('databaseTemplate', {
    empty: path.join(folder, 'empty.tar'),
    demo: path.join(folder, 'demo.tar'),
    dataDir: path.join(folder, 'data'),
  })
}

function filesBelow(file: string): string[] {
  if (path.extname(file) !== '') return [file]
  const inside = readdirSync(file, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  return inside.flatMap(({ name }) => filesBelow(path.join(file, name)))
}

async function make(folder: string): Promise<void> {
  rmSync(cache, { recursive: true, force: true })
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(path.join(cache, 'draft-'))
  const dataDir = path.join(draft, 'data')
  await (await openDatabase({ dataDir })).close()
  await dump(dataDir, path.join(draft, 'empty.tar'))
  const database = await openDatabase({ dataDir })
  await seedDemo(database.db, 'whsec_set_by_each_test', Date.now())
  await database.close()
  await dump(dataDir, path.join(draft, 'demo.tar'))
  renameSync(draft, folder)
}

async function dump(dataDir: string, file: string): Promise<void> {
  const engine = await PGlite.create(path.join(dataDir, 'pg'))
  const archive = await engine.dumpDataDir('none')
  await engine.close()
  writeFileSync(file, new Uint8Array(await archive.arrayBuffer()))
}

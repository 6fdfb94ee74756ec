// A PostgreSQL of the test's own, made from the programs that are installed: started, stopped and thrown away by the test.
import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface Postgres {
  /** Address for `DATABASE_URL`. */
  url: string
  start(): void
  /** Ends all sessions and stops. */
  stop(): void
  /** Stops and removes everything. */
  remove(): void
}

/** The folder of Debian's programs, newest version first; null when there are none. */
function findPrograms(): string | null {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  const folder = versions
    .map((version) => `${root}/${version}/bin`)
    .find((bin) => existsSync(`${bin}/initdb`))
  return folder ?? null
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** The numeric id of the system's user `postgres`: PostgreSQL refuses to run as root. */
function idOf(flag: '-u' | '-g'): number | null {
  const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
  return status === 0 ? Number(stdout) : null
}

/** Makes and starts one; a reason in words when this machine cannot. */
export async function makePostgres(): Promise<Postgres | { reason: string }> {
  const bin = findPrograms()
  if (bin === null) return { reason: 'PostgreSQL is not installed (apt-get install postgresql).' }
  const isRoot = process.getuid?.() === 0
  const [uid, gid] = [idOf('-u'), idOf('-g')]
  if (isRoot && (uid === null || gid === null)) return { reason: 'There is no system user "postgres".' }
  const account = isRoot && uid !== null && gid !== null ? { uid, gid } : {}

  const folder = mkdtempSync(path.join(tmpdir(), 'callboard-postgres-'))
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid)
  const data = path.join(folder, 'data')
  const port = await freePort()
  const run = (program: string, args: string[]) =>
    execFileSync(`${bin}/${program}`, args, { ...account, cwd: folder, stdio: 'ignore' })
  const server = {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start: () =>
      run('pg_ctl', [
        'start',
        '-w',
        '-D',
        data,
        '-l',
        `${folder}/log`,
        '-o',
        `-p ${port} -h 127.0.0.1 -k ${folder}`,
      ]),
    stop: () => run('pg_ctl', ['stop', '-w', '-D', data, '-m', 'immediate']),
    remove() {
      if (existsSync(`${data}/postmaster.pid`)) server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'])
  server.start()
  return server
}

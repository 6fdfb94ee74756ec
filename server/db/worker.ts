// The embedded engine's thread: a query blocks it, so it is never the thread that serves requests.
import fs from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type EmscriptenOptions = Awaited<ReturnType<NodeFS['init']>>['emscriptenOpts']
interface NodeStreamOps {
  fsync?: (stream: { nfd: number }) => number
}

/** The engine's file system with a real fsync, which it lacks by default: a commit is on the disk when it is answered. */
class SyncedFS extends NodeFS {
  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const result = await super.init(...args)
    const options: EmscriptenOptions = result.emscriptenOpts
    options.preRun = [
      ...(options.preRun ?? []),
      (module) => {
        const { stream_ops } = (
          module as unknown as { FS: { filesystems: { NODEFS: { stream_ops: NodeStreamOps } } } }
        ).FS.filesystems.NODEFS
        stream_ops.fsync = (stream) => {
          try {
            fs.fsyncSync(stream.nfd)
          } catch (error) {
            // Folders and pipes cannot be synced; anything else is a failed commit and must be one.
            const { code } = error as NodeJS.ErrnoException
            if (code !== 'EINVAL' && code !== 'EBADF') throw error
          }
          return 0
        }
      },
    ]
    return result
  }
}

/** What the thread is started with. */
export interface WorkerStart {
  /** Absent means in memory. */
  dataDir: string | undefined
  /** Path of a dump that a database in memory begins with. */
  template: string | undefined
}

/** What the main thread sends. */
export interface WorkerRequest {
  id: number
  kind: 'query' | 'close'
  sql?: string
  params?: unknown[]
}

/** What it gets back. `fatal`: the engine is gone and this thread ends. */
export interface WorkerAnswer {
  id: number
  rows?: unknown[]
  affected?: number
  error?: { message: string; code?: string | undefined; constraint?: string | undefined }
  fatal?: boolean
}

const port = parentPort
if (!port) throw new Error('This file runs as a worker thread.')
const { dataDir, template } = workerData as WorkerStart

const synced = ['-c', 'fsync=on', '-c', 'wal_sync_method=fsync']
const engine = await PGlite.create(
  dataDir
    ? {
        fs: new SyncedFS(dataDir),
        startParams: [...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'), ...synced],
      }
    : template
      ? { loadDataDir: new Blob([fs.readFileSync(template)]) }
      : {},
)
port.postMessage({ ready: true })

/** The type `text`. Bytes are text already and go as they are, which spares the engine a walk over every character. */
const textOid = 25
const serializers = {
  [textOid]: (value: unknown) =>
    (value instanceof Uint8Array
      ? value
      : value instanceof Date
        ? value.toISOString()
        : String(value)) as string,
}

/** Out of resources, system error, internal error, or an error that is not PostgreSQL's at all: memory is suspect. */
function isFatal(code: string | undefined): boolean {
  return code === undefined || /^(53|58|XX)/.test(code)
}

port.on('message', (request: WorkerRequest) => {
  void answer(request)
})

async function answer({ id, kind, sql, params }: WorkerRequest): Promise<void> {
  if (kind === 'close') {
    await engine.query('checkpoint').catch(() => undefined)
    await engine.close().catch(() => undefined)
    port?.postMessage({ id } satisfies WorkerAnswer)
    port?.close()
    return
  }
  try {
    const result = await engine.query(sql ?? '', params, { serializers })
    port?.postMessage({ id, rows: result.rows, affected: result.affectedRows ?? 0 } satisfies WorkerAnswer)
  } catch (error) {
    const { message, code, constraint } = error as { message: string; code?: string; constraint?: string }
    const fatal = isFatal(code)
    port?.postMessage({ id, error: { message, code, constraint }, fatal } satisfies WorkerAnswer)
    if (fatal) setImmediate(() => process.exit(1))
  }
}

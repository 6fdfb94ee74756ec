// The embedded engine's thread: a query blocks it, so it is never the thread that serves requests.
import fs from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite, messages } from '@electric-sql/pglite'
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
  kind: 'query' | 'message' | 'close'
  sql?: string
  params?: unknown[]
  /** In place of both: the statement as the engine takes it; what it answers must be text. */
  message?: Uint8Array<ArrayBuffer>
}

/** What it gets back. `fatal`: the engine is gone and this thread ends. */
export interface WorkerAnswer {
  id: number
  rows?: unknown[]
  affected?: number
  error?: { message: string; code?: string | undefined; constraint?: string | undefined }
  fatal?: boolean
  /** The buffer of the message, for another one. */
  spare?: ArrayBuffer | undefined
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

/** The type `text`. */
const textOid = 25
const serializers = {
  [textOid]: (value: unknown) => (value instanceof Date ? value.toISOString() : String(value)),
}

/** Out of resources, system error, internal error, or an error that is not PostgreSQL's at all: memory is suspect. */
function isFatal(code: string | undefined): boolean {
  return code === undefined || /^(53|58|XX)/.test(code)
}

/** Requests that came and are not answered yet, one after the other. */
let answered: Promise<void> = Promise.resolve()
/** The engine is gone: what waits behind the statement that ended it is not begun. */
let isGone = false

port.on('message', (request: WorkerRequest) => {
  answered = answered.then(() => (isGone ? undefined : answer(request)))
})

/** What the engine said to a message, of which the rows are text. */
function rowsOf(said: readonly messages.BackendMessage[]): { rows: unknown[]; affected: number } {
  let names: string[] = []
  const rows: unknown[] = []
  let affected = 0
  for (const one of said)
    if (one instanceof messages.RowDescriptionMessage) names = one.fields.map(({ name }) => name)
    else if (one instanceof messages.DataRowMessage)
      rows.push(Object.fromEntries(one.fields.map((value, index) => [names[index], value])))
    else if (one instanceof messages.CommandCompleteMessage)
      affected = Number(/\d+$/.exec(one.text)?.[0] ?? 0)
  return { rows, affected }
}

async function run({ sql, params, message }: WorkerRequest): Promise<{ rows: unknown[]; affected: number }> {
  if (message) return rowsOf(await engine.execProtocolStream(message))
  const { rows, affectedRows } = await engine.query(sql ?? '', params, { serializers })
  return { rows, affected: affectedRows ?? 0 }
}

async function answer(request: WorkerRequest): Promise<void> {
  const { id, kind, message } = request
  const spare = message?.buffer
  const back = spare ? [spare] : []
  if (kind === 'close') {
    await engine.query('checkpoint').catch(() => undefined)
    await engine.close().catch(() => undefined)
    port?.postMessage({ id } satisfies WorkerAnswer)
    port?.close()
    return
  }
  try {
    port?.postMessage({ id, ...(await run(request)), spare } satisfies WorkerAnswer, back)
  } catch (error) {
    const {
      message: text,
      code,
      constraint,
    } = error as {
      message: string
      code?: string
      constraint?: string
    }
    const fatal = isFatal(code)
    const failed: WorkerAnswer = { id, error: { message: text, code, constraint }, fatal, spare }
    port?.postMessage(failed, back)
    isGone = fatal
    if (fatal) setImmediate(() => process.exit(1))
  }
}

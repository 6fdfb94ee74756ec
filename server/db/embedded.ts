// The embedded engine as a Kysely dialect: one worker thread with one session, which all share by turns.
import { Worker } from 'node:worker_threads'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import { lockFolder } from '#server/db/folder-lock.ts'
import { LongValue } from '#server/db/long-value.ts'
import { type Lane, SessionTurns } from '#server/db/session-turns.ts'
import { SpareBuffers } from '#server/db/spare-buffers.ts'
import { DatabaseUnavailable } from '#server/db/unavailable.ts'
import { isLong, nameOf, wireMessage } from '#server/db/wire-message.ts'
import type { WorkerAnswer, WorkerRequest, WorkerStart } from '#server/db/worker.ts'

interface EngineOptions {
  dataDir?: string | undefined
  template?: string | undefined
  onState?: ((state: 'down' | 'up', reason?: string) => void) | undefined
}

interface Waiting {
  resolve(answer: WorkerAnswer): void
  reject(error: Error): void
}

const reopenAfterMs = 500

/** The built server runs the built worker; under the TypeScript loader the thread has to register the loader itself. */
function startWorker(workerData: WorkerStart): Worker {
  if (import.meta.url.endsWith('.js'))
    return new Worker(new URL('./db-worker.js', import.meta.url), { workerData })
  const source = JSON.stringify(new URL('./worker.ts', import.meta.url).href)
  const entry = `import('tsx/esm/api').then(({ register }) => { register(); return import(${source}) })`
  return new Worker(entry, { eval: true, workerData })
}

/** Owns the worker. A write error ends the worker; what waits is refused, and the engine is opened anew. */
export class EmbeddedEngine {
  readonly #options: EngineOptions
  readonly #release: () => void
  #worker: Worker | null = null
  /** Of the worker's session. */
  #turns: SessionTurns | null = null
  #waiting = new Map<number, Waiting>()
  readonly #spare = new SpareBuffers()
  /** Names of statements the session knows. */
  #known = new Set<string>()
  #nextId = 1
  #closed = false

  private constructor(options: EngineOptions, release: () => void) {
    this.#options = options
    this.#release = release
  }

  static async open(options: EngineOptions): Promise<EmbeddedEngine> {
    const release = options.dataDir ? lockFolder(options.dataDir) : () => undefined
    const engine = new EmbeddedEngine(options, release)
    try {
      await engine.#start()
    } catch (error) {
      release()
      throw error
    }
    return engine
  }

  async #start(): Promise<void> {
    const dataDir = this.#options.dataDir ? `${this.#options.dataDir}/pg` : undefined
    const worker = startWorker({ dataDir, template: this.#options.template })
    await new Promise<void>((resolve, reject) => {
      worker.once('message', () => resolve())
      worker.once('error', reject)
      worker.once('exit', (code) => reject(new Error(`The database thread ended with ${code} at its start.`)))
    })
    worker.on('message', (answer: WorkerAnswer) => this.#answered(answer))
    worker.on('error', (error) => this.#died(worker, error.message))
    worker.on('exit', () => this.#died(worker, 'the database thread ended'))
    this.#worker = worker
    this.#turns = new SessionTurns()
    this.#known = new Set()
  }

  #answered(answer: WorkerAnswer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (answer.spare) this.#spare.keep(answer.spare)
    if (answer.fatal) {
      waiting?.reject(new DatabaseUnavailable(answer.error?.message))
      this.#died(this.#worker, answer.error?.message ?? 'write error')
    } else waiting?.resolve(answer)
  }

  #died(worker: Worker | null, reason: string): void {
    if (!worker || worker !== this.#worker) return
    void worker.terminate()
    // Whoever held the session is refused from now on; its transaction died with the thread.
    const turns = this.#turns
    this.#worker = this.#turns = null
    const lost = new DatabaseUnavailable(reason)
    for (const waiting of this.#waiting.values()) waiting.reject(lost)
    this.#waiting.clear()
    turns?.end(lost)
    if (this.#closed) return
    this.#options.onState?.('down', reason)
    this.#reopen()
  }

  #reopen(): void {
    const timer = setTimeout(() => {
      if (this.#closed) return
      this.#start().then(
        () => this.#options.onState?.('up'),
        () => this.#reopen(),
      )
    }, reopenAfterMs)
    timer.unref()
  }

  /**
   * Sends a statement that is a transaction of its own when its turn comes; rejects with `DatabaseUnavailable` when the engine
   * is down.
   */
  async alone(lane: Lane, sql: string, params: readonly unknown[]): Promise<WorkerAnswer> {
    if (!this.#turns) throw new DatabaseUnavailable()
    return this.#turns.alone(lane, () => this.#query(sql, params))
  }

  /** Sends a statement of the transaction that holds the session. */
  async within(session: SessionTurns, sql: string, params: readonly unknown[]): Promise<WorkerAnswer> {
    if (session !== this.#turns) throw new DatabaseUnavailable()
    return this.#query(sql, params)
  }

  /** Waits for the session, and has it until it is released. */
  async acquire(lane: Lane): Promise<SessionTurns> {
    const turns = this.#turns
    if (!turns) throw new DatabaseUnavailable()
    await turns.hold(lane)
    return turns
  }

  #query(sql: string, params: readonly unknown[]): Promise<WorkerAnswer> {
    const id = this.#nextId++
    if (isLong(params)) return this.#message(id, sql, params)
    const plain = params.map((param) => (param instanceof LongValue ? param.text : param))
    return this.#request({ id, kind: 'query', sql, params: plain })
  }

  async #message(
    id: number,
    sql: string,
    params: Parameters<typeof wireMessage>[0]['params'],
  ): Promise<WorkerAnswer> {
    const name = nameOf(sql)
    const known = this.#known
    const message = wireMessage({ sql, params, name, isKnown: known.has(name) }, this.#spare)
    const answer = await this.#request({ id, kind: 'message', message }, [message.buffer])
    if (name !== '' && !answer.error) known.add(name)
    return answer
  }

  #request(request: WorkerRequest, handOver: readonly ArrayBuffer[] = []): Promise<WorkerAnswer> {
    const worker = this.#worker
    if (!worker) return Promise.reject(new DatabaseUnavailable())
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject })
      worker.postMessage(request, handOver)
    })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    const worker = this.#worker
    if (worker) {
      await this.acquire('normal').catch(() => undefined)
      await this.#request({ id: this.#nextId++, kind: 'close' }).catch(() => undefined)
      this.#worker = this.#turns = null
      await worker.terminate()
    }
    this.#release()
  }
}

class EmbeddedConnection implements DatabaseConnection {
  readonly #engine: EmbeddedEngine
  readonly #lane: Lane
  /** While a transaction holds it. */
  #session: SessionTurns | null = null

  constructor(engine: EmbeddedEngine, lane: Lane) {
    this.#engine = engine
    this.#lane = lane
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const answer = await (this.#session
      ? this.#engine.within(this.#session, sql, parameters)
      : this.#engine.alone(this.#lane, sql, parameters))
    if (answer.error) throw Object.assign(new Error(answer.error.message), answer.error)
    return { rows: (answer.rows ?? []) as R[], numAffectedRows: BigInt(answer.affected ?? 0) }
  }

  /** From here until `release` statements belong together. */
  async hold(): Promise<void> {
    this.#session = await this.#engine.acquire(this.#lane)
  }

  release(): void {
    this.#session?.release()
    this.#session = null
  }

  // biome-ignore lint/correctness/useYield: the embedded engine answers in one piece.
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('The embedded database has no cursors; page by key instead.')
  }
}

class EmbeddedDriver implements Driver {
  readonly #engine: EmbeddedEngine
  readonly #lane: Lane

  constructor(engine: EmbeddedEngine, lane: Lane) {
    this.#engine = engine
    this.#lane = lane
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<EmbeddedConnection> {
    return new EmbeddedConnection(this.#engine, this.#lane)
  }

  async beginTransaction(
    connection: EmbeddedConnection,
    settings: { isolationLevel?: string },
  ): Promise<void> {
    await connection.hold()
    const level = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : ''
    await connection.executeQuery(CompiledQuery.raw(`begin${level}`))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async releaseConnection(connection: EmbeddedConnection): Promise<void> {
    connection.release()
  }

  async destroy(): Promise<void> {}
}

/** Kysely over the embedded engine. Two of them, one per lane, share one engine. */
export class EmbeddedDialect implements Dialect {
  readonly #engine: EmbeddedEngine
  readonly #lane: Lane

  constructor(engine: EmbeddedEngine, lane: Lane) {
    this.#engine = engine
    this.#lane = lane
  }

  createDriver = () => new EmbeddedDriver(this.#engine, this.#lane)
  createQueryCompiler = () => new PostgresQueryCompiler()
  createAdapter = () => new PostgresAdapter()
  createIntrospector = (db: ConstructorParameters<typeof PostgresIntrospector>[0]) =>
    new PostgresIntrospector(db)
}

// The way of one company's facts: while groups commit, the next one is made from memory; what memory cannot know is read.
import type { Db } from '#server/db/database.ts'
import { meansUnavailable } from '#server/db/unavailable.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import type { SentimentScorer } from '#server/domain/sentiment.ts'
import { MemoryOutdated, commitCarefully, commitPrepared } from '#server/ingest/commit-group.ts'
import type { Company, CompanyDirectory } from '#server/ingest/company-directory.ts'
import { CompanyMemory } from '#server/ingest/company-memory.ts'
import { Group, type Waiting } from '#server/ingest/group.ts'
import { readCalls } from '#server/ingest/look-up.ts'
import { type FactBatch, type IngestResult, IngestUnavailable } from '#server/ingest/port.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'

export interface PipelineOptions {
  db: Db
  clock: Clock
  scorer: SentimentScorer
  directory: CompanyDirectory
  onCommitted: (companyId: string, log: readonly LogEntry[]) => void
  onGroup?: ((group: GroupReport) => void) | undefined
  /** Most facts in one transaction. */
  groupFacts: number
}

export interface GroupReport {
  /** Names of the facts that were applied. */
  facts: readonly string[]
  /** Deliveries that were known already. */
  duplicates: number
  seconds: number
  failed: boolean
}

/** Groups made inside their transaction after somebody else wrote: the one who writes along will do so again. */
const carefulAfterSurprise = 8
/** Groups before which calls are looked up even where they begin, after one that began was there already. */
const doubtAfterSurprise = 500
/** Batches that are looked through for calls to read ahead. */
const readAhead = 50
/**
 * Groups sent to the database at a time. A full one is sent while the one before it commits: it waits there, for its head is
 * taken first, and the database is not idle while the next message is made and carried.
 */
const mostOnTheirWay = 2

/** Acts of people ask the database whether they were done before; they are few. */
const wantsCare = ({ batch }: Waiting) => batch.facts.some((fact) => fact.event === 'desk.intervention')

export class Pipeline {
  readonly #companyId: string
  readonly #options: PipelineOptions
  readonly #memory = new CompanyMemory()
  readonly #waiting: Waiting[] = []
  /** The group that is being made, and the calls it may look up. */
  #open: Group | null = null
  #company: Company | null = null
  #onTheirWay = 0
  /** Ends when the groups on their way have ended, in their order. */
  #ended: Promise<void> = Promise.resolve()
  /** Of groups that failed, until no group is on its way any more. */
  #failedMembers: Waiting[] = []
  #reading = false
  #running = false
  /** Groups that must still be made inside their transaction. */
  #careful = 1
  /** Groups until calls that begin are taken to be new again. */
  #doubting = 0
  #stirred = false
  #wake: (() => void) | null = null

  constructor(companyId: string, options: PipelineOptions) {
    this.#companyId = companyId
    this.#options = options
  }

  get isRunning(): boolean {
    return this.#running
  }

  submit(batch: FactBatch): Promise<IngestResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch: { ...batch, facts: batch.facts.map(wellFormed) }, resolve, reject })
      this.#stir()
      if (this.#running) return
      this.#running = true
      void this.#drain()
    })
  }

  async #drain(): Promise<void> {
    // One turn of the event loop gathers what arrives together; later ones gather while a group commits.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0 || this.#open || this.#onTheirWay > 0) {
      this.#stirred = false
      if (!this.#open && this.#waiting.length > 0) await this.#meetCompany()
      this.#fill()
      const next = this.#waiting[0]
      if (this.#open && this.#mayCommit(this.#open)) this.#commit(this.#open)
      else if (this.#onTheirWay > 0) await this.#news()
      else if (next && (this.#careful > 0 || wantsCare(next))) await this.#commitCarefully(this.#take())
      else if (next) await this.#news()
    }
    this.#running = false
  }

  /** Moves on what waits for news: a batch came, a commit or a reading ended. */
  #stir(): void {
    this.#stirred = true
    this.#wake?.()
  }

  async #news(): Promise<void> {
    if (!this.#stirred)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    this.#wake = null
  }

  async #meetCompany(): Promise<void> {
    try {
      this.#company = await this.#options.directory.get(this.#companyId)
    } catch (error) {
      this.#refuse(this.#waiting.splice(0), error)
    }
  }

  /** Applies what is ready to the open group, in the order in which it came. */
  #fill(): void {
    if (this.#careful > 0 || !this.#company) return
    this.#lookUp()
    for (let next = this.#waiting[0]; next && !wantsCare(next); next = this.#waiting[0]) {
      if (this.#open && this.#open.facts + next.batch.facts.length > this.#options.groupFacts) return
      this.#suppose(next, new Set())
      if (this.#memory.unknown(next.batch.facts, true).length > 0) return
      this.#open ??= new Group(this.#memory, this.#company, this.#options.scorer)
      this.#waiting.shift()
      try {
        this.#open.add(next, this.#options.clock.now(), new Set())
      } catch {
        // It is applied again by itself, and refused by itself if it fails again.
        this.#startOver(next)
        return
      }
    }
  }

  /** Nothing is supposed of a delivery that came before: what it begins may have ended since. */
  #suppose({ batch: { deliveryId, facts } }: Waiting, asked: ReadonlySet<string>): void {
    if (this.#doubting > 0 || (deliveryId !== undefined && this.#memory.deliveries.has(deliveryId))) return
    this.#memory.suppose(facts, asked)
  }

  /** Reads calls that are not known, before their facts' turn comes. */
  #lookUp(): void {
    if (this.#reading) return
    const { epoch } = this.#memory
    const ids = new Set<string>()
    for (let index = 0; index < Math.min(readAhead, this.#waiting.length); index++) {
      const waiting = this.#waiting[index] as Waiting
      // What was known a moment ago mostly still is; the first is asked again, for its turn has come.
      if (index > 0 && waiting.knownIn === epoch) continue
      this.#suppose(waiting, ids)
      const missing = this.#memory.unknown(waiting.batch.facts, true)
      if (missing.length === 0) waiting.knownIn = epoch
      for (const id of missing) ids.add(id)
    }
    if (ids.size === 0) return
    this.#reading = true
    const learn = async () => {
      try {
        const found = await readCalls(this.#options.db, this.#companyId, [...ids], true)
        if (this.#memory.epoch === epoch) this.#memory.learn(found)
      } catch {
        // The careful way meets the same trouble and tells it to those who wait.
        this.#careful = Math.max(1, this.#careful)
      }
      this.#reading = false
      this.#stir()
    }
    void learn()
  }

  /** A second group goes only when it is full: under little load groups gather while one commits. */
  #mayCommit(open: Group): boolean {
    if (this.#onTheirWay === 0) return true
    if (this.#onTheirWay >= mostOnTheirWay) return false
    const next = this.#waiting[0]?.batch.facts.length ?? 0
    return open.facts + next > this.#options.groupFacts || open.facts === this.#options.groupFacts
  }

  #commit(group: Group): void {
    this.#open = null
    this.#doubting = Math.max(0, this.#doubting - 1)
    group.seal()
    const followsAnother = this.#onTheirWay++ > 0
    const started = performance.now()
    const { db, clock } = this.#options
    const send = () =>
      commitPrepared(db, this.#companyId, group, clock.now()).then(
        () => ({ ok: true }) as const,
        (error: unknown) => ({ ok: false, error }) as const,
      )
    const outcome = send()
    // Two answers may be read in either order; what was committed first is told first.
    this.#ended = this.#ended.then(async () => {
      let result = await outcome
      // On its own connection it may have come before the one it follows, which has ended by now.
      if (!result.ok && result.error instanceof MemoryOutdated && followsAnother) result = await send()
      this.#onTheirWay--
      if (result.ok) this.#committed(group, started)
      else this.#failed(group, result.error, started)
      if (this.#onTheirWay === 0) this.#waiting.unshift(...this.#failedMembers.splice(0))
      this.#stir()
    })
  }

  #committed(group: Group, started: number): void {
    group.letGo()
    const duplicates = group.members.filter(({ result }) => result.duplicate).length
    this.#report({ facts: group.applied, duplicates, failed: false }, started)
    try {
      if (group.rows.log.length > 0) this.#options.onCommitted(this.#companyId, group.rows.log)
    } catch (error) {
      for (const { waiting } of group.members) waiting.reject(error as Error)
    }
    for (const { waiting, result } of group.members) waiting.resolve(result)
  }

  #failed(group: Group, error: unknown, started: number): void {
    const members = group.members.map(({ waiting }) => waiting)
    if (error instanceof MemoryOutdated) this.#doubting = error.wasThere ? doubtAfterSurprise : this.#doubting
    else this.#report({ facts: [], duplicates: 0, failed: true }, started)
    if (meansUnavailable(error)) {
      this.#refuse(members, error)
    } else this.#failedMembers.push(...members)
    this.#startOver()
  }

  /** What was made from memory is not true: it is made again, carefully, before everything that came later. */
  #startOver(last?: Waiting): void {
    const opened = this.#open?.members.map(({ waiting }) => waiting) ?? []
    this.#open = null
    this.#memory.forget()
    this.#careful = carefulAfterSurprise
    this.#waiting.unshift(...opened, ...(last ? [last] : []))
  }

  #take(): Waiting[] {
    const group: Waiting[] = []
    for (let facts = 0; this.#waiting[0] && (group.length === 0 || facts < this.#options.groupFacts); ) {
      const next = this.#waiting.shift() as Waiting
      facts += next.batch.facts.length
      group.push(next)
    }
    return group
  }

  async #commitCarefully(members: readonly Waiting[]): Promise<void> {
    if (!this.#company) return
    const started = performance.now()
    this.#memory.outdate()
    try {
      const { group, moved } = await commitCarefully(
        {
          ...this.#options,
          companyId: this.#companyId,
          memory: this.#memory,
          company: this.#company,
          now: this.#options.clock.now(),
        },
        members,
      )
      this.#careful = moved ? carefulAfterSurprise : Math.max(0, this.#careful - 1)
      this.#committed(group, started)
    } catch (error) {
      this.#memory.forget()
      this.#careful = Math.max(1, this.#careful)
      this.#report({ facts: [], duplicates: 0, failed: true }, started)
      // One batch that cannot be stored must not take others with it.
      if (members.length > 1 && !meansUnavailable(error))
        for (const member of members) await this.#commitCarefully([member])
      else this.#refuse(members, error)
    }
  }

  #report(group: Omit<GroupReport, 'seconds'>, started: number): void {
    this.#options.onGroup?.({ ...group, seconds: (performance.now() - started) / 1000 })
  }

  #refuse(members: readonly Waiting[], error: unknown): void {
    const reason = meansUnavailable(error)
      ? new IngestUnavailable('The facts could not be stored; send them again.', { cause: error })
      : (error as Error)
    for (const { reject } of members) reject(reason)
  }
}

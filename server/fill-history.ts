// Fills a company's past with calls: drawn, played and judged in memory, stored in bulk, a batch while the next one is made.
import { createHash } from 'node:crypto'
import type { Db } from '#server/db/database.ts'
import { lexiconScorer } from '#server/domain/sentiment.ts'
import { type Arrival, drawArrivals } from '#server/feed/history/arrivals.ts'
import { isStaffed, mayDial } from '#server/feed/history/call-curve.ts'
import { createLocalClock } from '#server/feed/history/local-clock.ts'
import { type PastCall, playPastCall } from '#server/feed/history/past-call.ts'
import { makeCall } from '#server/feed/simulator/make-call.ts'
import { createRandom } from '#server/feed/simulator/random.ts'
import { type Scene, scenes } from '#server/feed/simulator/scene.ts'
import { HistoryRefused, type HistoryWish } from '#server/history-wish.ts'
import type { FactContext } from '#server/domain/call-state.ts'
import { type Company, createCompanyDirectory } from '#server/ingest/company-directory.ts'
import { type HistoryRows, analyzeHistory, takeIds, writeHistory } from '#server/ingest/write-history.ts'
import { type PastCompany, pastCallId, readPastCompany, readPastRuns } from '#server/past-company.ts'

const dayMs = 24 * 3600_000
const minuteMs = 60_000
const defaultBatchCalls = 200
/** Where nothing is said and the company has no zone. */
const usualZone = 'America/Chicago'
/** Of the calls on a stormy day, those that go like one. */
const stormShare = 0.6
/** A quarter of a year holds more of what a supervisor hears in an hour: people are asked for oftener than on a calm floor. */
const ordinary: Scene = { ...scenes.calm, asksForHuman: 0.06 }
/** A call has a few dozen; what a batch does not use is given back. */
const idsOfCall = 150
const idsOfLongOnes = 5000
/** What a past caller was owed is done by now, but for the last hours. */
const owedMs = 3 * 3600_000

export interface HistoryProgress {
  /** Calls that are stored, those of an interrupted run too. */
  stored: number
  calls: number
}

export interface HistoryReport {
  company: string
  /** By whose clocks the past was told. */
  zone: string
  /** The company's from now on, where it is another; its days are counted by it. */
  companyZone: string | null
  from: number
  until: number
  /** Of this run of the program. */
  calls: number
  lines: number
  /** Calls that an interrupted run had left. */
  resumed: number
  /** False when it was interrupted: the same wish goes on. */
  isComplete: boolean
}

export interface FillOptions {
  db: Db
  wish: HistoryWish
  /** Epoch ms. */
  now: number
  onProgress?: ((progress: HistoryProgress) => void) | undefined
  /** Calls that are stored at once. */
  batchCalls?: number
  /** Stops after the batch that is on its way. */
  signal?: AbortSignal | undefined
}

/** A wish that says by whose clocks. */
type ZonedWish = HistoryWish & { zone: string }

function markOf({ seed, days, calls, zone, talk }: ZonedWish): string {
  return createHash('sha256')
    .update(JSON.stringify([seed, days, calls, zone, talk]))
    .digest('hex')
    .slice(0, 10)
}

const counted = (calls: number) => `${calls.toLocaleString('en-US')} ${calls === 1 ? 'call' : 'calls'}`

/** Where to begin: at the start, or where the same wish was interrupted. Throws `HistoryRefused` when calls are in the way. */
async function planRun(db: Db, companyId: string, wish: ZonedWish, now: number) {
  const mark = markOf(wish)
  const wholeMinute = Math.floor((wish.until ?? now) / minuteMs) * minuteMs
  const { runs, others } = await readPastRuns(db, companyId)
  const same = runs.filter(
    (run) => run.mark === mark && (wish.until === undefined || run.until === wholeMinute),
  )
  const interrupted = same.find(({ calls }) => calls < wish.calls)
  if (interrupted) return { mark, until: interrupted.until, first: interrupted.calls }
  if (same.length > 0)
    throw new HistoryRefused(
      `This past is there already, with ${counted(wish.calls)}. For more write another --seed, and --append.`,
    )
  const earlier = runs.reduce((sum, { calls }) => sum + calls, 0)
  if (!wish.append && earlier + others > 0)
    throw new HistoryRefused(
      `The company has ${counted(earlier + others)} already${earlier > 0 ? ', of another seed' : ''}. ` +
        'Add --append to put these beside them, or set DATA_DIR or DATABASE_URL to an empty database.',
    )
  return { mark, until: wholeMinute, first: 0 }
}

/**
 * Stores the past that is wished for. Batches are stored in order and whole, so that an interrupted run goes on without a hole.
 * Throws `HistoryRefused` with words for the terminal.
 */
export async function fillHistory(options: FillOptions): Promise<HistoryReport> {
  const { db, now, onProgress, signal, batchCalls = defaultBatchCalls } = options
  const company = await readPastCompany(db, options.wish.company)
  const { companyId } = company.directory
  const wish: ZonedWish = { ...options.wish, zone: options.wish.zone ?? company.zone ?? usualZone }
  const { mark, until, first } = await planRun(db, companyId, wish, now)
  const companyZone = await giveZone(db, company, options.wish.zone)
  const rules = await createCompanyDirectory(db).get(companyId)
  const from = until - wish.days * dayMs
  const players = createPlayers({ company, rules, wish, until, mark })
  const arrivals = drawArrivals(
    { ...wish, from, until, businesses: company.directory.businesses, random: players.random },
    first,
  )
  const idsFor = (batch: readonly Arrival[]) =>
    batch.length === 0 ? 0 : batch.length * idsOfCall + idsOfLongOnes
  let stored = first
  let lines = 0
  let writing: Promise<void> = Promise.resolve()
  let batch = take(arrivals, batchCalls)
  let block = await takeIds(db, companyId, idsFor(batch))
  while (batch.length > 0) {
    let used = block.from
    const past = batch.map((arrival) => players.play(arrival, () => ++used))
    if (used > block.upTo) throw new Error('A batch of the past needed more ids than it took.')
    const rows = rowsOf(past, until)
    await writing
    batch = take(arrivals, signal?.aborted ? 0 : batchCalls)
    // Before the rows are on their way: on the one session of the embedded engine it would wait for them.
    block = await takeIds(db, companyId, idsFor(batch), { block, used })
    writing = writeHistory(db, companyId, rows).then(() => {
      stored += past.length
      lines += rows.lines.length
      onProgress?.({ stored, calls: wish.calls })
    })
    // Whoever awaits it next hears of a failure; nobody may call it unheard before.
    writing.catch(() => undefined)
  }
  await writing
  await analyzeHistory(db)
  return {
    company: company.name,
    zone: wish.zone,
    companyZone,
    from,
    until,
    calls: stored - first,
    lines,
    resumed: first,
    isComplete: stored === wish.calls,
  }
}

/** The demo, and who has none, gets the zone that was said: another company's days are not moved by a seed. Gives what holds. */
async function giveZone(db: Db, { zone, directory }: PastCompany, said: string | undefined) {
  const mayChange = zone === null || directory.companyId === 'demo'
  if (said === undefined || said === zone || !mayChange) return zone
  await db.updateTable('companies').set({ zone: said }).where('id', '=', directory.companyId).execute()
  return said
}

function take<T>(source: Iterator<T>, count: number): T[] {
  const taken: T[] = []
  while (taken.length < count) {
    const next = source.next()
    if (next.done) break
    taken.push(next.value)
  }
  return taken
}

interface PlayersParts {
  company: PastCompany
  rules: Company
  wish: ZonedWish
  until: number
  mark: string
}

function createPlayers({ company, rules, wish, until, mark }: PlayersParts) {
  const { directory, supervisors } = company
  const random = createRandom(`${wish.seed}/${mark}`)
  const clock = createLocalClock(wish.zone)
  const scorer = lexiconScorer()
  const people = {
    companyId: directory.companyId,
    supervisors,
    agents: directory.agents,
    isStaffed: (at: number) => isStaffed(clock(at)),
  }

  const playAt = ({ n, business, local, isStorm }: Arrival, at: number, nextId: () => number): PastCall => {
    const luck = random.fork(`call${n}`)
    const scene = isStorm && luck.chance(stormShare) ? scenes.storm : ordinary
    const context: FactContext = {
      now: at,
      nextId,
      scorer,
      business: (id) => (id === undefined ? undefined : rules.businesses.get(id)),
      agent: (id) => rules.agents.get(id),
    }
    const wishes = {
      business,
      talkSeconds: wish.talk,
      ...(mayDial(local) ? {} : { direction: 'inbound' as const }),
    }
    const id = pastCallId(until, mark, n)
    const call = makeCall({ id, n, directory, scene, random: luck, wish: wishes })
    return playPastCall({ call, at, scene, context, people })
  }

  return {
    random,
    /** Plays the call; one that would not be over yet comes in so much earlier. */
    play(arrival: Arrival, nextId: () => number): PastCall {
      const past = playAt(arrival, arrival.at, nextId)
      const late = Date.parse(past.state.call.ended_at ?? '') - until
      return late > 0 ? playAt(arrival, arrival.at - late - 1000, nextId) : past
    },
  }
}

function rowsOf(past: readonly PastCall[], until: number): HistoryRows {
  return {
    calls: past.map(({ state }) => state),
    lines: past.flatMap(({ lines }) => lines),
    escalations: past.flatMap(({ escalations }) => escalations),
    notes: past.flatMap(({ notes }) => notes),
    interventions: past.flatMap(({ interventions }) => interventions),
    followUps: past.flatMap(({ followUps }) =>
      followUps.map((owed) =>
        Date.parse(owed.due_at) < until - owedMs ? { ...owed, status: 'completed' as const } : owed,
      ),
    ),
  }
}

// What the page must know, gathered until it can take it: never more than two updates are under way, the newest state wins.
import type { Call } from '#contract/call.ts'
import { type DeskState, type DeskWish, firstWish } from '#src/floor/desk.ts'
import type { Cancel, Clock } from '#src/lib/clock.ts'
import type { Connection } from '#src/lib/connection.ts'
import type { Delivery, Update } from '#src/worker/messages.ts'

/** Frames of open calls that may wait for a page that does not paint; beyond, snapshots are asked for. */
const waitingCap = 20_000
/** Rows around those on screen that are told at once as well. */
const livelyRows = 1
/**
 * Rows further away that the page knows are told anew this often, ms, in an update of their own where there is one with nothing
 * else in it, and after twice as long with any. Where the reader scrolls to, all are told at once.
 */
const farEveryMs = 1000
/**
 * Updates that may be under way. With one, what comes while the page paints would wait for two frames; what waits longer than
 * two is gathered.
 */
const mostUnderWay = 2
/** What a look through the floor brought goes along with the next rows, or alone after so long, ms. */
const deskWithinMs = 60
/** What waits for a quiet moment waits no longer than this, ms. */
const quietWithinMs = 100

interface OutboxOptions {
  clock: Clock
  /** Runs it once this task has said all it has to say. */
  soon(run: () => void): void
  post(update: Update): void
  row(callId: string): Call | undefined
  overflow(): void
}

/** Gathers what the page must know; the next update goes when the one before the last is painted. */
export function createOutbox({ clock, soon, post, row, overflow }: OutboxOptions) {
  let sentDesk: DeskState | null = null
  let desk: DeskState | null = null
  let sight = { from: firstWish.from, to: firstWish.to }
  let watched: readonly string[] = []
  const sent = new Map<string, Call>()
  let toldAllAt = Number.NEGATIVE_INFINITY
  let isSightNew = true
  let connection: Connection | undefined
  let deliveries: Delivery[] = []
  let waiting = 0
  let hold = 0
  let loaded = false
  let sentLoaded = false
  let underWay = 0
  let isDue = false
  let isQuietRun = false
  let cancelDesk: Cancel | null = null
  const quiet: (() => void)[] = []
  let cancelQuiet: Cancel | null = null

  function schedule(): void {
    if (isDue || underWay >= mostUnderWay) return
    isDue = true
    soon(flush)
  }

  function flush(): void {
    isDue = false
    cancelDesk?.()
    cancelDesk = null
    const update: Update = { kind: 'update', loaded, hold, ...changedRows(), deliveries }
    if (connection) update.connection = connection
    if (desk && desk !== sentDesk) update.desk = changedParts(desk, sentDesk)
    const isNothing = (): boolean =>
      !update.connection &&
      !update.desk &&
      loaded === sentLoaded &&
      update.rows.length + update.dropped.length + deliveries.length === 0
    const farAge = clock.now() - toldAllAt
    if (isSightNew || farAge >= 2 * farEveryMs || (farAge >= farEveryMs && isNothing())) addFarRows(update)
    if (!isNothing()) {
      sentDesk = desk
      sentLoaded = loaded
      connection = undefined
      deliveries = []
      waiting = 0
      underWay += 1
      post(update)
    }
    // The news is out, and more is not here yet: the best moment for what takes longer.
    if (quiet.length > 0) runQuiet()
  }

  function runQuiet(): void {
    cancelQuiet?.()
    cancelQuiet = null
    isQuietRun = true
    try {
      for (const run of quiet.splice(0)) run()
    } finally {
      isQuietRun = false
    }
  }

  function tell(id: string, rows: Call[]): void {
    const call = row(id)
    if (!call || sent.get(id) === call) return
    sent.set(id, call)
    rows.push(call)
  }

  function forget(ids: readonly string[]): string[] {
    for (const id of ids) sent.delete(id)
    return [...ids]
  }

  /** Rows on screen that changed, and those of the window that the page does not know yet. */
  function changedRows(): Pick<Update, 'rows' | 'dropped'> {
    const rows: Call[] = []
    const { from, ids } = desk?.window ?? { from: 0, ids: [] }
    const [first, end] = [sight.from - livelyRows - from, sight.to + livelyRows - from]
    for (const [index, id] of ids.entries())
      if ((index >= first && index < end) || !sent.has(id)) tell(id, rows)
    for (const id of watched) tell(id, rows)
    return { rows, dropped: forget([...sent.keys()].filter((id) => !row(id))) }
  }

  /** All other rows of the window that changed; what is in it no more is let go. */
  function addFarRows(update: Update): void {
    isSightNew = false
    toldAllAt = clock.now()
    const wanted = new Set([...(desk?.window.ids ?? []), ...watched])
    for (const id of wanted) tell(id, update.rows)
    update.dropped.push(...forget([...sent.keys()].filter((id) => !wanted.has(id))))
  }

  return {
    deliver(delivery: Delivery): void {
      waiting += delivery.kind === 'frames' ? delivery.frames.length : 1
      if (waiting > waitingCap) {
        deliveries = []
        waiting = 0
        overflow()
        return
      }
      deliveries.push(delivery)
      schedule()
    },
    tellConnection(next: Connection): void {
      connection = next
      schedule()
    },
    tellDesk(next: DeskState, isLoaded: boolean): void {
      if (next.frozenAt !== desk?.frozenAt) isSightNew = true
      desk = next
      loaded = isLoaded
      // Alone it would cost the page a frame of its own.
      if (isQuietRun) cancelDesk ??= clock.after(deskWithinMs, schedule)
      else schedule()
    },
    tellRows(isLoaded: boolean): void {
      loaded = isLoaded
      schedule()
    },
    /** What the page looks at now. A `heldNow` it is waiting for is answered with the whole desk. */
    wish({ from = sight.from, to = sight.to, watch = watched }: Partial<DeskWish>, heldNow?: number): void {
      if (heldNow !== undefined) {
        hold = heldNow
        sentDesk = null
      }
      if (from !== sight.from || to !== sight.to || watch !== watched) isSightNew = true
      sight = { from, to }
      watched = watch
      schedule()
    },
    /** Runs it after the next update, or soon when there is none. */
    whenQuiet(run: () => void): void {
      quiet.push(run)
      cancelQuiet ??= clock.after(quietWithinMs, runQuiet)
    },
    painted(): void {
      underWay = Math.max(0, underWay - 1)
      schedule()
    },
  }
}

function changedParts(next: DeskState, before: DeskState | null): Partial<DeskState> {
  if (!before) return next
  const parts: Partial<DeskState> = {}
  if (next.board !== before.board) parts.board = next.board
  if (next.window !== before.window) parts.window = next.window
  if (next.digest !== before.digest) parts.digest = next.digest
  if (next.stand !== before.stand) parts.stand = next.stand
  if (next.frozenAt !== before.frozenAt) parts.frozenAt = next.frozenAt
  return parts
}

// What the page must know, gathered until it can take it: never more than two updates are under way, the newest state wins.
import type { Call } from '#contract/call.ts'
import { type DeskState, type DeskWish, emptyDesk, firstWish } from '#src/floor/desk.ts'
import type { Cancel, Clock } from '#src/lib/clock.ts'
import type { Connection } from '#src/lib/connection.ts'
import { same } from '#src/lib/same.ts'
import { newsOfDigest } from '#src/worker/digest-news.ts'
import type { Delivery, DeskNews, Update } from '#src/worker/messages.ts'
import { type PageSight, createToldRows } from '#src/worker/told-rows.ts'

/** Frames of open calls that may wait for a page that does not paint; beyond, snapshots are asked for. */
const waitingCap = 20_000
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
/**
 * What a look through the floor brought goes by itself, once the page has painted what it was told, so that no line waits for a
 * frame in which rows change places; with whatever else there is after so long, ms.
 */
const deskWithinMs = 60
/** What waits for a quiet moment waits no longer than this, ms. */
const quietWithinMs = 100
/**
 * That the line is back and what was missed is coming is told with the first of it, or after so long, ms: by itself it would cost
 * the page a frame of the whole board, which gets its colour back, right before the next one.
 */
const backWithinMs = 250
/** That the line was heard again, and stands as before, is told by the way; by itself only where nothing was told for so long, ms. */
const heardEveryMs = 1000

interface OutboxOptions {
  clock: Clock
  /** Runs it once this task has said all it has to say. */
  soon(run: () => void): void
  post(update: Update): void
  row(callId: string): Call | undefined
  /** When the server was last heard, epoch ms of its clock; null before the first frame. */
  heardAt(): number | null
  /** More of the floor is on its way: what waits for a quiet moment would only be done again. */
  isFloorComing(): boolean
  overflow(): void
}

/** Gathers what the page must know; the next update goes when the one before the last is painted. */
export function createOutbox({ clock, soon, post, row, heardAt, isFloorComing, overflow }: OutboxOptions) {
  let sentDesk: DeskState | null = null
  /** What the page knows of the floor as a whole, whatever order it holds. */
  let sentDigest = emptyDesk.digest
  let desk: DeskState | null = null
  let sight: PageSight = { from: firstWish.from, to: firstWish.to, watched: [] }
  const told = createToldRows(row)
  let toldAllAt = Number.NEGATIVE_INFINITY
  let isSightNew = true
  let cancelFar: Cancel | null = null
  let connection: Connection | undefined
  /** How the line stands as far as is known here. */
  let known: Connection | null = null
  let postedAt = Number.NEGATIVE_INFINITY
  let deliveries: Delivery[] = []
  let waiting = 0
  let hold = 0
  let loaded = false
  let sentLoaded = false
  let underWay = 0
  let isDue = false
  let isQuietRun = false
  /** The desk may wait for a frame of its own. */
  let isDeskPatient = false
  let cancelDesk: Cancel | null = null
  const quiet: (() => void)[] = []
  let cancelQuiet: Cancel | null = null
  let cancelBack: Cancel | null = null

  function schedule(): void {
    if (isDue || underWay >= mostUnderWay) return
    isDue = true
    soon(flush)
  }

  function flush(): void {
    isDue = false
    const update: Update = {
      kind: 'update',
      loaded,
      hold,
      heardAt: heardAt(),
      rows: [],
      dropped: [],
      deliveries,
    }
    if (connection && !cancelBack) update.connection = connection
    const isNothing = (): boolean =>
      !update.connection &&
      !update.desk &&
      loaded === sentLoaded &&
      update.rows.length + update.dropped.length + deliveries.length === 0
    /** The page has painted all it was told, and there is nothing that is more urgent. */
    const hasTime = (): boolean => underWay === 0 && isNothing()
    told.addChanged(update, sentDesk?.window, sight)
    if (desk && desk !== sentDesk && (!isDeskPatient || hasTime())) {
      update.desk = changedParts(desk, sentDesk)
      const digest = newsOfDigest(desk.digest, sentDigest)
      if (digest) update.desk.digest = digest
      sentDigest = desk.digest
      stopWaiting()
      sentDesk = desk
      told.addChanged(update, desk.window, sight)
    }
    const farAge = clock.now() - toldAllAt
    if (isSightNew || farAge >= 2 * farEveryMs || (farAge >= farEveryMs && hasTime())) {
      isSightNew = false
      toldAllAt = clock.now()
      told.addAll(update, sentDesk?.window, sight)
    } else if (farAge < farEveryMs)
      cancelFar ??= clock.after(farEveryMs - farAge, () => {
        cancelFar = null
        schedule()
      })
    if (!isNothing()) {
      if (connection) update.connection = connection
      sentLoaded = loaded
      connection = undefined
      stopHoldingBack()
      deliveries = []
      waiting = 0
      underWay += 1
      postedAt = clock.now()
      post(update)
    }
    // The news is out, and more is not here yet: the best moment for what takes longer.
    if (quiet.length > 0) runQuiet()
  }

  function runQuiet(): void {
    cancelQuiet?.()
    cancelQuiet = isFloorComing() ? clock.after(quietWithinMs, runQuiet) : null
    if (cancelQuiet) return
    isQuietRun = true
    try {
      for (const run of quiet.splice(0)) run()
    } finally {
      isQuietRun = false
    }
  }

  function stopHoldingBack(): void {
    cancelBack?.()
    cancelBack = null
  }

  function stopWaiting(): void {
    cancelDesk?.()
    cancelDesk = null
    isDeskPatient = false
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
      const isHeardOnly = known !== null && standsAs(next, known)
      known = next
      if (isHeardOnly && !connection && clock.now() - postedAt < heardEveryMs) return
      connection = next
      if (next.status === 'catching-up' && !cancelBack)
        cancelBack = clock.after(backWithinMs, () => {
          cancelBack = null
          schedule()
        })
      else if (next.status !== 'catching-up') {
        stopHoldingBack()
        schedule()
      }
    },
    tellDesk(next: DeskState, isLoaded: boolean): void {
      if (next.frozenAt !== desk?.frozenAt) isSightNew = true
      const isFirst = desk === sentDesk
      desk = next
      loaded = isLoaded
      if (!isQuietRun) stopWaiting()
      else if (isFirst) {
        isDeskPatient = true
        cancelDesk = clock.after(deskWithinMs, () => {
          stopWaiting()
          schedule()
        })
      }
      schedule()
    },
    tellRows(isLoaded: boolean): void {
      loaded = isLoaded
      schedule()
    },
    /** What the page looks at now. A `heldNow` it is waiting for is answered with the whole desk. */
    wish(
      { from = sight.from, to = sight.to, watch = sight.watched }: Partial<DeskWish>,
      heldNow?: number,
    ): void {
      if (heldNow !== undefined) {
        hold = heldNow
        sentDesk = null
        stopWaiting()
      }
      if (from !== sight.from || to !== sight.to || watch !== sight.watched) isSightNew = true
      sight = { from, to, watched: watch }
      schedule()
    },
    /** Calls of which the page is told at once. */
    inSight: () => told.inSight(sentDesk?.window, sight),
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

/** The same but for when the line was heard, and what was dropped of it. */
const standsAs = (one: Connection, other: Connection): boolean =>
  same({ ...one, lastFrameAt: null, dropped: null }, { ...other, lastFrameAt: null, dropped: null })

/** All but the digest. */
function changedParts({ digest: _digest, ...next }: DeskState, before: DeskState | null): DeskNews {
  if (!before) return next
  const parts: DeskNews = {}
  if (next.board !== before.board) parts.board = next.board
  if (next.window !== before.window) parts.window = next.window
  if (next.stand !== before.stand) parts.stand = next.stand
  if (next.frozenAt !== before.frozenAt) parts.frozenAt = next.frozenAt
  return parts
}

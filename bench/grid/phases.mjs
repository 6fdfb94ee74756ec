// The measuring of one open page, one phase after the other, each with no more watching than it needs.
import { median, percentile } from '../support/stats.mjs'
import { wait } from '../support/wait.mjs'
import { watchRenderers } from './browser.mjs'
import { listenForMarks } from './server-view.mjs'
import { traceTasks } from './task-trace.mjs'

/** Pixels a frame when scrolling: three rows. */
const scrollPx = 120
/** A frame that took longer than this, ms, missed the screen's beat of 16.7. */
const lateMs = 25
/** Marked lines a second: some hundred in a round, for a p95 of thirty is but the second slowest. */
const marksPerSecond = 15
/** Times the line is cut and mended in a round. */
const reconnects = 3

/** CPU of the page's renderer while nothing watches, in cores. */
export async function measureCpu(opened, seconds) {
  const read = watchRenderers(await opened.renderers())
  await wait(seconds * 1000)
  const { main, workers, others } = read()
  return { mainCpu: main, workerCpu: workers, otherCpu: others }
}

/**
 * Frame intervals, and how long marked lines on calls in sight take to be painted. A line that is followed by another one at
 * once, or whose row is sorted out of sight, is not seen: where that is the rule, say more of them a turn.
 */
export async function measurePaint(opened, source, seconds, perTurn = 1) {
  const { page } = opened
  const ears = await listenForMarks(source.url, await source.token())
  await page.evaluate(() => {
    window.gridProbe.startFrames()
    window.gridProbe.startMarks()
  })
  await source.written()
  const posted = await postMarks(page, source, ears, { seconds, perTurn })
  await wait(1500)
  const { frames, seen } = await page.evaluate(() => ({
    frames: window.gridProbe.takeFrames(),
    seen: window.gridProbe.takeMarks(),
  }))
  ears.close()
  const written = await source.written()
  const fromPost = []
  const fromCommit = []
  const fromServer = []
  for (const [name, at] of posted) {
    const painted = seen[name]
    if (painted === undefined) continue
    fromPost.push(painted - at)
    if (ears.at.has(name)) fromCommit.push(painted - ears.at.get(name))
    if (written[name] !== undefined) fromServer.push(painted - written[name])
  }
  return {
    frameP95: percentile(frames, 0.95),
    postToPaintP50: percentile(fromPost, 0.5),
    postToPaintP95: percentile(fromPost, 0.95),
    commitToPaintP50: percentile(fromCommit, 0.5),
    commitToPaintP95: percentile(fromCommit, 0.95),
    sentToPaintP50: percentile(fromServer, 0.5),
    sentToPaintP95: percentile(fromServer, 0.95),
    marksSeen: fromPost.length,
    marksPosted: posted.size,
  }
}

let serial = 0

async function postMarks(page, source, ears, { seconds, perTurn }) {
  const posted = new Map()
  const work = []
  const ends = Date.now() + seconds * 1000
  let inView = []
  for (let turn = 0; Date.now() < ends; turn++) {
    if (turn % marksPerSecond === 0) {
      inView = await page.evaluate(() => window.gridProbe.rowsInView())
      ears.listen(inView)
      // The calls that were listened to just now: the server needs a moment for the first of them.
      if (turn === 0) await wait(300)
    }
    for (let index = 0; index < Math.min(perTurn, inView.length); index++) {
      const callId = inView[(turn * 7 + index) % inView.length]
      const name = `mark-${serial++}-`
      posted.set(name, Date.now())
      work.push(source.say(callId, `${name} Could somebody look at this line?`).catch(() => undefined))
    }
    // At no steady beat: batches and frames have theirs, and marks in step with them would meet the same wait each time.
    await wait((0.5 + Math.random()) * (1000 / marksPerSecond))
  }
  await Promise.all(work)
  return posted
}

/** Frame intervals while scrolling, the share of frames that came an interval of the screen or more too late, and how often a place in sight was blank. */
export async function measureScroll(opened, seconds) {
  const { intervals, looked, blank } = await opened.page.evaluate(
    ([px, ms]) => window.gridProbe.scroll(px, ms),
    [scrollPx, seconds * 1000],
  )
  await opened.page.evaluate(() => window.gridProbe.scrollTo(0))
  return {
    scrollP95: percentile(intervals, 0.95),
    lateShare: intervals.filter((ms) => ms > lateMs).length / intervals.length,
    blankShare: looked === 0 ? null : blank / looked,
  }
}

/** Heap after a forced collection, bytes: page and workers together and apart. */
export async function measureHeap(opened) {
  const { page, workers } = await opened.heap()
  return { heap: page + workers, heapWorkers: workers }
}

/** Waits until the marked line is painted on some row. Resolves with its moment, epoch ms. */
async function untilPainted(page, mark, complaint) {
  const ends = Date.now() + 60_000
  while (Date.now() < ends) {
    await wait(50)
    const painted = await page.evaluate((name) => window.gridProbe.marks()[name], mark)
    if (painted !== undefined) return painted
  }
  throw new Error(complaint)
}

/** Waits until the rows in sight and the page's own word say that it is back. Resolves with both moments, epoch ms. */
async function untilBack(page) {
  const ends = Date.now() + 60_000
  while (Date.now() < ends) {
    await wait(50)
    const { rowsAt, wholeAt } = await page.evaluate(() => window.gridProbe.returned())
    if (rowsAt !== null && wholeAt !== null) return { rowsAt, wholeAt }
  }
  throw new Error('The page did not come back.')
}

/** The same new line on every call: which of them a page shows afterwards is for its order to say. Resolves with the mark. */
async function markAll(source) {
  const mark = `mark-${serial++}-`
  await source.sayEverywhere(`${mark} Is this line here yet?`)
  return mark
}

/**
 * Cuts the page's line, lets so much happen that only a snapshot helps, mends it, and waits until every row in sight shows what was
 * said meanwhile, and until the page says that it is live again. The stream stands still from the cut on. Done three times
 * for the time, of which the median counts, and once more for the longest task, for watching the tasks takes some of the time.
 * @param {object} opened
 * @param {import('./sources.mjs').Source} source
 * @param {{ ask: (question: object) => Promise<any> }} line the process between page and server
 * @param {number} missed events while the line is cut
 */
export async function measureReconnect(opened, source, line, missed) {
  const times = []
  for (let count = 0; count < reconnects; count++) times.push(await reconnect(opened, source, line, missed))
  const longest = await longestTask(opened, () => reconnect(opened, source, line, missed))
  return {
    reconnectMs: median(times.map(({ rowsAt, acceptedAt }) => rowsAt - acceptedAt)),
    reconnectWholeMs: median(times.map(({ wholeAt, acceptedAt }) => wholeAt - acceptedAt)),
    reconnectTask: longest,
  }
}

/** Resolves with the moments of the new connection, of the rows and of the page's word, epoch ms. */
async function reconnect({ page }, source, line, missed) {
  await line.ask({ order: 'cut' })
  await source.stop()
  await source.burst(missed)
  const mark = await markAll(source)
  return withMarks(page, async () => {
    await page.evaluate((name) => window.gridProbe.watchReturn(name), mark)
    await line.ask({ order: 'mend' })
    const back = await untilBack(page)
    return { ...back, ...(await line.ask({ order: 'accepted' })) }
  })
}

/** Watches marks while `work` goes on. */
async function withMarks(page, work) {
  await page.evaluate(() => window.gridProbe.startMarks())
  try {
    return await work()
  } finally {
    await page.evaluate(() => void window.gridProbe.takeMarks())
  }
}

/** The longest task of the page from the beginning of `work` until a second after its end, ms. */
async function longestTask(opened, work) {
  const end = await traceTasks(opened)
  await work()
  await wait(1000)
  return end()
}

/** A burst: until a line that was said after it is painted, and in a second one the longest task meanwhile. */
export async function measureBurst(opened, source, count) {
  await source.stop()
  const burstMs = await burst(opened, source, count)
  await wait(1000)
  return { burstMs, burstTask: await longestTask(opened, () => burst(opened, source, count)) }
}

function burst({ page }, source, count) {
  return withMarks(page, async () => {
    const began = Date.now()
    await source.burst(count)
    const mark = await markAll(source)
    const paintedAt = await untilPainted(page, mark, 'Nothing was painted after the burst.')
    return paintedAt - began
  })
}

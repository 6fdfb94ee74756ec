// The end of the bench: medians, ratios, targets met or missed, how to read them.
import { finish, say, target as judge } from '../support/report.mjs'
import { median, round } from '../support/stats.mjs'

const megabyte = 1e6
/** Measures of a level: name, digits, member of a row or what is made of it. */
const levelMeasures = [
  { name: 'main-thread CPU, cores', digits: 3, of: 'mainCpu' },
  { name: 'main + workers CPU, cores', digits: 3, of: (row) => row.mainCpu + row.workerCpu },
  { name: 'other renderer threads, cores', digits: 3, of: 'otherCpu' },
  { name: 'post to paint p50, ms', digits: 0, of: 'postToPaintP50' },
  { name: 'post to paint p95, ms', digits: 0, of: 'postToPaintP95' },
  { name: 'commit to paint p50, ms', digits: 0, of: 'commitToPaintP50' },
  { name: 'commit to paint p95, ms', digits: 0, of: 'commitToPaintP95' },
  { name: 'sent to paint p50, ms', digits: 0, of: 'sentToPaintP50' },
  { name: 'sent to paint p95, ms', digits: 0, of: 'sentToPaintP95' },
  { name: 'frame interval p95, ms', digits: 1, of: 'frameP95' },
  { name: 'scroll frame p95, ms', digits: 1, of: 'scrollP95' },
  { name: 'frames late while scrolling, %', digits: 1, of: (row) => row.lateShare * 100 },
  { name: 'blank while scrolling, %', digits: 1, of: (row) => row.blankShare * 100 },
  { name: 'heap after collection, MB', digits: 1, of: (row) => row.heap / megabyte },
  { name: 'of it in workers, MB', digits: 1, of: (row) => row.heapWorkers / megabyte },
  { name: 'JavaScript gzip, kB', digits: 1, of: (row) => row.scriptBytes / 1000 },
  { name: 'navigation to full grid, ms', digits: 0, of: 'fullMs' },
  { name: 'late at the first look (all rounds)', digits: 0, of: 'late', sum: true },
  { name: 'calls wrong (all rounds)', digits: 0, of: 'wrongCalls', sum: true },
  { name: 'cells wrong (all rounds)', digits: 0, of: 'wrongCells', sum: true },
  { name: 'events/s that came in', digits: 0, of: 'reached' },
]
const troubleMeasures = [
  { name: 'reconnect: rows in sight painted, ms', digits: 0, of: 'reconnectMs' },
  { name: 'reconnect: whole snapshot to paint, ms', digits: 0, of: 'reconnectWholeMs' },
  { name: 'reconnect: longest task, ms', digits: 0, of: 'reconnectTask' },
  { name: 'burst of 50,000: until painted, ms', digits: 0, of: 'burstMs' },
  { name: 'burst of 50,000: longest task, ms', digits: 0, of: 'burstTask' },
  { name: 'calls wrong after it', digits: 0, of: 'wrongCalls', sum: true },
  { name: 'cells wrong after it', digits: 0, of: 'wrongCells', sum: true },
]
const rampMeasures = [{ name: 'sustained events/s', digits: 0, of: 'sustained' }]
const recordedMeasures = [{ name: 'sustained frames/s', digits: 0, of: 'sustained' }]

const howToRead = [
  'A is AG Grid Community with row ids and asynchronous transactions; F is a bare floor: a map of calls and recycled rows, without a framework. Both show the same columns and subscribe like the console.',
  'All pages sort at one cadence, and there are two of them. "All sort every 50 ms": A has its default settings and sorts with every transaction, which it makes of what came in 50 ms; F and the console (whose worker is built with another beat for it) sort as often. "Every 2 s": the product\'s own beat, for rows that move all the time cannot be read. A is kept from sorting with every transaction then (suppressModelUpdateAfterUpdateTransaction), and as it sorts whenever rows come or go, calls come and go at that beat too; BENCH_AG=early-arrivals lets them in every 250 ms, as F and the console do, and costs A about half as much processor again at 10,000 calls.',
  'Each page runs alone in a browser of its own (headless Chromium, 1600 × 1000, grids of the same height); rounds go through the pages in turns, and a cell is the median of the rounds. "console / A" below 1 means that the console needs less.',
  'CPU is what the operating system counts for the threads of the page\'s renderer while nothing watches; "main + workers" shows work that was moved off the main thread. The machine also carries server, feeder and browser, so latencies are those of a busy machine. From the full grid on the tool that drives the browser does not listen to the network: it would be told each message of the live line, by the thread that gets it.',
  '"post to paint" begins before the webhook is called (behind the log: before the feeding process is told), "commit to paint" at the frame\'s `at`, "sent to paint" when the server writes the batch with it to the page\'s socket; all end when the frame that shows the marked line has been made.',
  'Levels are fed through the signed webhook where it takes at least 90 % of the rate; otherwise, and for the cadence of 50 ms, reconnect, burst, ramp and 50,000 calls, the same server is fed behind its log, straight into realtime. The table says which.',
  "Wrong calls and cells: the stream stops, the whole grid is scrolled and read, and each row is compared with the server's snapshot: state, direction, caller, last line, mood, QA, escalation.",
  "Reconnect: the line is cut, 25,000 events pass, the line is mended; from the new connection until every row in sight has been painted with a line said meanwhile (or as ended), and until the page has said that it is live, with the whole floor in. All three hold a floor and are told what changed of it; the console asks for the rows it shows first, A and F take the parts as they come. Tasks of the page come from the browser's trace, frames included, while it happens once more: tracing costs some of what is measured.",
  'The ramp ends where an event takes more than 1 s to paint (p95), a frame more than 250 ms (p95), the connection breaks, or the server cannot feed more; it says which.',
  'The ramp from a recording plays frames that the server sent before, with new positions, from a process that costs hardly anything: there the page is the first to give out. Nobody comes or goes in it. Frames are what is left of events when lines are told four times a second for a call.',
]

const valueOf = (row, of) => (typeof of === 'function' ? of(row) : row[of])

function summed(rows, { of, digits, sum }) {
  const values = rows.map((row) => valueOf(row, of)).filter((value) => Number.isFinite(value))
  if (values.length === 0) return null
  return round(sum ? values.reduce((total, value) => total + value, 0) : median(values), digits)
}

const ratio = (a, b) => (a === null || b === null || b === 0 ? null : round(a / b, 2))

/** One line per measure: A, F, console and the ratios. */
function table(rows, measures) {
  const of = (page) => rows.filter((row) => row.page === page && !row.failed)
  return measures.map((measure) => {
    const [A, F, console] = ['A', 'F', 'console'].map((page) => summed(of(page), measure))
    const isSum = measure.sum === true
    return {
      measure: measure.name,
      A,
      F,
      console,
      'console / A': isSum ? null : ratio(console, A),
      'console / F': isSum ? null : ratio(console, F),
    }
  })
}

/** The bounds at 10,000 calls and 5,000 events/s: measure, against A, against F. */
const bounds = [
  ['main-thread CPU, cores', 0.6, 0.8],
  ['sent to paint p95, ms', 0.33, 1.2],
  ['frame interval p95, ms', 0.75, 1.1],
  ['scroll frame p95, ms', 0.75, 1.25],
  ['heap after collection, MB', 0.65, null],
  ['JavaScript gzip, kB', 0.8, null],
  ['reconnect: whole snapshot to paint, ms', 0.8, 1.3],
  ['reconnect: longest task, ms', 0.55, 1.3],
]

const oneCadence = 'all sort every 50 ms: '

/** `cadence` is put before the names, where it is not the product's. */
function targetsOf(lines, cadence = '') {
  const target = (name, ...rest) => judge(`${cadence}${name}`, ...rest)
  const line = (name) => lines.find(({ measure }) => measure === name)
  const found = []
  for (const [name, againstA, againstF] of bounds) {
    const given = line(name)
    if (!given) continue
    found.push(target(`${name}: console / A`, given['console / A'], '<=', againstA))
    if (againstF !== null) found.push(target(`${name}: console / F`, given['console / F'], '<=', againstF))
  }
  const script = line('JavaScript gzip, kB')
  if (script) found.push(target('JavaScript until the grid shows, kB', script.console, '<=', 190))
  const ramp = line('sustained frames/s') ?? line('sustained events/s')
  if (ramp) {
    found.push(target(`${ramp.measure}: console / A`, ramp['console / A'], '>=', 3))
    found.push(target(`${ramp.measure}: console / F`, ramp['console / F'], '>=', 0.9))
  }
  for (const { measure, console } of lines)
    if (/^(calls|cells) wrong/.test(measure)) found.push(target(`${measure}: console`, console, '<=', 0))
  return found
}

/** Prints the tables and the targets, and writes bench/results/grid.json. */
export function writeReport({ results, levels, rounds, seconds }) {
  const tables = {}
  let judged = []
  for (const { calls, rate, webhookRate } of levels) {
    const rows = results.levels.filter((row) => row.calls === calls)
    if (rows.length === 0) continue
    const lines = table(rows, levelMeasures)
    const fed =
      rows[0].way === 'webhook'
        ? 'signed webhook'
        : webhookRate === null
          ? 'behind the log'
          : `behind the log (the webhook took ${webhookRate} facts/s)`
    tables[`${calls} calls, ${rate} events/s, sorted every 2 s, ${fed}`] = lines
    if (calls === 10_000) judged = judged.concat(lines)
  }
  const sorted = [...table(results.sorted, levelMeasures), ...table(results.sortedRamp, recordedMeasures)]
  if (results.sorted.length > 0)
    tables['10000 calls, 5000 events/s and ramp from a recording, all sort every 50 ms, behind the log'] =
      sorted
  const extra = [
    ['trouble', 'reconnect and burst at 10,000 calls, 5,000 events/s, behind the log', troubleMeasures],
    ['ramp', 'ramp at 10,000 calls, behind the log', rampMeasures],
    ['recorded', 'ramp at 10,000 calls, from a recording', recordedMeasures],
    ['many', '50,000 calls, 5,000 events/s, behind the log', levelMeasures],
  ]
  for (const [stage, title, measures] of extra) {
    if (results[stage].length === 0) continue
    const lines = table(results[stage], measures)
    tables[title] = lines
    if (stage !== 'many') judged = judged.concat(lines)
  }
  for (const [title, lines] of Object.entries(tables)) {
    say(`\n${title}; medians of ${rounds} rounds`)
    console.table(lines)
  }
  for (const row of [...results.ramp, ...results.recorded, ...results.sortedRamp]) {
    say(`ramp (${row.way}), ${row.page}: sustained ${row.sustained}/s; gave: ${row.broke}`)
    for (const { reached, mainCpu, workerCpu, otherCpu, browserCpu, serverCpu } of row.steps ?? [])
      say(
        `  ${reached}/s: page ${mainCpu.toFixed(2)}, worker ${workerCpu.toFixed(2)}, its helpers ${otherCpu.toFixed(2)}, browser ${browserCpu.toFixed(2)}, feed ${serverCpu.toFixed(2)} cores`,
      )
  }
  const failed = Object.values(results)
    .flat()
    .filter((row) => row.failed)
  for (const row of failed) say(`FAILED ${row.page} at ${row.calls} calls, round ${row.round}: ${row.failed}`)
  finish({
    name: 'grid',
    rows: judged.concat(sorted.map((line) => ({ ...line, measure: `${oneCadence}${line.measure}` }))),
    targets: [...targetsOf(judged), ...(results.sorted.length > 0 ? targetsOf(sorted, oneCadence) : [])],
    howToRead,
    details: { rounds, seconds, tables, results },
  })
}

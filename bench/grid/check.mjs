// The end of a round: the stream stands still, and every row of the page is compared with the server, cell by cell.
import { wait } from '../support/wait.mjs'
import * as words from './page/words.mjs'
import { watchFloor } from './server-view.mjs'

/** A tall window shows many rows at once, so that the whole grid is read in seconds. */
const tall = { width: 1600, height: 4000 }
const passes = 8
const lostAtEnd = new Set(['last_line', 'sentiment', 'qa', 'escalation'])

const collapse = (text) => text.replace(/\s+/g, '')
const equals = (want) => (cell) => cell.text === want
const holds = (want) => (cell) => collapse(`${cell.label} ${cell.text}`).includes(collapse(want))
const ends = (want) => (cell) => collapse(cell.text).endsWith(collapse(want))

/** Rules of the reference pages: the cell is exactly what the rules of words make of the call. */
const referenceRules = {
  status: (call) => equals(words.status(call)),
  direction: (call) => equals(words.direction(call)),
  from: (call) => equals(words.from(call)),
  last_line: (call) => ends(call.last_line?.text ?? 'No conversation yet.'),
  sentiment: (call) => equals(words.mood(call)),
  qa: (call) => equals(words.qa(call)),
  escalation: (call) => equals(words.escalation(call)),
}

/** Rules of the console: marks say it in their labels, lines of two parts hold both, a mood ends with its number. */
const consoleRules = {
  status: (call) => holds(words.status(call)),
  direction: (call) => holds(words.direction(call)),
  from: (call) => holds(words.from(call)),
  last_line: (call) => ends(call.last_line?.text ?? 'No conversation yet.'),
  sentiment: (call) => ends(words.mood(call)),
  qa: (call) => equals(words.qa(call)),
  escalation: (call) => (words.escalation(call) === '' ? equals('') : holds(words.escalation(call))),
}

/** Reads the grid from top to bottom, again while live calls are missing: rows may move between two stops. */
async function readGrid(page, wanted) {
  const before = page.viewportSize()
  const read = {}
  await page.setViewportSize(tall)
  // The console keeps rows in their places while the pointer is over them.
  await page.mouse.move(tall.width / 2, tall.height / 2)
  await wait(500)
  for (let pass = 0; pass < passes && (pass === 0 || wanted.some((id) => !(id in read))); pass++)
    Object.assign(read, await page.evaluate(() => window.gridProbe.readGrid()))
  await page.mouse.move(1, 1)
  await page.setViewportSize(before)
  return read
}

/** An ended call leaves after 30 s on both sides; near that moment, or past it by the end of the reading, either is right. */
const mayLeave = (call) => call.ended_at !== undefined

/** What is wrong in what was read: calls by id, cells by id and column, each in words. */
function faultsOf(subject, source, floor, read) {
  const rules = subject.name === 'console' ? consoleRules : referenceRules
  const calls = new Map()
  const cells = new Map()
  for (const [id, call] of floor.calls) {
    const row = read[id]
    if (!row) {
      if (!mayLeave(call)) calls.set(id, `${id} is missing`)
      continue
    }
    const states = [call, ...(floor.later.get(id) ?? [])]
    for (const [column, rule] of Object.entries(rules)) {
      // The feed behind the log ends calls with a row that has lost these; lines that were held come after it.
      if (mayLeave(call) && source.way !== 'webhook' && lostAtEnd.has(column)) continue
      const cell = row[column]
      if (cell && states.some((state) => rule(state)(cell))) continue
      const wanted = states.map((state) => wantedWords(column, state)).join(' or ')
      cells.set(`${id} ${column}`, `${id} ${column}: ${JSON.stringify(cell)}, not ${wanted}`)
    }
  }
  for (const id of Object.keys(read))
    if (!floor.calls.has(id)) calls.set(id, `${id} is not on the server's floor`)
  return { calls, cells }
}

function wantedWords(column, call) {
  if (column === 'last_line') return call.last_line?.text ?? 'No conversation yet.'
  return words.columns.find(({ id }) => id === column).text(call)
}

/**
 * Compares the page with the server. A cell is right when it is so by a state the call had during the reading. What is not is
 * looked at again: what is right by then was late, what is not is wrong.
 * @param {import('./pages.mjs').Page} subject
 * @param {import('@playwright/test').Page} page
 * @param {import('./sources.mjs').Source} source whose stream stands still
 * @returns {Promise<{ checked: number, late: number, wrongCalls: number, wrongCells: number, examples: string[] }>}
 */
export async function compare(subject, page, source) {
  const floor = await watchFloor(source.url, await source.token())
  const live = [...floor.calls.values()].filter((call) => !mayLeave(call)).map(({ id }) => id)
  const look = async () => {
    const read = await readGrid(page, live)
    await wait(200)
    return faultsOf(subject, source, floor, read)
  }
  let faults = await look()
  const first = faults.calls.size + faults.cells.size
  if (first > 0) {
    const again = await look()
    faults = { calls: common(faults.calls, again.calls), cells: common(faults.cells, again.cells) }
  }
  floor.close()
  const wrong = faults.calls.size + faults.cells.size
  return {
    checked: floor.calls.size,
    late: first - wrong,
    wrongCalls: faults.calls.size,
    wrongCells: faults.cells.size,
    examples: [...faults.calls.values(), ...faults.cells.values()].slice(0, 12),
  }
}

const common = (one, other) => new Map([...one].filter(([key]) => other.has(key)))

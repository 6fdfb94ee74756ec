// Reference A: AG Grid Community as its documentation advises for fast updates: row ids, asynchronous transactions, its own sort.
import {
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  ModuleRegistry,
  RenderApiModule,
  colorSchemeDark,
  createGrid,
  themeQuartz,
} from 'ag-grid-community'
import { openFeed, ownBeatMs, readAddress } from '../page/feed.mjs'
import { columns } from '../page/words.mjs'

// Only what the page uses, so that it loads no more than it has to.
ModuleRegistry.registerModules([ClientSideRowModelModule, ClientSideRowModelApiModule, RenderApiModule])

const address = readAddress()
/**
 * With default settings the grid sorts with every asynchronous transaction, which it makes of what came in 50 ms. At the product's beat it
 * is kept from that.
 */
const isAtOwnBeat = address.beatMs === ownBeatMs
/**
 * The grid sorts whenever rows come or go, so they come and go at the beat: otherwise it would sort more often than the other
 * pages. With `early-arrivals` they are let in as soon as on the other pages, at the price of those sorts.
 */
const isEarly = address.options.includes('early-arrivals')
let now = Date.now()
const grid = createGrid(document.querySelector('#grid'), {
  theme: themeQuartz.withPart(colorSchemeDark),
  columnDefs: [
    ...columns.map(({ id, head, width, text }) => ({
      colId: id,
      headerName: head,
      ...(width === null ? { flex: 1 } : { width }),
      valueGetter: ({ data }) => text(data.call, now),
    })),
    { field: 'order', hide: true, sort: 'asc' },
  ],
  getRowId: ({ data }) => data.id,
  rowData: [],
  // Values are painted as they come, places change at the beat.
  ...(isAtOwnBeat ? { suppressModelUpdateAfterUpdateTransaction: true } : {}),
  deltaSort: address.options.includes('delta-sort'),
  ...(address.options.includes('no-animation') ? { animateRows: false } : {}),
})

let waiting = new Map()
/** The rows that the grid has been given: one that left and came back within a beat is an update, not a second row. */
let given = new Set()
openFeed(address, {
  onSnapshot(items) {
    waiting = new Map()
    given = new Set(items.keys())
    now = Date.now()
    grid.setGridOption('rowData', [...items.values()])
  },
  onChange({ added, changed, removed }) {
    if (!isAtOwnBeat) {
      grid.applyTransactionAsync({ add: added, update: changed, remove: removed.map((id) => ({ id })) })
      return
    }
    for (const item of added) waiting.set(item.id, item)
    for (const id of removed) waiting.set(id, null)
    // A call that was not let in yet comes in as it is by then.
    const update = changed.filter((item) => {
      if (!waiting.has(item.id)) return true
      waiting.set(item.id, item)
      return false
    })
    if (update.length > 0) grid.applyTransactionAsync({ update })
  },
})

/** Lets calls in and out, which sorts; false when there were none. */
function letInAndOut() {
  if (waiting.size === 0) return false
  const add = []
  const update = []
  const remove = []
  for (const [id, item] of waiting) {
    if (item) (given.has(id) ? update : add).push(item)
    else if (given.has(id)) remove.push({ id })
    if (item) given.add(id)
    else given.delete(id)
  }
  waiting = new Map()
  grid.applyTransactionAsync({ add, update, remove })
  return true
}
/** One sort a beat, never two. */
if (isAtOwnBeat)
  setInterval(() => {
    if (!letInAndOut()) grid.refreshClientSideRowModel('sort')
  }, ownBeatMs)
if (isEarly) setInterval(letInAndOut, 250)

let ticks = 0
setInterval(() => {
  now = Date.now()
  // Reasons say for how long: they are renewed every five seconds, the clock of a call every second.
  ticks += 1
  grid.refreshCells({ columns: ticks % 5 === 0 ? ['duration', 'last_line'] : ['duration'] })
}, 1000)

// Reference F: the least a live grid can do. A map of calls, recycled rows, one write per frame of the visible text that changed.
import { openFeed, readAddress } from '../page/feed.mjs'
import { columns } from '../page/words.mjs'
import './floor.css'

const rowHeight = 40
const headHeight = 28
const overscan = 8
const address = readAddress()
/** Rows change places at the address's beat; calls that come and go are let in at this one, the same as the product's, or sooner. */
const arrivalMs = Math.min(250, address.beatMs)

const scroller = document.createElement('div')
scroller.className = 'scroller'
scroller.setAttribute('data-grid-scroller', '')
const heads = document.createElement('div')
heads.className = 'heads'
for (const { head } of columns)
  heads.append(Object.assign(document.createElement('span'), { textContent: head }))
const canvas = document.createElement('div')
canvas.className = 'canvas'
scroller.append(heads, canvas)
document.querySelector('#grid').append(scroller)

let items = new Map()
/** What stands in the grid, in its order. */
let shown = []
let now = Date.now()
const slots = []
/** Slot of each call that has a row. */
const slotOf = new Map()
const dirty = new Set()
const arrivals = new Map()
let frame = 0
let first = -1
let mustPlace = false

function createSlot() {
  const row = document.createElement('div')
  row.className = 'row'
  row.hidden = true
  const cells = columns.map(({ id }) => {
    const cell = document.createElement('span')
    cell.setAttribute('data-col', id)
    const text = document.createTextNode('')
    cell.append(text)
    row.append(cell)
    return { text, value: '' }
  })
  canvas.append(row)
  return { row, cells, id: null, index: -1 }
}

function writeCells(slot, call, from = 0, to = columns.length) {
  for (let index = from; index < to; index++) {
    const cell = slot.cells[index]
    const value = columns[index].text(call, now)
    if (value === cell.value) continue
    cell.value = value
    cell.text.data = value
  }
}

function bind(slot, index) {
  const item = shown[index]
  if (slot.id !== (item?.id ?? null)) {
    if (slot.id !== null && slotOf.get(slot.id) === slot) slotOf.delete(slot.id)
    slot.id = item?.id ?? null
    slot.row.hidden = !item
    if (item) slot.row.setAttribute('data-call-id', item.id)
  }
  if (!item) return
  slotOf.set(item.id, slot)
  writeCells(slot, (items.get(item.id) ?? item).call)
  if (slot.index !== index) {
    slot.index = index
    slot.row.style.transform = `translateY(${index * rowHeight}px)`
  }
}

/** Rows of the window, each index always in the same slot: scrolling by one row writes one row. */
function place() {
  const inView = Math.ceil(scroller.clientHeight / rowHeight)
  while (slots.length < inView + 2 * overscan) slots.push(createSlot())
  const start = Math.max(0, Math.floor((scroller.scrollTop - headHeight) / rowHeight) - overscan)
  if (start === first && !mustPlace) return
  const isWhole = mustPlace || first < 0
  for (let index = start; index < start + slots.length; index++) {
    const slot = slots[index % slots.length]
    if (isWhole || slot.index !== index) bind(slot, index)
  }
  first = start
  mustPlace = false
}

function paint() {
  frame = 0
  place()
  for (const id of dirty) {
    const slot = slotOf.get(id)
    const item = items.get(id)
    if (slot && item) writeCells(slot, item.call)
  }
  dirty.clear()
}

function schedule() {
  frame ||= requestAnimationFrame(paint)
}

function arrange() {
  for (const item of arrivals.values()) if (item) shown.push(item)
  if (arrivals.size > 0) shown = shown.filter(({ id }) => arrivals.get(id) !== null)
  arrivals.clear()
}

function sort() {
  arrange()
  shown = shown.map((item) => items.get(item.id) ?? item)
  shown.sort((a, b) => a.order - b.order)
  replace()
}

function replace() {
  canvas.style.height = `${shown.length * rowHeight}px`
  mustPlace = true
  schedule()
}

openFeed(address, {
  onSnapshot(all) {
    items = all
    arrivals.clear()
    shown = [...all.values()]
    sort()
  },
  onChange({ added, changed, removed }) {
    for (const item of added) arrivals.set(item.id, item)
    for (const id of removed) arrivals.set(id, null)
    for (const { id } of changed) if (slotOf.has(id)) dirty.add(id)
    if (dirty.size > 0) schedule()
  },
})
scroller.addEventListener('scroll', schedule, { passive: true })
new ResizeObserver(() => {
  mustPlace = true
  schedule()
}).observe(scroller)

/** New calls enter where they belong, others keep their places until the beat. */
function letIn() {
  if (arrivals.size === 0) return
  const fresh = [...arrivals.values()].filter(Boolean).sort((a, b) => a.order - b.order)
  for (const item of fresh) arrivals.delete(item.id)
  arrange()
  const merged = []
  let next = 0
  for (const item of shown) {
    while (next < fresh.length && fresh[next].order < item.order) merged.push(fresh[next++])
    merged.push(item)
  }
  shown = [...merged, ...fresh.slice(next)]
  replace()
}
setInterval(letIn, arrivalMs)
setInterval(sort, address.beatMs)

const durationColumn = columns.findIndex(({ id }) => id === 'duration')
const lineColumn = columns.findIndex(({ id }) => id === 'last_line')
let ticks = 0
setInterval(() => {
  now = Date.now()
  ticks += 1
  requestAnimationFrame(() => {
    for (const [id, slot] of slotOf) {
      const item = items.get(id)
      if (!item) continue
      writeCells(slot, item.call, durationColumn, durationColumn + 1)
      // Reasons say for how long: they are renewed every five seconds.
      if (ticks % 5 === 0) writeCells(slot, item.call, lineColumn, lineColumn + 1)
    }
  })
}, 1000)

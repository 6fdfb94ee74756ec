// The reference pages' end of the live protocol: one socket, a normalised map of calls, and what changed with each message.
import { io } from 'socket.io-client'
import { applyToCall, withChange } from '#contract/apply-event.ts'
import { isLive } from '#contract/call-rules.ts'
import { orderKey, tenOf } from './order.mjs'

const lingerMs = 30_000

/**
 * A call as the page keeps it: replaced by a new object when anything changes.
 * @typedef {{ id: string, call: import('#contract/call.ts').Call, ten: number, order: number }} Item
 */

function item(call, before) {
  const ten = tenOf(call.attention?.score ?? 0, before?.ten)
  return { id: call.id, call, ten, order: orderKey(call, ten) }
}

/** Rows change places at this beat where nothing else is said, the same as the product's, ms. */
export const ownBeatMs = 2000

/** Address of the server, token, height of the grid and beat of the order, ms, from the page's address: `#server=…&token=…&height=…&beat=…`. */
export function readAddress() {
  const given = new URLSearchParams(window.location.hash.slice(1))
  document.documentElement.style.setProperty('--grid-height', `${given.get('height') ?? 780}px`)
  return {
    server: given.get('server'),
    token: given.get('token'),
    options: given.get('options') ?? '',
    beatMs: Number(given.get('beat') ?? ownBeatMs),
  }
}

/**
 * Subscribes to all calls and keeps them.
 * @param {{ server: string, token: string }} address
 * @param {object} listener
 * @param {(items: Map<string, Item>) => void} listener.onSnapshot everything is new
 * @param {(change: { added: Item[], changed: Item[], removed: string[] }) => void} listener.onChange after each message
 */
export function openFeed({ server, token }, { onSnapshot, onChange }) {
  let items = new Map()
  /** The calls of a snapshot, as its parts come; what they are made of is made at its end (P5). */
  let parts = []
  /** The snapshot's place, and the highest one that came since. */
  let position = 0
  let last = 0
  /** Everything up to here was applied; of which log, once there is one. */
  let safe = 0
  let log
  /** Who scored the attention that is held; these pages take nothing but whole snapshots. */
  let scorer
  let isLiveStream = false
  const mark = document.querySelector('[data-connection]')
  const socket = io(server, {
    path: '/socket.io',
    transports: ['websocket'],
    auth: { token },
    reconnectionDelay: 1000,
    reconnectionDelayMax: 1000,
    randomizationFactor: 0,
  })
  const become = (status) => mark.setAttribute('data-connection', status)

  /** After a break only what changed of the floor has to be told, where the server can. */
  function subscribe() {
    isLiveStream = false
    parts = []
    const held = safe > 0 ? { since: safe, log, holds: true, scorer } : { since: 0 }
    socket.emit('subscribe', { type: 'all_calls', lines: 'last', batch: true, ...held })
  }
  function startOver() {
    safe = 0
    subscribe()
  }
  socket.on('connect', subscribe)
  socket.on('subscribed', ({ data }) => {
    log = data.log
    scorer = data.scorer
    // So little was missed that it would be replayed: not what these pages are for.
    if (data.mode === 'resumed') startOver()
  })
  // The server gave up on a reader that was too slow: begin anew.
  socket.on('reset', startOver)
  socket.on('disconnect', () => become('offline'))
  socket.on('snapshot', ({ data }) => {
    const { calls, changes = [] } = data
    // A call that ended may be let go already.
    const known = changes.filter(({ id, status }) => items.has(id) || !status)
    parts.push([
      ...calls,
      ...known.map((change) => withChange(items.get(change.id).call, change, data.attention)),
    ])
    if (parts.length < data.parts) return
    items = new Map()
    for (const part of parts) for (const call of part) items.set(call.id, item(call))
    position = data.seq
    last = data.seq
    safe = data.seq
    parts = []
    isLiveStream = true
    onSnapshot(items)
    become('live')
  })
  socket.on('batch', (batch) => {
    if (take(batch.frames)) safe = batch.safe
  })
  socket.onAny((event, frame) => {
    if (event !== 'batch' && event !== 'snapshot' && frame.stream === 'calls') take([frame])
  })

  /** True when they were applied without a gap. */
  function take(frames) {
    if (!isLiveStream) return false
    const before = new Map()
    let isWhole = true
    for (const frame of frames) {
      if (frame.prev !== undefined && frame.prev > last) {
        // Something is missing.
        isWhole = false
        startOver()
        break
      }
      if (frame.seq !== undefined && frame.seq > last) last = frame.seq
      if (frame.seq !== undefined && frame.seq <= position) continue
      const { event, data } = frame
      const id = data.call_id ?? data.call.id
      const known = items.get(id)
      if (!before.has(id)) before.set(id, known)
      if (event === 'call.left') items.delete(id)
      else if (!known) {
        if (event === 'call.started' || event === 'call.updated') items.set(id, item(data.call))
      } else {
        const call = applyToCall(known.call, frame)
        if (call !== known.call) items.set(id, item(call, known))
      }
    }
    tell(before)
    return isWhole
  }

  function tell(before) {
    const change = { added: [], changed: [], removed: [] }
    for (const [id, old] of before) {
      const now = items.get(id)
      if (now === old) continue
      if (!now) change.removed.push(id)
      else (old ? change.changed : change.added).push(now)
    }
    if (change.added.length + change.changed.length + change.removed.length > 0) onChange(change)
  }

  setInterval(() => {
    const before = new Map()
    const since = Date.now() - lingerMs
    for (const old of items.values()) {
      const { call } = old
      if (isLive(call.status) || Date.parse(call.ended_at ?? call.updated_at) >= since) continue
      before.set(call.id, old)
      items.delete(call.id)
    }
    tell(before)
  }, 1000)
}

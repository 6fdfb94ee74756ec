// Many consoles in one cheap process: all count frames and bytes; a few read every frame, check the chain and sample its age.
//   { open: { port, token, door, bare, count, slowShare, sampled, lines } } → { open }
//   { reset: true } → {}     { report: true } → counts and ages     { close: true } → {}
import { percentile, round } from '../support/stats.mjs'
import { wait } from '../support/wait.mjs'
import { openRaw } from './raw-socket.mjs'

/** A slow reader takes this much and then nothing until its next turn. */
const slowTurnMs = 1000
const slowBytesATurn = 64 * 1024
/** Sockets that shake hands at the same time. */
const openAtOnce = 25

/** @type {{ socket: ReturnType<typeof openRaw>, slow: boolean, sampled: boolean, last: number, ready: boolean }[]} */
let consoles = []
let ages = []
/** A line may wait for the pace of its call. */
let lineAges = []
let tally = { events: 0, others: 0, gaps: 0, resets: 0, gone: 0 }
let slowTimer = null
let marks = []

/** Parts of a snapshot are counted, not read: a thousand readers of a whole floor would be all that is measured. */
const snapshotPart = /^\{"event":"snapshot","data":\{"stream":"calls","part":(\d+),"parts":(\d+)/

/** Takes the frame out of its Socket.IO packet; null for other packets. */
const unpacked = (text) => (text.startsWith('42[') ? text.slice(text.indexOf(',') + 1, -1) : null)

function openConsole(options, slow, sampled) {
  const { port, token, door, bare, lines } = options
  const socketIo = door === 'socketio'
  const path = socketIo
    ? '/socket.io/?EIO=4&transport=websocket'
    : bare
      ? '/'
      : `/api/v1/ws/calls?token=${token}`
  const wish = { type: 'all_calls', since: 0, lines, batch: true }
  const one = { socket: null, slow, sampled, last: 0, safe: 0, log: undefined, ready: false }
  const subscribe = (socket, from = {}) => {
    const data = { ...wish, ...from }
    socket.send(
      socketIo ? `42${JSON.stringify(['subscribe', data])}` : JSON.stringify({ event: 'subscribe', data }),
    )
  }
  const begin = (socket) => {
    if (bare) one.ready = true
    else subscribe(socket)
    socket.decode = !bare || sampled
  }
  one.socket = openRaw({
    port,
    path,
    // Over Socket.IO the conversation begins after two packets of its own.
    onOpen: socketIo ? undefined : begin,
    onPing: socketIo ? () => '3' : undefined,
    onGone: () => tally.gone++,
    onText(text, socket) {
      if (socketIo && text.startsWith('0{')) return socket.send(`40${JSON.stringify({ token })}`)
      if (socketIo && text.startsWith('40')) return begin(socket)
      const frame = socketIo ? unpacked(text) : text
      const place = frame === null ? null : snapshotPart.exec(frame.slice(0, 120))
      if (place) {
        if (place[1] === place[2]) becomeReady(one)
      } else if (frame !== null) take(JSON.parse(frame), one, (from) => subscribe(socket, from))
    },
  })
  return one
}

function take(frame, one, subscribe) {
  if (frame.event === 'subscribed') {
    one.last = frame.data.seq
    one.log = frame.data.log
    // A slow reader that comes back from a reset is ready at once.
    if (frame.data.mode !== 'snapshot') becomeReady(one)
  } else if (frame.event === 'reset') {
    tally.resets++
    subscribe({ since: one.safe, log: one.log })
  } else if (frame.event === 'batch') {
    one.safe = frame.safe
    for (const inner of frame.frames) count(inner, one)
  } else if (frame.event !== 'heartbeat') count(frame, one)
}

function becomeReady(one) {
  one.ready = true
  one.socket.decode = one.sampled || one.slow
}

function count(frame, one) {
  if (one.slow) return
  // Attention is of the server's own making: a bare broadcast has nothing like it.
  if (frame.event === 'attention.changed') return
  tally.events++
  if (frame.seq !== undefined) {
    if (frame.prev !== undefined && frame.prev > one.last) tally.gaps++
    one.last = Math.max(one.last, frame.seq)
  }
  const age = Date.now() - Date.parse(frame.at)
  if (frame.event === 'interaction.added') lineAges.push(age)
  else {
    ages.push(age)
    tally.others++
  }
}

async function open(options) {
  const slowCount = Math.floor(options.count * options.slowShare)
  for (let index = 0; index < options.count; index++) {
    const slow = index >= options.count - slowCount
    consoles.push(openConsole(options, slow, index < options.sampled))
    if (index % openAtOnce === openAtOnce - 1) await allReady()
  }
  await allReady()
  slowTimer = setInterval(() => {
    for (const one of consoles) if (one.slow) one.socket.resume(slowBytesATurn)
  }, slowTurnMs)
  return { open: consoles.length }
}

async function allReady() {
  for (let tries = 0; tries < 2000 && tally.gone === 0; tries++) {
    if (consoles.every(({ ready }) => ready)) return
    await wait(10)
  }
  throw new Error(`${consoles.filter(({ ready }) => !ready).length} consoles were not let in.`)
}

function reset() {
  ages = []
  lineAges = []
  tally = { events: 0, others: 0, gaps: 0, resets: 0, gone: 0 }
  marks = consoles.map(({ socket }) => ({ frames: socket.frames, bytes: socket.bytes }))
  return {}
}

function report() {
  const sums = { fast: { frames: 0, bytes: 0 }, slow: { frames: 0, bytes: 0 } }
  for (const [index, { socket, slow }] of consoles.entries()) {
    const sum = slow ? sums.slow : sums.fast
    sum.frames += socket.frames - (marks[index]?.frames ?? 0)
    sum.bytes += socket.bytes - (marks[index]?.bytes ?? 0)
  }
  const sampled = consoles.filter((one) => one.sampled && !one.slow).length
  return {
    frames: sums.fast.frames,
    bytes: sums.fast.bytes,
    slowBytes: sums.slow.bytes,
    fast: consoles.filter(({ slow }) => !slow).length,
    /** Events each console got, by those that read everything. */
    eventsEach: tally.events / Math.max(1, sampled),
    /** Those of them that are no lines: nothing of these is merged for a reader who keeps up. */
    othersEach: tally.others / Math.max(1, sampled),
    gaps: tally.gaps,
    resets: tally.resets,
    gone: tally.gone,
    samples: ages.length,
    p50: round(percentile(ages, 0.5)),
    p95: round(percentile(ages, 0.95)),
    linesP95: round(percentile(lineAges, 0.95)),
  }
}

function close() {
  clearInterval(slowTimer)
  for (const { socket } of consoles) socket.close()
  consoles = []
  return {}
}

process.on('message', async (command) => {
  try {
    if (command.open) process.send(await open(command.open))
    else if (command.reset) process.send(reset())
    else if (command.report) process.send(report())
    else process.send(close())
  } catch (error) {
    process.send({ error: error.message })
  }
})
process.on('disconnect', () => process.exit(0))

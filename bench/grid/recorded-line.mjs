// A process of its own between page and server that plays a recording of the server's own stream: it costs next to nothing beside making
// the stream anew, so that on a small machine it is the page that gives out, and not who feeds it. Told by process messages.
//
// Positions, ids of lines and the moment of each frame go on from pass to pass of the recording; all else is as the server wrote it. Calls that
// ended in it are gone from the page's floor, and those that began are there already: nobody comes or goes. What a step needs is written
// out before it begins. Nobody merges what a page does not take: it waits.
import { connect, createServer } from 'node:net'
import { WebSocket } from 'ws'
import { bundleServer } from '../support/bundle-server.mjs'

const target = Number(process.argv[2])
const { textMessage } = await bundleServer()

/** Frames in a message, at most; the server's own measure. */
const batchFrames = 500
const tickMs = 10
/** Positions of a recording begin far beyond those of the server. */
const firstSeq = 1_000_000_000
/** Ids of lines are doubled, so that marked lines find room between them. */
const idStep = 2
/** A line that says nothing for 12 s is called stale. */
const lifeEveryMs = 2000
/** Socket.IO's own signs of life come from the server, which is not heard while a recording is played. */
const pingEveryMs = 20_000

/** What stands for the id of a line or score until it is known. */
const idPlace = 9_007_199_254_740_991

/** The recording: frames as texts around what changes from pass to pass. */
let recorded = []
let highestId = 0
let next = { frame: 0, pass: 0, seq: firstSeq }
/** What the page has by the frame before the next one; a page that has heard nothing of the recording yet has something of its own. */
let prev = 0
/** What it was sent: of what is prepared some is never played. */
let sentSeq = 0
let lastId = 0
/** The page's live line, and how its messages begin and end. */
let line = null
let isPlaying = false
/** When the server last wrote to the page, and how long it must have been silent, ms, before it is not heard any more: cut within a message, the page would wait for the rest. */
let heardAt = 0
const silenceMs = 100

const server = createServer({ noDelay: true }, (socket) => {
  const onward = connect({ port: target, host: '127.0.0.1', noDelay: true })
  const end = () => {
    socket.destroy()
    onward.destroy()
    if (line?.socket === socket) line = null
  }
  for (const one of [socket, onward]) one.on('error', end).on('close', end)
  socket.once('data', (bytes) => {
    const head = bytes.toString('latin1')
    if (!/^upgrade: *websocket/im.test(head)) return
    const isSocketIo = head.startsWith('GET /socket.io/')
    line = {
      socket,
      wrap: isSocketIo
        ? (event, text) => textMessage(text, `42["${event}",`, ']')
        : (_, text) => textMessage(text),
      isSocketIo,
    }
  })
  socket.pipe(onward)
  onward.on('data', (bytes) => {
    heardAt = Date.now()
    if (!isPlaying || line?.socket !== socket) socket.write(bytes)
  })
})
server.listen(0, '127.0.0.1')

/** A frame as the texts before and after its id, and after its positions. */
function take({ event, data, seq }) {
  const told = data.interaction ?? data.qa_score
  const id = told?.id ?? null
  if (id !== null) {
    highestId = Math.max(highestId, id)
    told.id = idPlace
  }
  const [before, after = ''] = JSON.stringify(data).split(String(idPlace))
  recorded.push({ before: `{"event":"${event}","data":${before}`, id, after, isLogged: seq !== undefined })
}

/** Listens to the server for so long, ms. */
async function record({ token, ms }) {
  const socket = new WebSocket(`ws://127.0.0.1:${target}/api/v1/ws/calls?token=${token}`, {
    perMessageDeflate: false,
    maxPayload: 1 << 30,
  })
  recorded = []
  await new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('open', () =>
      socket.send(
        JSON.stringify({ event: 'subscribe', data: { type: 'all_calls', lines: 'last', batch: true } }),
      ),
    )
    socket.on('message', (bytes) => {
      const message = JSON.parse(bytes.toString())
      if (message.event === 'subscribed') setTimeout(resolve, ms)
      if (message.event === 'batch') for (const frame of message.frames) take(frame)
    })
  })
  socket.close()
  return { frames: recorded.length }
}

/** The next frame of the recording, as it is said at this moment. */
function nextText(at) {
  const { before, id, after, isLogged } = recorded[next.frame]
  if (id !== null) lastId = (id + next.pass * highestId) * idStep
  const place = isLogged ? `,"seq":${next.seq + 1},"prev":${prev}` : ''
  if (isLogged) {
    prev = ++next.seq
  }
  next.frame++
  if (next.frame === recorded.length) next = { ...next, frame: 0, pass: next.pass + 1 }
  return `${before}${id === null ? '' : lastId}${after},"stream":"calls"${place},"at":"${at}"}`
}

const batchOf = (texts) =>
  line.wrap('batch', `{"event":"batch","stream":"calls","frames":[${texts.join(',')}],"safe":${next.seq}}`)

function sayAlive() {
  const heartbeat = { event: 'heartbeat', at: new Date().toISOString(), streams: {} }
  line?.socket.write(line.wrap('heartbeat', JSON.stringify(heartbeat)))
}

let step = null
let lastPing = 0

/** Writes out `seconds` of `rate` frames a second, and lets the loop turn in between, so that the page hears signs of life. */
async function prepare({ rate, seconds }) {
  while (!isPlaying && Date.now() - heardAt < silenceMs)
    await new Promise((resolve) => setTimeout(resolve, 10))
  isPlaying = true
  prev = sentSeq
  const perTick = Math.max(1, Math.round((rate * tickMs) / 1000))
  const ticks = []
  let lifeAt = 0
  for (let tick = 0; tick < (seconds * 1000) / tickMs; tick++) {
    const now = Date.now()
    if (now - lifeAt > lifeEveryMs) {
      lifeAt = now
      sayAlive()
      await new Promise((resolve) => setImmediate(resolve))
    }
    const at = new Date(now).toISOString()
    const messages = []
    for (let left = perTick; left > 0; left -= batchFrames)
      messages.push(batchOf(Array.from({ length: Math.min(left, batchFrames) }, () => nextText(at))))
    // A place is left for a marked line after each tick.
    ticks.push({ bytes: Buffer.concat(messages), end: prev, mark: { seq: ++next.seq, id: lastId + 1 } })
  }
  step = { ticks, perTick, marks: [], written: {}, sent: 0, began: 0, timer: null }
  return { frames: ticks.length * perTick }
}

function sendMarks({ seq, id }) {
  for (const { callId, text } of step.marks.splice(0)) {
    const at = new Date().toISOString()
    const interaction = { id, call_id: callId, speaker: 'customer', text, timestamp: at, metadata: {} }
    const frame = {
      event: 'interaction.added',
      data: { call_id: callId, interaction },
      stream: 'calls',
      seq,
      prev: seq - 1,
      at,
    }
    line?.socket.write(batchOf([JSON.stringify(frame)]))
    step.written[/mark-\d+-/.exec(text)[0]] = Date.now()
  }
}

/** Plays what was prepared, in time: what is due goes, however late. */
function play() {
  step.began = performance.now()
  step.timer = setInterval(() => {
    const now = performance.now()
    if (line?.isSocketIo && now - lastPing > pingEveryMs) {
      lastPing = now
      line.socket.write(textMessage('2'))
    }
    const due = Math.min(step.ticks.length, Math.floor((now - step.began) / tickMs))
    for (; step.sent < due; step.sent++) {
      const { bytes, end, mark } = step.ticks[step.sent]
      line?.socket.write(bytes)
      sentSeq = end
      sendMarks(mark)
      step.ticks[step.sent] = null
    }
  }, tickMs)
  return {}
}

/** Ends the step: frames a second that were due and handed over, and bytes that the page has not taken yet. */
function stop() {
  clearInterval(step?.timer)
  if (!step) return { rate: 0, waiting: 0 }
  const seconds = (performance.now() - step.began) / 1000
  const rate = Math.round((step.sent * step.perTick) / seconds)
  step = null
  return { rate, waiting: line?.socket.writableLength ?? 0 }
}

const orders = {
  record,
  prepare,
  play,
  stop,
  say({ callId, text }) {
    step?.marks.push({ callId, text })
    return {}
  },
  written() {
    const written = step?.written ?? {}
    if (step) step.written = {}
    return { written }
  },
  /** The next page hears the server. */
  reset() {
    isPlaying = false
    sentSeq = 0
    return {}
  },
  port: async () => {
    if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
    return { port: server.address().port }
  },
}
process.on('message', async ({ order, ...given }) => {
  try {
    process.send(await orders[order](given))
  } catch (error) {
    process.send({ error: error.stack })
  }
})

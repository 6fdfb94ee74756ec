// Fifty consoles in one process: they count what they get and how old it is. Speaks to its parent over IPC.
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'

const { url, tokens, door, count, bare } = JSON.parse(process.argv[2])
let frames = 0
let lines = 0
const ages = []

/** Lines carry the moment they were posted; one in twenty is sampled. */
function take(frame) {
  if (frame.event === 'batch') {
    for (const inner of frame.frames) take(inner)
    return
  }
  frames++
  if (frame.event !== 'interaction.added') return
  lines++
  if (lines % 20 !== 0) return
  const sent = Number(/t=(\d+)/.exec(frame.data.interaction.text)?.[1])
  if (sent) ages.push(Date.now() - sent)
}

const subscribe = { type: 'all_calls', since: 0, lines: 'last', batch: true }

function open(index) {
  const token = tokens[index % tokens.length]
  return new Promise((resolve, reject) => {
    if (bare || door === 'websocket') {
      const socket = new WebSocket(bare ? url : `${url}/api/v1/ws/calls?token=${token}`, {
        perMessageDeflate: false,
      })
      socket.on('message', (data) => take(JSON.parse(data.toString())))
      socket.on('error', reject)
      socket.on('open', () => {
        if (!bare) socket.send(JSON.stringify({ event: 'subscribe', data: subscribe }))
        resolve()
      })
      return
    }
    const socket = io(url.replace('ws', 'http'), {
      transports: ['websocket'],
      forceNew: true,
      auth: { token },
    })
    socket.onAny((_event, frame) => take(frame))
    socket.on('connect_error', reject)
    socket.on('connect', () => {
      socket.emit('subscribe', subscribe)
      resolve()
    })
  })
}

for (let index = 0; index < count; index++) await open(index)
process.send({ ready: true })
process.on('message', (word) => {
  if (word === 'reset') {
    frames = 0
    lines = 0
    ages.length = 0
    process.send({ reset: true })
    return
  }
  ages.sort((a, b) => a - b)
  const at = (share) => ages[Math.min(ages.length - 1, Math.floor(ages.length * share))] ?? null
  process.send({ frames, lines, p50: at(0.5), p95: at(0.95) })
})

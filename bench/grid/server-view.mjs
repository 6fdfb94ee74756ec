// What the server says, read over the plain door beside the page: its snapshot, and when it took a marked line.
import { WebSocket } from 'ws'

const answerWithinMs = 30_000

function open(url, token) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/ws/calls?token=${token}`, {
    perMessageDeflate: false,
    maxPayload: 1 << 30,
  })
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket))
    socket.on('error', reject)
  })
}

/**
 * All calls of a fresh snapshot, and what their attention becomes until it is closed. Nothing else changes while the stream
 * stands still.
 * @param {string} url
 * @param {string} token
 * @returns {Promise<{ calls: Map<string, object>, attentions: Map<string, object[]>, close: () => void }>}
 */
export async function watchFloor(url, token) {
  const socket = await open(url, token)
  const calls = new Map()
  const attentions = new Map()
  const note = ({ call_id: id, attention }) => attentions.set(id, [...(attentions.get(id) ?? []), attention])
  let parts = 0
  await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The server sent no snapshot.')), answerWithinMs)
    socket.on('message', (text) => {
      const frame = JSON.parse(text.toString())
      for (const { event, data } of frame.event === 'batch' ? frame.frames : [frame])
        if (event === 'attention.changed') note(data)
      if (frame.event !== 'snapshot') return
      for (const call of frame.data.calls) calls.set(call.id, call)
      parts++
      if (parts < frame.data.parts) return
      clearTimeout(late)
      resolve()
    })
    socket.send(JSON.stringify({ event: 'subscribe', data: { type: 'all_calls', since: 0, batch: true } }))
  })
  return { calls, attentions, close: () => socket.close() }
}

/**
 * Listens to some calls and notes when the server took each marked line (`at` of its frame, epoch ms).
 * @param {string} url
 * @param {string} token
 * @returns {Promise<{ listen: (ids: readonly string[]) => void, at: Map<string, number>, close: () => void }>}
 */
export async function listenForMarks(url, token) {
  const socket = await open(url, token)
  const at = new Map()
  const known = new Set()
  socket.on('message', (text) => {
    const frame = JSON.parse(text.toString())
    if (frame.event !== 'interaction.added') return
    const name = /mark-\d+-/.exec(frame.data.interaction.text)?.[0]
    if (name) at.set(name, Date.parse(frame.at))
  })
  return {
    listen(ids) {
      for (const id of ids) {
        if (known.has(id)) continue
        known.add(id)
        socket.send(JSON.stringify({ event: 'subscribe', data: { type: 'call', call_id: id } }))
      }
    },
    at,
    close: () => socket.close(),
  }
}

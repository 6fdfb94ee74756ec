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
 * All calls of a fresh snapshot, and every other state they are in until it is closed: while the stream stands still their attention
 * moves, and what the server does by the clock goes on, as asking the next person when one does not answer.
 * @param {string} url
 * @param {string} token
 * @returns {Promise<{ calls: Map<string, object>, later: Map<string, object[]>, close: () => void }>}
 */
export async function watchFloor(url, token) {
  const socket = await open(url, token)
  const calls = new Map()
  const later = new Map()
  const stateOf = (id) => later.get(id)?.at(-1) ?? calls.get(id)
  const note = (id, state) => later.set(id, [...(later.get(id) ?? []), state])
  const hear = ({ event, data }) => {
    if (event === 'attention.changed')
      note(data.call_id, { ...stateOf(data.call_id), attention: data.attention })
    // A whole call carries no attention.
    if (event === 'call.updated')
      note(data.call.id, { ...data.call, attention: stateOf(data.call.id)?.attention })
  }
  let parts = 0
  await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The server sent no snapshot.')), answerWithinMs)
    socket.on('message', (text) => {
      const frame = JSON.parse(text.toString())
      for (const one of frame.event === 'batch' ? frame.frames : [frame]) hear(one)
      if (frame.event !== 'snapshot') return
      for (const call of frame.data.calls) calls.set(call.id, call)
      parts++
      if (parts < frame.data.parts) return
      clearTimeout(late)
      resolve()
    })
    socket.send(JSON.stringify({ event: 'subscribe', data: { type: 'all_calls', since: 0, batch: true } }))
  })
  return { calls, later, close: () => socket.close() }
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

import { WebSocket as W } from 'ws'
Object.assign(globalThis, { WebSocket: W, location: new URL('http://127.0.0.1:8140/'), window: { location: new URL('http://127.0.0.1:8140/') } })
const { createSession } = await import('#src/gateway/session.ts')
const { createApi } = await import('#src/gateway/http.ts')
const { createGateway } = await import('#src/gateway/gateway.ts')
const { socketIoTransport, webSocketTransport } = await import('#src/gateway/socket-transport.ts')
const { createLiveStore } = await import('#src/live/live-store.ts')
const { createCommands } = await import('#src/live/commands.ts')
const { createLoadOlder } = await import('#src/live/load-older.ts')
const { systemClock } = await import('#src/lib/clock.ts')
const base = 'http://127.0.0.1:8140'
const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms))
for (let i = 0; i < 60; i++) { try { if ((await fetch(base + '/healthz')).ok) break } catch {} await sleep(500) }
for (const [name, real] of [['socketio', socketIoTransport()], ['ws', webSocketTransport()]] as const) {
  let cut = () => {}
  let frames = 0
  const transport: typeof real = (u, t, h) => { const s = real(u, t, { ...h, onMessage: (m) => { frames++; h.onMessage(m) } }); cut = () => { s.close(); h.onClose(1006, 'cut') }; return s }
  const tokens = createSession({ baseUrl: base, clock: systemClock, fetch, tabs: { post() {}, listen: () => () => {}, exclusively: (r) => r() } })
  console.log(name, 'login', (await tokens.signIn('manager@demo.callboard.test', 'callboard')).ok)
  const api = createApi({ baseUrl: base, tokens, clock: systemClock, fetch })
  const store = createLiveStore({ clock: systemClock, needSnapshot: () => gateway.resync(), scheduler: { requestFrame: (r) => { const t = setTimeout(r, 16); return () => clearTimeout(t) }, isHidden: () => false, onVisibility: () => () => {} } })
  const modes: string[] = []
  const gateway = createGateway({ url: base, transport, tokens, clock: systemClock, page: { onOnline: () => () => {}, onVisible: () => () => {} }, listener: { ...store.inbox, onSubscribed(s, m) { modes.push(`${s.slice(0, 5)} ${m}`); store.inbox.onSubscribed(s, m) } } })
  const stop = store.start(); gateway.subscribe('calls'); gateway.start()
  const t0 = Date.now(); while (!store.getState().loaded && Date.now() - t0 < 8000) await sleep(20)
  console.log('loaded', store.getState().loaded, 'in', Date.now() - t0, 'ms; calls', store.getState().calls.size, store.getState().connection.status)
  await sleep(7000)
  const c = store.getState().connection; console.log('after 7 s', c.status, JSON.stringify(c.dropped), 'offset', c.clockOffsetMs, 'messages', frames, modes.join())
  const id = [...store.getState().calls.values()].find((x) => x.status === 'in_progress' && x.last_line)?.id ?? ''
  store.open(id); gateway.subscribe(`call:${id}`)
  await sleep(1500)
  const o = store.getState().openCalls.get(id); console.log('open', o?.status, o?.lines.length, o?.total, o?.hasOlder)
  const commands = createCommands({ api, store, clock: systemClock })
  const r = await commands.sendMessage(id, 'Please tell them we will be there by four.')
  console.log('command', JSON.stringify(r.ok ? r.value : r.problem), 'pending', store.getState().pending.size)
  await sleep(1000)
  console.log('pending', store.getState().pending.size, 'receipt', store.getState().latestIntervention.get(id)?.state)
  cut(); console.log('cut', store.getState().connection.status); await sleep(4000)
  console.log('back', store.getState().connection.status, 'gap', store.getState().connection.lastGapMs, modes.join())
  await sleep(3000)
  console.log('receipt', store.getState().latestIntervention.get(id)?.state, store.getState().openCalls.get(id)?.interventions.length, 'lines', store.getState().openCalls.get(id)?.lines.length, 'of', store.getState().openCalls.get(id)?.total)
  const list = await api.request('GET /api/v1/calls', { query: { limit: 100, status: 'in_progress,ringing,initiated,escalated' } })
  await sleep(200)
  if (list.ok) { const http = new Set(list.value.calls.map((x) => x.id)); const live = [...store.getState().calls.values()].filter((x) => !['completed', 'failed'].includes(x.status)); console.log('http', http.size, 'live', live.length, 'missing', [...http].filter((x) => !store.getState().calls.has(x)).length, 'extra', live.filter((x) => !http.has(x.id)).length) } else console.log(list.problem)
  const lines = await api.request('GET /api/v1/calls/:call_id/interactions', { params: { call_id: id } })
  if (lines.ok) console.log('transcript equal', JSON.stringify(lines.value.interactions.map((x) => x.id)) === JSON.stringify(store.getState().openCalls.get(id)?.lines.map((x) => x.id)), lines.value.total)
  gateway.subscribe('call:does-not-exist'); store.open('does-not-exist'); await sleep(500)
  console.log('unknown call', store.getState().openCalls.get('does-not-exist')?.status)
  console.log('final', JSON.stringify(store.getState().connection.dropped))
  gateway.stop(); stop(); tokens.stop()
}
process.exit(0)

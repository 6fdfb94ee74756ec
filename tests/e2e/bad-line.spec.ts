import { signIn } from '#tests/e2e/support/floor.ts'
import {
  expect,
  expectFloorRight,
  expectTranscriptRight,
  onOneThread,
  openCall,
  test,
} from '#tests/e2e/support/platform.ts'
import { type Proxy, startProxy } from '#tests/e2e/support/proxy.ts'

const networkFaults = /ERR_|WebSocket|Failed to load resource/
const wire = /\/api\/v1\/ws\/calls/

test.use({ floorEnv: { CONSOLE_TRANSPORT: 'websocket' } })

test.describe('the line', () => {
  let proxy: Proxy
  test.beforeEach(async ({ floor, clean }) => {
    clean.allow(networkFaults)
    proxy = await startProxy(floor)
  })
  test.afterEach(() => proxy.close())

  test('a cut line is told at once, and what was missed is made good when it heals', async ({
    page,
    floor,
    line,
  }) => {
    const stays = await line.startCall({ contact_name: 'Stella Stays' })
    const ends = await line.startCall({ contact_name: 'Enno Ends' })
    await line.say(stays, 'Before the cut.')
    await signIn(page, proxy)
    await openCall(page, proxy, stays)
    await expectFloorRight(page, floor)
    const mark = page.locator('[data-connection]').first()
    const grid = page.getByRole('grid')

    await proxy.cut()
    await expect(mark).toHaveAttribute('data-connection', 'offline')
    await expect(mark).toContainText(/offline.*next try in \d+ s/)
    await expect(grid).toHaveAttribute('data-stale', 'true')
    await line.endCall(ends)
    await line.startCall({ contact_name: 'Nora New' })
    await line.say(stays, 'During the cut.')
    await expect(page.getByText('During the cut.')).toHaveCount(0)

    await proxy.heal()
    await expect(mark).toHaveAttribute('data-connection', 'live', { timeout: 40_000 })
    await expect(page.locator('.conn-gap')).toHaveText(/^You missed (\d+ s|less than a second), caught up$/)
    await expect(grid).not.toHaveAttribute('data-stale')
    await expectFloorRight(page, floor)
    await expectTranscriptRight(page, floor, stays)
  })

  test('on a phone what was missed leaves the state in the header whole', async ({ page, line }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await line.startCall()
    await signIn(page, proxy)
    const mark = page.locator('[data-connection]').first()
    await proxy.cut()
    await expect(mark).toHaveAttribute('data-connection', 'offline')
    await proxy.heal()
    await expect(mark).toHaveAttribute('data-connection', 'live', { timeout: 40_000 })
    const gap = page.locator('.conn-gap')
    await expect(gap).toBeVisible()
    const words = await gap.innerText()
    expect(words).toMatch(/^missed (\d+ s|less than a second)$/)
    // There is room for seconds; the longest words are cut.
    const isCut = await gap.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
    expect(isCut).toBe(words.includes('less'))
    await expect(mark).toBeInViewport({ ratio: 1 })
    expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBeLessThanOrEqual(390)
  })

  test('a line that falls silent is called stale, and is replaced without being asked', async ({
    page,
    floor,
    line,
  }) => {
    const call = await line.startCall()
    await line.say(call, 'While the line was good.')
    await onOneThread(page)
    await page.clock.install()
    await signIn(page, proxy)
    await openCall(page, proxy, call)
    const mark = page.locator('[data-connection]').first()
    const before = proxy.taken()

    proxy.strand()
    await line.say(call, 'Into the silence.')
    await page.clock.runFor(13_000)
    await expect(mark).toHaveAttribute('data-connection', 'stale')
    await expect(mark).toContainText(/stale since \d\d:\d\d:\d\d/)
    await expect(page.getByRole('grid')).toHaveAttribute('data-stale', 'true')
    await page.clock.runFor(8000)
    await expect(mark).toHaveAttribute('data-connection', 'live')
    expect(proxy.taken()).toBeGreaterThan(before)
    await expectFloorRight(page, floor)
    await expectTranscriptRight(page, floor, call)
  })
})

test('frames that are garbage, doubled or out of order change nothing that is shown', async ({
  page,
  floor,
  line,
}) => {
  const call = await line.startCall()
  await line.say(call, 'The first line.')
  await onOneThread(page)
  let spoil: 'nothing' | 'double' | 'swap' = 'nothing'
  let held: string | null = null
  const done = { doubled: 0, swapped: 0, garbage: 0 }
  const asked: { since?: number }[] = []
  await page.routeWebSocket(wire, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      const { event, data } = JSON.parse(String(message)) as { event: string; data: { call_id?: string } }
      if (event === 'subscribe' && data.call_id === call) asked.push(data as { since?: number })
      server.send(message)
    })
    server.onMessage((message) => {
      const text = String(message)
      for (const garbage of garbageFor(call)) {
        done.garbage += 1
        socket.send(garbage)
      }
      const isLine = text.includes('"interaction.added"') && text.includes(`"call:${call}"`)
      if (spoil === 'swap' && isLine && held === null) {
        held = text
        return
      }
      socket.send(text)
      if (spoil === 'double') {
        done.doubled += 1
        socket.send(text)
      }
      if (held !== null && isLine) {
        socket.send(held)
        held = null
        spoil = 'nothing'
        done.swapped += 1
      }
    })
  })
  await signIn(page, floor)
  await openCall(page, floor, call)
  await expectTranscriptRight(page, floor, call)

  spoil = 'double'
  const other = await line.startCall()
  for (const text of ['Said once.', 'Said once more.']) {
    await line.say(call, text)
    await expect(page.locator('[data-interaction-id]').filter({ hasText: text })).toBeVisible()
  }
  await line.endCall(other)
  await expectFloorRight(page, floor)
  await expectTranscriptRight(page, floor, call)

  spoil = 'swap'
  const before = asked.length
  await line.say(call, 'Sent first, comes second.')
  await expect.poll(() => held !== null).toBe(true)
  await line.say(call, 'Sent second, comes first.')
  await expect(page.locator('[data-interaction-id]').filter({ hasText: 'Sent second' })).toBeVisible()
  await expectTranscriptRight(page, floor, call)
  await expectFloorRight(page, floor)
  await expect(page.locator('[data-connection]').first()).toHaveAttribute('data-connection', 'live')
  expect(asked.length).toBeGreaterThan(before)
  expect(done.swapped).toBe(1)
  expect(Math.min(done.doubled, done.garbage)).toBeGreaterThan(0)
})

/** What no server should send: no JSON, no frame, frames that lack what they need, events nobody knows. */
function garbageFor(callId: string): string[] {
  const at = new Date().toISOString()
  const frame = { stream: `call:${callId}`, at }
  return [
    '<<< not JSON',
    '[]',
    'null',
    '{"event":7}',
    '{"event":"batch","frames":"none"}',
    JSON.stringify({ event: 'snapshot', data: { stream: 'calls', part: 1 }, at }),
    JSON.stringify({
      event: 'interaction.added',
      data: { call_id: callId, interaction: { id: 'x' } },
      ...frame,
    }),
    JSON.stringify({ event: 'call.updated', data: { call: { id: callId } }, ...frame }),
    JSON.stringify({ event: 'weather.changed', data: {}, ...frame }),
  ]
}

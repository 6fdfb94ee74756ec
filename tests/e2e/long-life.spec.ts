// Days on end, in a minute: calls come, talk and end, panes open and close, the line breaks; nothing of it stays behind.
import type { Page } from '@playwright/test'
import { type Floor, signIn } from '#tests/e2e/support/floor.ts'
import { type Held, held, watchPageTimers, watchWorkerTimers } from '#tests/e2e/support/held.ts'
import { type Line, expect, test } from '#tests/e2e/support/platform.ts'
import { type Proxy, startProxy } from '#tests/e2e/support/proxy.ts'

const callsPerRound = 330
const linesPerCall = 3
const opensPerRound = 3
/** Enough for what is bounded by design to be full: the line remembers the last thousand ended calls. */
const warmUpRounds = 4
const rounds = 5

/** Several times what varies by itself, and well below what calls or panes would leave behind if each left something. */
const mayGrow = {
  pageBytes: 1_200_000,
  workerBytes: 400_000,
  nodes: 200,
  listeners: 40,
  timers: 5,
  sockets: 6,
  serverTimers: 6,
}

let serial = 0

/** A round of the day: calls come, talk, are looked at, and end. */
async function round(page: Page, proxy: Proxy, line: Line, cut: boolean): Promise<void> {
  const ids = Array.from({ length: callsPerRound }, () => `day-${(serial += 1)}`)
  const numbers = { from_number: '+12105550123', to_number: '+12105550100' }
  const call = { direction: 'inbound', status: 'in_progress', ai_name: 'Ava', ...numbers } as const
  await line.report(
    ...ids.map((id) => ({
      event: 'call.started' as const,
      data: { call: { ...call, id, contact_name: `Caller ${id}` } },
    })),
  )
  await line.report(
    ...ids.flatMap((call_id) =>
      Array.from({ length: linesPerCall }, (_, index) => ({
        event: 'interaction.added' as const,
        data: {
          call_id,
          interaction: {
            id: `${index}`,
            speaker: 'customer' as const,
            text: `Line ${index} of ${call_id}, and more words.`,
          },
        },
      })),
    ),
  )
  await letGo(page)
  await expect(page.locator('[data-call-id^="day-"]:not(.grid-row-ended)').first()).toBeVisible()
  for (let opened = 0; opened < opensPerRound; opened += 1) await openAndClose(page)
  await page.locator('[data-grid-scroller]').evaluate((grid) => {
    grid.scrollTop = grid.scrollHeight
  })
  if (cut) {
    await proxy.cut()
    await expect(page.locator('[data-connection]').first()).toHaveAttribute('data-connection', 'offline')
    await proxy.heal()
    await expect(page.locator('[data-connection]').first()).toHaveAttribute('data-connection', 'live', {
      timeout: 40_000,
    })
  }
  await page.locator('[data-grid-scroller]').evaluate((grid) => {
    grid.scrollTop = 0
  })
  await line.report(...ids.map((call_id) => ({ event: 'call.ended' as const, data: { call_id } })))
}

/** Opens a row as a click does, wherever the order has put it meanwhile, and closes it when its transcript is there. */
async function openAndClose(page: Page): Promise<void> {
  await page.evaluate(() => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-call-id^="day-"]:not(.grid-row-gone)')]
    rows[Math.floor(rows.length / 2)]?.click()
  })
  await expect(page.locator('[data-interaction-id]').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('.live-with-call')).toHaveCount(0)
}

/** Neither pointer nor focus is on the rows: they move as they want. */
async function letGo(page: Page): Promise<void> {
  await page.mouse.move(2, 2)
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
}

/** The floor is empty again: ended calls stay on the board for half a minute. */
async function untilQuiet(page: Page): Promise<void> {
  await letGo(page)
  await expect(page.getByText('All quiet.')).toBeVisible({ timeout: 45_000 })
}

/** What the server says of itself. */
async function serverHolds(floor: Floor) {
  const text = await (await fetch(`${floor.url}/metrics`)).text()
  const read = (name: string): number =>
    text
      .split('\n')
      .filter((row) => row.startsWith(name))
      .reduce((sum, row) => sum + Number(row.split(' ').at(-1)), 0)
  return {
    connections: read('callboard_realtime_connections{'),
    slowReaders: read('callboard_realtime_slow_readers '),
    queue: read('callboard_ingest_queue_depth '),
    sockets: read('nodejs_active_handles{type="Socket"}'),
    timers: read('nodejs_active_resources{type="Timeout"}'),
  }
}

test('after days of calls, panes and broken lines, page, worker and server hold what they held before', async ({
  page,
  floor,
  line,
  clean,
}) => {
  test.setTimeout(240_000)
  clean.allow(/ERR_|WebSocket|Failed to load resource/)
  const proxy = await startProxy(floor)
  const first = await line.startCall()
  await watchPageTimers(page)
  await signIn(page, proxy)
  await watchWorkerTimers(page)
  await line.endCall(first)

  for (let turn = 0; turn < warmUpRounds; turn += 1) await round(page, proxy, line, turn === 1)
  await untilQuiet(page)
  const before: Held = await held(page)
  const serverBefore = await serverHolds(floor)

  for (let turn = 0; turn < rounds; turn += 1) await round(page, proxy, line, turn % 3 === 1)
  await untilQuiet(page)
  const after: Held = await held(page)
  const serverAfter = await serverHolds(floor)

  await test
    .info()
    .attach('held', { body: JSON.stringify({ before, after, serverBefore, serverAfter }, null, 2) })
  expect.soft(after.page - before.page).toBeLessThan(mayGrow.pageBytes)
  expect.soft(after.worker - before.worker).toBeLessThan(mayGrow.workerBytes)
  expect.soft(after.nodes - before.nodes).toBeLessThan(mayGrow.nodes)
  expect.soft(after.listeners - before.listeners).toBeLessThan(mayGrow.listeners)
  expect.soft(after.timers - before.timers).toBeLessThan(mayGrow.timers)
  expect.soft(page.workers().length).toBe(1)
  expect.soft(serverAfter).toMatchObject({ connections: 1, slowReaders: 0, queue: 0 })
  expect.soft(serverAfter.sockets - serverBefore.sockets).toBeLessThan(mayGrow.sockets)
  expect.soft(serverAfter.timers - serverBefore.timers).toBeLessThan(mayGrow.serverTimers)

  // The server's own picture of the floor is empty too: a new console is sent nothing.
  await page.reload()
  await untilQuiet(page)
  await expect(page.locator('[data-call-id]')).toHaveCount(0)
  await proxy.close()
})

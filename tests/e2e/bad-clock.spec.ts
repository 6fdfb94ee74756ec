import type { Page } from '@playwright/test'
import { signIn } from '#tests/e2e/support/floor.ts'
import {
  expect,
  expectFloorRight,
  expectTranscriptRight,
  onOneThread,
  openCall,
  test,
} from '#tests/e2e/support/platform.ts'
import { startProxy } from '#tests/e2e/support/proxy.ts'

const minute = 60_000
const networkFaults = /ERR_|WebSocket|Failed to load resource/
const isRefresh = (answer: { url(): string }) => answer.url().endsWith('/api/v1/auth/refresh')

test('after a sleep of half an hour the page comes back by itself, on the time of the server', async ({
  page,
  floor,
  line,
  clean,
}) => {
  clean.allow(networkFaults)
  const proxy = await startProxy(floor)
  const startedAt = Date.now() - 95_000
  const stays = await line.startCall({ started_at: new Date(startedAt).toISOString() })
  const ends = await line.startCall()
  await line.say(stays, 'Before the lid was closed.')
  await onOneThread(page)
  await page.clock.install()
  await signIn(page, proxy)
  await openCall(page, proxy, stays)
  const mark = page.locator('[data-connection]').first()

  // The lid: no timer runs, and the connections die without a word. The call of half an hour is a clock that jumped.
  await page.clock.pauseAt(Date.now() + 1000)
  proxy.strand()
  await line.endCall(ends)
  await line.startCall()
  await line.say(stays, 'While the lid was closed.')
  await page.clock.fastForward(30 * minute)
  await page.clock.resume()

  await expect(mark).toHaveAttribute('data-connection', 'live', { timeout: 40_000 })
  await expectFloorRight(page, floor)
  await expectTranscriptRight(page, floor, stays)
  await expect(async () => {
    const shown = await durationOf(page, stays)
    expect(Math.abs(shown - (Date.now() - startedAt) / 1000)).toBeLessThan(5)
  }).toPass({ timeout: 15_000 })
  await proxy.close()
})

test('a tab that was hidden for ten minutes is right at once, and holds nothing twice', async ({
  page,
  floor,
  line,
}) => {
  const talks = await line.startCall()
  await line.say(talks, 'Seen before the tab was hidden.')
  await page.clock.install()
  await signIn(page, floor)
  await openCall(page, floor, talks)
  await setHidden(page, true)
  let last = await line.startCall()
  for (let passed = 1; passed <= 10; passed++) {
    await line.say(talks, `Said in minute ${passed}.`, passed % 2 === 0 ? 'ai' : 'customer')
    await line.endCall(last)
    last = await line.startCall({ contact_name: `Caller of minute ${passed}` })
    await page.clock.fastForward(minute)
  }
  await setHidden(page, false)
  await expect(page.locator('[data-connection]').first()).toHaveAttribute('data-connection', 'live')
  await expectTranscriptRight(page, floor, talks)
  await expectFloorRight(page, floor)
})

test('the access token is renewed before its end, and the page stays live', async ({ page, floor, line }) => {
  await line.startCall()
  await page.clock.install()
  await signIn(page, floor)
  const mark = page.locator('[data-connection]').first()
  await page.evaluate(() => Object.assign(window, { neverLeft: true }))
  const renewed = page.waitForResponse(isRefresh)
  // A minute before its end; what reconnects meanwhile would still take the old one.
  await page.clock.fastForward(14 * minute + 5000)
  expect((await renewed).status()).toBe(200)
  await expect(mark).toHaveAttribute('data-connection', 'live')
  await expectFloorRight(page, floor)
  // Live on the new token: what happens now is seen.
  await line.startCall({ contact_name: 'Came After The Renewal' })
  await expect(page.getByRole('grid').getByText('Came After The Renewal')).toBeVisible()
  expect(await page.evaluate(() => 'neverLeft' in window)).toBe(true)
})

test('signing out in one tab signs out the other', async ({ page, context, floor, line }) => {
  await line.startCall()
  await signIn(page, floor)
  const other = await context.newPage()
  await other.goto(floor.url)
  await expect(other.locator('[data-call-id]').first()).toBeVisible()
  await other.getByRole('button', { name: /Dana Whitfield/ }).click()
  await other.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
  await expect(page.locator('[data-call-id]')).toHaveCount(0)
})

test('a session that is ended elsewhere leads to the sign-in within seconds', async ({
  page,
  floor,
  line,
  clean,
}) => {
  clean.allow(/Failed to load resource.*401/)
  await line.startCall()
  await signIn(page, floor)
  // With the browser's cookie, past the page: as when a lost device is signed out.
  const answer = await page.context().request.post(`${floor.url}/api/v1/auth/logout`)
  expect(answer.ok()).toBe(true)
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible({ timeout: 20_000 })
  await expect(page.locator('[data-call-id]')).toHaveCount(0)
})

/** What the row's clock shows, seconds. */
async function durationOf(page: Page, callId: string): Promise<number> {
  const text = await page.locator(`[data-call-id="${callId}"] [data-col="duration"]`).innerText()
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}

/** A hidden page paints nothing: the browser says so and calls no animation frame. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((isHidden) => {
    const holder = window as unknown as { paint?: typeof requestAnimationFrame }
    holder.paint ??= window.requestAnimationFrame
    window.requestAnimationFrame = isHidden ? () => 0 : holder.paint
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (isHidden ? 'hidden' : 'visible'),
    })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
}

import { expect, openTalkingCall, signIn, test } from '#tests/e2e/support/floor.ts'

test('the console survives a restart of the server and says how long it was blind', async ({
  page,
  floor,
  clean,
}) => {
  // The browser itself reports what it could not reach while the server was away.
  clean.allow(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|WebSocket|Failed to load resource/)
  await signIn(page, floor)
  const mark = page.locator('[data-connection]').first()
  await floor.stop(true)
  await expect(mark).not.toHaveAttribute('data-connection', 'live')
  await floor.start()
  await expect(mark).toHaveAttribute('data-connection', 'live', { timeout: 60_000 })
  await expect(page.getByText(/missed|blind/i).first()).toBeVisible()
  await expect(page.locator('[data-call-id]').first()).toBeVisible()
})

test('an unknown call says so and leads back', async ({ page, floor }) => {
  await signIn(page, floor)
  await page.goto(`${floor.url}/live/no-such-call`)
  await expect(page.getByText('Call not found.')).toBeVisible()
  await page
    .getByRole('button', { name: /close|back/i })
    .first()
    .click()
  await expect(page).toHaveURL(/\/live$/)
})

test('a viewer watches and may not act', async ({ page, floor }) => {
  await signIn(page, floor, 'Ingrid Solberg')
  await openTalkingCall(page, floor)
  await expect(page.getByText(/You are watching/)).toBeVisible()
  await page.keyboard.press('Shift+E')
  await expect(page.getByRole('form', { name: 'End this call' })).toBeHidden()
})

test('two supervisors: the act of one is seen by the other', async ({ page, browser, floor }) => {
  await signIn(page, floor)
  const callId = await openTalkingCall(page, floor)
  const other = await browser.newContext()
  const second = await other.newPage()
  await signIn(second, floor, 'Marcus Oyelaran')
  await second.goto(`${floor.url}/live/${callId}`)
  await page.keyboard.press('m')
  await page.getByRole('textbox', { name: /^Message to/ }).fill('We will send somebody within the hour.')
  await page.keyboard.press('Enter')
  await expect(second.getByText('We will send somebody within the hour.').first()).toBeVisible()
  await expect(second.getByText(/Dana/).first()).toBeVisible()
  await other.close()
})

test('the other company sees none of these calls', async ({ page, floor }) => {
  await page.goto(floor.url)
  await page.getByRole('button', { name: /Noor Haddad/ }).click()
  await expect(page.locator('[data-connection]').first()).toHaveAttribute('data-connection', 'live')
  await expect(page.locator('[data-call-id]')).toHaveCount(0)
})

test('a worker that does not come is done without', async ({ page, floor, clean }) => {
  clean.allow(/live-worker|404/)
  let refused = 0
  await page.route(/live-worker/, (route) => {
    refused += 1
    return route.fulfill({ status: 404, body: '' })
  })
  await signIn(page, floor)
  await expect(page.locator('[data-connection]').first()).toHaveAttribute('data-connection', 'live')
  await expect(page.locator('[data-call-id]').first()).toBeVisible()
  await openTalkingCall(page, floor)
  expect(refused).toBeGreaterThan(0)
})

import { expect, signIn, test } from '#tests/e2e/support/floor.ts'

test.use({ floorEnv: { SIM_SCENE: 'calm' } })

test('a view saved for the team is there for a colleague, and deleting it can be undone', async ({
  page,
  floor,
  browser,
}) => {
  await signIn(page, floor)
  await page.getByRole('button', { name: /^Outbound/ }).click()
  await page.keyboard.press('v')
  const views = page.getByRole('dialog')
  await views.getByRole('button', { name: /as a new view/ }).click()
  await page.keyboard.type('Our outbound')
  await views.getByRole('checkbox', { name: 'The whole team sees it' }).check()
  await views.getByRole('button', { name: 'Save the view' }).click()
  await expect(page).toHaveURL(/dir=outbound.*view=/)
  await expect(page.getByRole('button', { name: /^Our outbound/, expanded: false })).toBeVisible()

  const theirs = await (await browser.newContext()).newPage()
  await signIn(theirs, floor, 'Ingrid Solberg')
  await theirs.keyboard.press('v')
  await theirs
    .getByRole('dialog')
    .getByRole('button', { name: /^Our outbound/ })
    .click()
  await expect(theirs).toHaveURL(/dir=outbound.*view=/)
  await theirs.context().close()

  await page.keyboard.press('v')
  await views.getByRole('button', { name: 'Delete' }).click()
  await expect(page).not.toHaveURL(/view=/)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /Undo/ }).first().click()
  await page.keyboard.press('v')
  await expect(views.getByRole('button', { name: /^Our outbound/ })).toBeVisible()
})

test('what I chose here is chosen at my next machine', async ({ page, floor, browser }) => {
  await signIn(page, floor)
  await page.getByRole('button', { name: /Dana Whitfield/ }).click()
  const saved = page.waitForResponse(
    (answer) => answer.request().method() === 'PATCH' && answer.url().endsWith('/preferences'),
  )
  await page.getByRole('menuitemradio', { name: /light/i }).click()
  expect((await saved).status()).toBe(200)
  const other = await (await browser.newContext()).newPage()
  await signIn(other, floor)
  await expect(other.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light')
  // From now on it is there before the first paint, without the server.
  await other.route('**/api/**', (route) => route.abort())
  await other.goto(floor.url, { waitUntil: 'domcontentloaded' })
  expect(await other.locator('html').getAttribute('data-mantine-color-scheme')).toBe('light')
  await other.context().close()
})

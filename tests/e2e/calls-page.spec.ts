import AxeBuilder from '@axe-core/playwright'
import { expect, signIn, test } from '#tests/e2e/support/floor.ts'

// Calls of a minute or less, so that there is a past soon.
test.use({ floorEnv: { SIM_CALLS: '30', SIM_SPEED: '8' } })

test('from a filter in the address to the line of a call; pages stand while calls arrive', async ({
  page,
  floor,
}) => {
  await signIn(page, floor)
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page.getByRole('heading', { name: 'Calls', level: 1 })).toBeVisible()
  const rows = page.locator('[data-call-id]')
  await expect(rows.first()).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  // The address is the filter, and what it says of nothing is named.
  await page.goto(`${floor.url}/calls?direction=inbound&colour=red`)
  await expect(page.getByRole('alert')).toContainText('colour=red')
  await expect(rows.first()).toBeVisible()
  await expect(page.getByRole('img', { name: 'Outbound' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Take away: Inbound' }).click()
  await expect(page).toHaveURL(`${floor.url}/calls`)

  // New calls are counted, and move nobody; the rows of the filter are gone by then.
  await expect(page.getByText('All calls, live and ended')).toBeVisible()
  await expect(page.locator('.calls-foot').getByText('Reading…')).toHaveCount(0)
  const first = await rows.first().getAttribute('data-call-id')
  await expect(page.getByRole('button', { name: /new calls?/ })).toBeVisible({ timeout: 20_000 })
  await expect(rows.first()).toHaveAttribute('data-call-id', first ?? '')
  await page.keyboard.press('Shift+R')
  await expect(rows.first()).not.toHaveAttribute('data-call-id', first ?? '')

  // What was said: by keys from the word to the line.
  await page.keyboard.press('/')
  await page.keyboard.type('calling')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/text=calling/)
  const hit = page.locator('.calls-hit').first()
  await expect(hit.locator('mark').first()).toHaveText(/call/i)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await page.keyboard.press('Tab')
  const line = await page.evaluate(() => document.activeElement?.getAttribute('data-interaction-id'))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/calls/[^/?]+\\?line=${line}$`))
})

import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, openTalkingCall, signIn, test } from '#tests/e2e/support/floor.ts'

test('a call is found, read and spoken to with the keyboard alone', async ({ page, floor }) => {
  await page.goto(floor.url)
  const person = page.getByRole('button', { name: /Dana Whitfield/ })
  await person.focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-call-id]').first()).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/live\/.+/)
  await expect(page.getByRole('region', { name: 'Step in' })).toBeVisible()
  await page.keyboard.press('n')
  await page.keyboard.type('Read by keyboard')
  await expect(page.getByText('Read by keyboard').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/live(\?.*)?$/)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toContainText(/keys/i)
})

for (const scheme of ['dark', 'light'] as const)
  test(`axe finds nothing on the Live page in the ${scheme} theme`, async ({ page, floor }) => {
    await signIn(page, floor)
    await chooseTheme(page, scheme)
    await openTalkingCall(page, floor)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    ).toEqual([])
  })

test('axe finds nothing on the sign-in page', async ({ page, floor }) => {
  await page.goto(floor.url)
  await expect(page.getByRole('button', { name: /Dana Whitfield/ })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
})

async function chooseTheme(page: Page, scheme: 'dark' | 'light'): Promise<void> {
  await page.getByRole('button', { name: /Dana Whitfield/ }).click()
  await page.getByRole('menuitemradio', { name: new RegExp(scheme, 'i') }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
  await page.keyboard.press('Escape')
}
